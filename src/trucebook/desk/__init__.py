"""The desk: a web application for reading a case and reviewing it."""

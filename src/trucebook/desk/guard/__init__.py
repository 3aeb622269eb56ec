"""What stands before every page of the desk: who asks, from where, may they, and what a browser may do with it.

All of it is one ASGI application around the desk's own (`guard.Guard`), so that no page can be forgotten.
"""

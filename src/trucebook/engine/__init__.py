"""Where readings are computed: in this process or in a pool; the result is the same."""

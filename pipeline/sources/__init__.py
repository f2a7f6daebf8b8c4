"""Sources: what has come in, whether it is complete, and when it was received."""

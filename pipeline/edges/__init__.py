"""Edges: one file or folder per outside thing; the only place for third-party I/O libraries."""

"""Edges: one file per outside thing; the only place for third-party I/O libraries."""

"""Meetings: a folder per date, its agenda read from folder names, and what is proposed for it."""

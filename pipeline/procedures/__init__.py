"""Procedures: what a request starts, which terms run, and when the council must have answered."""

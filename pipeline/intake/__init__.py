"""Intake: taking an arrival apart, one verdict per part, and what each text says of itself."""

"""Classify: what a paper is, with the evidence, and when to leave that to a person."""

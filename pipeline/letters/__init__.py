"""Letters: what the council writes, filled from the dossier, always first as a concept."""

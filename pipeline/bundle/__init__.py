"""Bundle: the papers of a meeting as one PDF per edition, built from an allow-list."""

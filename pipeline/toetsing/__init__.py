"""Toetsing: hold a request against the law's checklist, point by point; it proposes, a person decides."""

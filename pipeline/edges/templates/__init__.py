"""Word and mail templates: filling them, and checking those of the council itself."""

from pipeline.edges.templates.templates import DOCUMENTS, MAILS, Templates

__all__ = ["DOCUMENTS", "MAILS", "Templates"]

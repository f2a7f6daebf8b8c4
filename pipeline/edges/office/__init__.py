"""Documents to PDF, by LibreOffice or without it, in processes of their own."""

from pipeline.edges.office.converter import WITHOUT_OFFICE, Converter

__all__ = ["WITHOUT_OFFICE", "Converter"]

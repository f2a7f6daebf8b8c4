"""Small PDF files for tests."""

import io

import pikepdf


def pdf_of(*pages: tuple[str, ...], title: str = "", **saving: object) -> bytes:
    """Make a PDF with lines of Helvetica on each page."""
    made = pikepdf.new()
    for lines in pages:
        page = made.add_blank_page(page_size=(595, 842))
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        page.contents_add(f"BT /F1 11 Tf 50 780 Td {shown} ET".encode("cp1252"))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=helvetica()))
    if title:
        made.docinfo["/Title"] = title
    target = io.BytesIO()
    made.save(target, **saving)
    return target.getvalue()


def helvetica() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )

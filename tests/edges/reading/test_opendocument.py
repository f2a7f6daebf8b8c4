"""OpenDocument: texts, spreadsheets and presentations."""

import io
import time
import zipfile

import odfdo
import pytest
from office_files import LETTER_TEXT, SLIDES_TEXT, letter, saved_as, slideshow

from pipeline.edges.reading import opendocument, problems, read, zipped


def saved(document: odfdo.Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def text_of(*paragraphs: str) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    for paragraph in paragraphs:
        document.body.append(odfdo.Paragraph(paragraph))
    return saved(document)


def with_content(content: bytes, member: bytes, name: str = "content.xml") -> bytes:
    """Replace or add one member of the file."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for kept in old.namelist():
            if kept != name:
                new.writestr(kept, old.read(kept))
        new.writestr(name, member)
    return target.getvalue()


def content_of(body: str) -> bytes:
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in opendocument._NAMES.items())
    whole = f"<office:body>{body}</office:body>"
    return f"<office:document-content {names}>{whole}</office:document-content>".encode()


class TestText:
    def test_paragraphs_in_order(self) -> None:
        assert (
            read(text_of("Geachte leden,", "Het kost € 5."), "a.odt").text == "Geachte leden,\nHet kost € 5."
        )

    def test_as_libreoffice_writes_it(self) -> None:
        reading = read(saved_as(letter(), "docx", "odt"), "a.odt")
        assert reading.text == LETTER_TEXT
        assert reading.title == "Vakantierooster 2027"

    def test_spaces_tabs_and_line_ends(self) -> None:
        """White space of the file is one space; spaces that count are written as elements."""
        line = 'a\n  b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e'
        body = f"<office:text><text:p>{line}</text:p></office:text>"
        assert read(with_content(text_of("x"), content_of(body)), "a.odt").text == "a b   c\td\ne"

    def test_deleted_text_and_comments_are_left_out(self) -> None:
        body = (
            "<office:text><text:tracked-changes><text:p>weg</text:p></text:tracked-changes>"
            "<text:p>blijft<office:annotation><text:p>opmerking</text:p></office:annotation></text:p>"
            "</office:text>"
        )
        assert read(with_content(text_of("x"), content_of(body)), "a.odt").text == "blijft"

    def test_a_note_stands_below_its_paragraph(self) -> None:
        body = (
            "<office:text><text:p>Tekst<text:note><text:note-citation>1</text:note-citation>"
            "<text:note-body><text:p>Voetnoot</text:p></text:note-body></text:note> door</text:p>"
            "</office:text>"
        )
        assert read(with_content(text_of("x"), content_of(body)), "a.odt").text == "Tekst door\nVoetnoot"

    def test_deep_nesting_does_not_bring_it_down(self) -> None:
        deep = "<text:section>" * 5_000 + "<text:p>diep</text:p>" + "</text:section>" * 5_000
        reading = read(with_content(text_of("x"), content_of(f"<office:text>{deep}</office:text>")), "a.odt")
        assert reading.problem != ""

    def test_entities_are_refused(self) -> None:
        bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
        assert read(with_content(text_of("x"), bomb), "a.odt").problem == zipped.ENTITIES

    def test_password(self) -> None:
        manifest = (
            b'<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
        )
        locked = with_content(text_of("x"), manifest, "META-INF/manifest.xml")
        assert read(locked, "a.odt").problem == problems.LOCKED

    @pytest.mark.parametrize("member", [b"", b"<a>", b"geen xml", b"<a/>"])
    def test_nonsense_inside(self, member: bytes) -> None:
        assert read(with_content(text_of("x"), member), "a.odt").problem != ""

    def test_cut_off_anywhere(self) -> None:
        whole = text_of("Geachte leden")
        for size in range(4, len(whole) - 1, len(whole) // 40):
            assert read(whole[:size], "a.odt").problem == problems.DAMAGED


def sheet_of(*rows: str, style: str = "") -> bytes:
    """Make a spreadsheet with one sheet of these rows."""
    book = saved(odfdo.Document("spreadsheet"))
    name = f' table:style-name="{style}"' if style else ""
    body = f'<table:table table:name="Begroting"{name}>{"".join(rows)}</table:table>'
    return with_content(book, content_of(f"<office:spreadsheet>{body}</office:spreadsheet>"))


def row_of(cell: str, *, times: int = 1, cells: int = 1) -> str:
    repeated = f'<table:table-cell table:number-columns-repeated="{cells}">{cell}</table:table-cell>'
    return f'<table:table-row table:number-rows-repeated="{times}">{repeated}</table:table-row>'


class TestSheets:
    def test_cells_with_tabs(self) -> None:
        book = odfdo.Document("spreadsheet")
        book.body.clear()
        sheet = odfdo.Table("Begroting")
        sheet.set_values([["Post", "Bedrag"], ["Huur", 12500]])
        book.body.append(sheet)
        assert read(saved(book), "a.ods").text == "Begroting\nPost\tBedrag\nHuur\t12500"

    def test_empty_rows_that_go_on_for_ever_are_no_rows(self) -> None:
        """A spreadsheet writes the million empty rows below as one; what follows them is read."""
        book = sheet_of(
            row_of("<text:p>begin</text:p>"), row_of("", times=1_048_000), row_of("<text:p>eind</text:p>")
        )
        assert read(book, "a.ods").text == "Begroting\nbegin\neind"

    def test_a_billion_cells_in_two_hundred_bytes(self) -> None:
        started = time.process_time()
        reading = read(sheet_of(row_of("<text:p>ha</text:p>", times=10**9, cells=10**9)), "a.ods")
        assert time.process_time() - started < 5
        assert len(reading.text) <= 5_000_000

    def test_empty_spreadsheet(self) -> None:
        assert read(sheet_of(row_of("")), "a.ods").problem == problems.NO_TEXT


class TestSlides:
    def test_slides_without_notes_and_hidden_ones(self) -> None:
        """As LibreOffice writes a presentation."""
        assert read(saved_as(slideshow(), "pptx", "odp"), "plan.odp").text == SLIDES_TEXT

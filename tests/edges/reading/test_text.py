"""Reading of documents: what is found, and what is said of documents that cannot be read."""

import datetime as dt
import io
import pickle
import time
import zipfile

import docx
import openpyxl
import pikepdf
import pytest
from docx.oxml.parser import parse_xml
from msoffcrypto.format.ooxml import OOXMLFile
from pdf_files import helvetica, pdf_of

from pipeline.edges.reading import Reader, pdf_text, problems, read, text, zipped
from pipeline.values import Obstacle

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_of(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_member(content: bytes, name: str, member: bytes) -> bytes:
    """Replace or add one member of a zip."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for kept in old.namelist():
            if kept != name:
                new.writestr(kept, old.read(kept))
        new.writestr(name, member)
    return target.getvalue()


class TestPdf:
    def test_text_and_pages(self) -> None:
        reading = read(pdf_of(("Geachte leden,", "Het kost € 5."), ("Slot",)), "a.pdf")
        assert reading.text == "Geachte leden,\nHet kost € 5.\n\nSlot"
        assert reading.pages == 2
        assert reading.problem == ""

    def test_word_broken_at_the_end_of_a_line_is_whole_again(self) -> None:
        reading = read(
            pdf_of(
                (
                    "de medezeggen-",
                    "schapsraad besluit",
                )
            ),
            "a.pdf",
        )
        assert "medezeggenschapsraad" in reading.text

    def test_title_from_its_properties(self) -> None:
        assert read(pdf_of(("x",), title="Begroting 2027"), "a.pdf").title == "Begroting 2027"

    def test_scan_has_pages_and_a_problem(self) -> None:
        reading = read(pdf_of((), ()), "scan.pdf")
        assert (reading.text, reading.pages, reading.problem) == ("", 2, problems.SCAN)

    def test_password(self) -> None:
        locked = pdf_of(("geheim",), encryption=pikepdf.Encryption(owner="a", user="b"))
        assert read(locked, "a.pdf").problem == "Het bestand is met een wachtwoord beveiligd."

    def test_password_for_changes_only_is_no_hindrance(self) -> None:
        locked = pdf_of(("open",), encryption=pikepdf.Encryption(owner="a", user=""))
        assert read(locked, "a.pdf").text == "open"

    @pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4 broken" * 50, b"%PDF-1.7\n1 0 obj <<"])
    def test_broken(self, content: bytes) -> None:
        assert read(content, "a.pdf").problem == problems.DAMAGED

    def test_cut_off_anywhere(self) -> None:
        """Either some pages are still read, or it is reported; nothing is raised."""
        whole = pdf_of(*(("Tekst",) for _ in range(20)))
        for size in range(100, len(whole), 400):
            reading = read(whole[:size], "a.pdf")
            assert bool(reading.text) != bool(reading.problem)

    def test_no_more_pages_than_the_limit_are_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf_text, "MAX_PAGES", 2)
        reading = read(pdf_of(("een",), ("twee",), ("drie",)), "a.pdf")
        assert reading.text == "een\n\ntwee"
        assert reading.pages == 3

    def test_filled_in_form(self) -> None:
        """What was typed in a field is text of the paper."""
        made = pikepdf.new()
        page = made.add_blank_page(page_size=(595, 842))
        look = made.make_stream(b"/Tx BMC q BT /F1 12 Tf 2 5 Td (Vakantierooster) Tj ET Q EMC")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = [0, 0, 200, 20]
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=helvetica()))
        widget = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="onderwerp",
            V="Vakantierooster",
            Rect=[50, 700, 250, 720],
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        field = made.make_indirect(widget)
        page.Annots = pikepdf.Array([field])
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        assert read(saved(made), "a.pdf").text == "Vakantierooster"


class TestWord:
    def test_paragraphs_and_tables_in_order(self) -> None:
        document = docx.Document()
        document.add_paragraph("Voor")
        table = document.add_table(rows=2, cols=2)
        for place, words in (((0, 0), "Post"), ((0, 1), "Bedrag"), ((1, 0), "Huur"), ((1, 1), "12.500")):
            table.cell(*place).text = words
        document.add_paragraph("Na\tdit")
        assert read(saved(document), "a.docx").text == "Voor\nPost\tBedrag\nHuur\t12.500\nNa\tdit"

    def test_merged_cell_is_read_once(self) -> None:
        document = docx.Document()
        table = document.add_table(rows=1, cols=3)
        table.cell(0, 0).merge(table.cell(0, 2)).text = "samen"
        assert read(saved(document), "a.docx").text == "samen"

    def test_table_in_a_table(self) -> None:
        document = docx.Document()
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "buiten"
        cell.add_table(rows=1, cols=2).cell(0, 1).text = "binnen"
        assert read(saved(document), "a.docx").text.split() == ["buiten", "binnen"]

    def test_header_is_left_out(self) -> None:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "Briefhoofd"
        document.add_paragraph("Inhoud")
        assert read(saved(document), "a.docx").text == "Inhoud"

    def test_content_control_and_text_box_are_read(self) -> None:
        """Fillable fields of a form, and a box beside the text; the second copy of the box is not."""
        document = docx.Document()
        body = document.element.body
        box = "<w:txbxContent><w:p><w:r><w:t>Vak</w:t></w:r></w:p></w:txbxContent>"
        compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        field = f"<w:sdt {WORD}><w:sdtContent><w:p><w:r><w:t>Veld</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        boxed = (
            f'<w:p {WORD} xmlns:mc="{compatible}"><w:r><w:t>Tekst</w:t><mc:AlternateContent><mc:Choice>{box}'
            f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )
        for xml in (field, boxed):
            body.insert(len(body) - 1, parse_xml(xml))
        assert read(saved(document), "a.docx").text == "Veld\nTekst\nVak"

    def test_deleted_text_is_gone_and_inserted_text_stays(self) -> None:
        document = docx.Document()
        document.element.body.insert(
            0,
            parse_xml(
                f"<w:p {WORD}><w:del><w:r><w:delText>weg</w:delText></w:r></w:del>"
                "<w:ins><w:r><w:t>nieuw</w:t></w:r></w:ins></w:p>"
            ),
        )
        assert read(saved(document), "a.docx").text == "nieuw"

    def test_title_from_its_properties_before_its_heading(self) -> None:
        document = docx.Document()
        document.add_heading("Inleiding", level=1)
        assert read(saved(document), "a.docx").title == "Inleiding"
        document.core_properties.title = "Jaarverslag 2026"
        assert read(saved(document), "a.docx").title == "Jaarverslag 2026"

    def test_empty_document(self) -> None:
        assert read(docx_of(), "a.docx").problem == problems.NO_TEXT

    def test_cut_off_anywhere(self) -> None:
        whole = docx_of("Geachte leden")
        for size in range(4, len(whole) - 1, len(whole) // 40):
            assert read(whole[:size], "brief.docx").problem == problems.DAMAGED

    @pytest.mark.parametrize("member", [b"", b"<w:document>", b"geen xml", b"<a/>"])
    def test_nonsense_inside(self, member: bytes) -> None:
        assert read(with_member(docx_of("x"), "word/document.xml", member), "a.docx").problem != ""

    def test_text_named_docx_is_read_as_text(self) -> None:
        assert read(b"Gewoon tekst", "Brief.docx").text == "Gewoon tekst"

    def test_zip_bomb_is_not_unpacked(self) -> None:
        bomb = with_member(docx_of("x"), "word/media/image1.bmp", bytes(120 * 1024**2))
        started = time.process_time()
        assert read(bomb, "a.docx").problem == zipped.TOO_BIG
        assert time.process_time() - started < 1

    def test_more_xml_than_is_sane_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zipped, "MAX_XML_BYTES", 1000)
        assert read(docx_of("x"), "a.docx").problem == zipped.TOO_BIG

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entity_bomb(self, encoding: str) -> None:
        lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
        bomb = (
            f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a0 "ha">{lines}]><x>&a8;</x>'
        )
        content = with_member(docx_of("x"), "word/document.xml", bomb.encode(encoding))
        assert read(content, "a.docx").problem == zipped.ENTITIES

    def test_entity_after_long_white_space(self) -> None:
        """The declaration is found wherever it stands, also across two reads."""
        bomb = b"<?xml version='1.0'?>" + b" " * (1024**2 - 25) + b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"
        content = with_member(docx_of("x"), "word/document.xml", bomb)
        assert read(content, "a.docx").problem == zipped.ENTITIES

    def test_deep_nesting_does_not_bring_it_down(self) -> None:
        """Ten thousand tables in each other: either read in part or reported, never raised."""
        deep = "<w:tbl><w:tr><w:tc>" * 10_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 10_000
        xml = f"<w:document {WORD}><w:body>{deep}</w:body></w:document>".encode()
        assert read(with_member(docx_of("x"), "word/document.xml", xml), "a.docx").problem != ""


class TestExcel:
    def test_values_as_a_dutch_reader_sees_them(self) -> None:
        book = openpyxl.Workbook()
        book.active.title = "Begroting"
        book.active.append(["Post", 1234.5, 12, True, dt.date(2026, 11, 3), None])
        book.create_sheet("Verborgen").sheet_state = "hidden"
        assert read(saved(book), "a.xlsx").text == "Begroting\nPost\t1234,5\t12\tWAAR\t03-11-2026"

    def test_empty_workbook(self) -> None:
        """The name of a sheet alone is no text."""
        assert read(saved(openpyxl.Workbook()), "a.xlsx").problem == problems.NO_TEXT

    def test_cell_in_the_far_corner_takes_no_time(self) -> None:
        book = openpyxl.Workbook()
        book.active["A1"] = "begin"
        book.active["XFD1048576"] = "eind"
        started = time.process_time()
        assert read(saved(book), "a.xlsx").text == "Sheet\nbegin"
        assert time.process_time() - started < 5

    def test_cut_off(self) -> None:
        book = openpyxl.Workbook()
        book.active["A1"] = "x"
        assert read(saved(book)[:-200], "a.xlsx").problem == problems.DAMAGED

    @pytest.mark.parametrize("member", [b"", b"<worksheet><", b"geen xml", b"<a/>"])
    @pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
    def test_nonsense_inside(self, name: str, member: bytes) -> None:
        book = openpyxl.Workbook()
        book.active["A1"] = "x"
        reading = read(with_member(saved(book), name, member), "a.xlsx")
        assert bool(reading.text) != bool(reading.problem)


class TestWebPage:
    def test_visible_text_only(self) -> None:
        page = (
            "<html><head><title>Agenda MR</title><style>p{}</style></head><body>"
            "<p>Beste&nbsp;leden,<p>Tot &lt;dan&gt;<script>weg()</script>"
            "<span style='display: none'>onzichtbaar</span><br>groet <table> <tr> <td>a</td> <td>b</td> </tr>"
            "</table><ul><li>een<li><p>twee</p></ul></body></html>"
        )
        reading = read(page.encode(), "a.html")
        assert reading.text == "Beste leden,\n\nTot <dan>\ngroet\na\tb\n- een\n- twee"
        assert reading.title == "Agenda MR"

    def test_hidden_paragraph_without_end_hides_no_more_than_itself(self) -> None:
        assert read(b"<html><p hidden>weg<p>blijft", "a.html").text == "blijft"

    def test_piece_of_a_mail_by_its_content_type(self) -> None:
        assert read(b"Dag <b>allen</b>", "", "text/html").text == "Dag allen"

    def test_character_set_that_the_page_names(self) -> None:
        page = '<html><meta charset="windows-1250"><p>Dvořák'.encode("cp1250")
        assert read(page, "a.html").text == "Dvořák"


class TestPlainText:
    @pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    def test_character_sets(self, charset: str) -> None:
        assert (
            read("Café, coördinatie\r\nregel 2".encode(charset), "a.txt").text == "Café, coördinatie\nregel 2"
        )

    def test_decomposed_letters_become_one(self) -> None:
        assert read("coo\u0308rdinatie".encode(), "a.txt").text == "coördinatie"


class TestNotRead:
    @pytest.mark.parametrize(
        ("content", "name", "problem"),
        [
            (b"", "a.pdf", "Het bestand is leeg."),
            (
                b"MZ" + bytes(300),
                "a.pdf",
                "Dit is een programma. Het is bewaard, maar wordt niet geopend.",
            ),
            (
                b"\x89PNG\r\n\x1a\n",
                "a.png",
                "Het bestand is beschadigd of niet volledig.",
            ),
            (
                bytes(range(256)),
                "a.bin",
                "Dit is een onbekend soort bestand; het wordt bewaard, maar de tekst wordt niet gelezen.",
            ),
        ],
    )
    def test_says_why(self, content: bytes, name: str, problem: str) -> None:
        reading = read(content, name)
        assert reading.problem == problem
        assert reading.text == ""

    def test_too_big(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(text, "MAX_BYTES", 10)
        assert read(pdf_of(("x",)), "a.pdf").problem == problems.TOO_BIG


@pytest.mark.parametrize(
    "junk",
    [
        "Microsoft Word - brief.doc",
        "Brief CvB.docx",
        "Scan_0012",
        "scan 12",
        "Document1",
        "Naamloos",
        "FRM-GOR-12345",
        r"C:\Users\jan\nota",
        "12345",
        "",
    ],
)
def test_what_is_no_title(junk: str) -> None:
    assert read(pdf_of(("x",), title=junk), "a.pdf").title == ""


@pytest.mark.parametrize(
    "title", ["HR-beleid", "Notulen MR 3 november 2026", "Reglement v2.0", "Rooster 2026-2027"]
)
def test_what_is_a_title(title: str) -> None:
    assert read(pdf_of(("x",), title=title), "a.pdf").title == title


class TestPasswords:
    @pytest.mark.parametrize("strength", [4, 6])
    def test_one_of_the_list_opens_it(self, strength: int) -> None:
        locked = pdf_of(("geheim",), encryption=pikepdf.Encryption(owner="a", user="raad2026", R=strength))
        reading = Reader(passwords=("fout", "raad2026"))(locked, "a.pdf")
        assert (reading.text, reading.problem) == ("geheim", "")

    def test_none_of_the_list_opens_it(self) -> None:
        locked = pdf_of(("geheim",), encryption=pikepdf.Encryption(owner="a", user="b"))
        reading = Reader(passwords=("fout", ""))(locked, "a.pdf")
        assert (reading.problem, reading.obstacle) == (problems.LOCKED, Obstacle.PASSWORD)

    def test_office_file_with_a_password_of_the_list(self) -> None:
        """A Word document locked as Word does it; a wrong password leaves it closed."""
        locked = io.BytesIO()
        OOXMLFile(io.BytesIO(docx_of("Besluit"))).encrypt("raad2026", locked)
        assert Reader(passwords=("fout", "raad2026"))(locked.getvalue(), "a.docx").text == "Besluit"
        assert Reader(passwords=("fout",))(locked.getvalue(), "a.docx").problem == problems.LOCKED
        assert read(locked.getvalue(), "a.docx").problem == problems.LOCKED

    def test_what_opens_papers_is_never_shown(self) -> None:
        assert "raad2026" not in repr(Reader(passwords=("raad2026",)))

    def test_it_can_be_handed_to_another_process(self) -> None:
        reader = Reader(passwords=("raad2026",))
        assert pickle.loads(pickle.dumps(reader)) == reader  # noqa: S301 - our own bytes


class TestObstacles:
    @pytest.mark.parametrize(
        ("content", "obstacle"),
        [
            (b"", Obstacle.EMPTY),
            (b"%PDF-1.7\n", Obstacle.DAMAGED),
            (b"   \n", Obstacle.EMPTY),
            (b"<html><body><img src='a.png'></body></html>", Obstacle.NO_TEXT),
            (b"MZ" + bytes(300), Obstacle.PROGRAM),
            (bytes(range(256)), Obstacle.NONE),
            (b"Gewoon tekst", Obstacle.NONE),
        ],
    )
    def test_why_it_cannot_be_read(self, content: bytes, obstacle: Obstacle) -> None:
        assert read(content, "a.txt").obstacle is obstacle

    def test_a_scan_is_no_obstacle_of_the_sender(self) -> None:
        assert read(pdf_of(()), "a.pdf").obstacle is Obstacle.NONE

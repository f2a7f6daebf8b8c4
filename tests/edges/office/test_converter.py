"""Conversion with the real LibreOffice, and without it. Skipped parts need LibreOffice installed."""

import io
import os
import signal
import socket
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import PIL.Image
import pypdf
import pytest
import scans

from pipeline.edges.office import WITHOUT_OFFICE, Converter
from pipeline.errors import ConversionError, UnreadableError

MANY = 45


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Converter]:
    """One converter with LibreOffice for all tests that do it no harm."""
    with Converter(work=tmp_path_factory.mktemp("werk")) as converter:
        if not converter.available:
            pytest.skip("LibreOffice is not installed")
        yield converter


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Converter]:
    """A converter on a machine without LibreOffice."""
    monkeypatch.setenv(WITHOUT_OFFICE, "1")
    with Converter(work=tmp_path, timeout_seconds=20) as converter:
        yield converter


def zipped(*names: str, mimetype: str = "") -> bytes:
    """Make a container of empty files, after the mimetype that tells what it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        if mimetype:
            box.writestr("mimetype", mimetype)
        for name in names:
            box.writestr(name, "")
    return out.getvalue()


def letter(path: Path, *, pages: int = 1) -> Path:
    document = docx.Document()
    for number in range(1, pages + 1):
        document.add_heading(f"Hoofdstuk {number}", level=1)
        document.add_paragraph("Geachte leden van de medezeggenschapsraad, coördinatie kost € 5.")
        if number < pages:
            document.add_page_break()
    document.save(str(path))
    return path


def table(path: Path) -> Path:
    document = docx.Document()
    grid = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in grid.rows for c in row.cells), ("Post", "Bedrag", "Huur", "12.500"), strict=True
    ):
        cell.text = text
    document.save(str(path))
    return path


def text_of(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def rewrite(path: Path, member: str, old: str, new: str) -> None:
    """Replace a piece of one member of a zip."""
    with zipfile.ZipFile(path) as box:
        parts = {info: box.read(info) for info in box.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for info, content in parts.items():
            changed = content.replace(old.encode(), new.encode()) if info.filename == member else content
            assert info.filename != member or changed != content
            box.writestr(info.filename, changed)


class TestPictures:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
    def test_picture_becomes_a_page(self, kind: str, bare: Converter, tmp_path: Path) -> None:
        PIL.Image.new("RGB", (40, 30), "red").save(tmp_path / "a", kind)
        assert bare.to_pdf(tmp_path / "a", f"foto.{kind.lower()}", tmp_path / "a.pdf").by == "direct"
        assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) == 1

    def test_picture_that_is_cut_off_is_refused(self, bare: Converter, tmp_path: Path) -> None:
        buffer = io.BytesIO()
        PIL.Image.effect_noise((400, 300), 50).save(buffer, "PNG")
        (tmp_path / "a").write_bytes(buffer.getvalue()[:5_000])
        with pytest.raises(UnreadableError):
            bare.to_pdf(tmp_path / "a", "foto.png", tmp_path / "a.pdf")
        assert not (tmp_path / "a.pdf").exists()

    def test_photo_of_an_iphone_becomes_a_page(self, bare: Converter, tmp_path: Path) -> None:
        assert bare.to_pdf(scans.PHOTOS[0], "IMG_4711.HEIC", tmp_path / "a.pdf").by == "direct"
        assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) == 1

    def test_photo_of_an_iphone_that_is_cut_off_is_refused(self, bare: Converter, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
        with pytest.raises(UnreadableError):
            bare.to_pdf(tmp_path / "a", "IMG_1.HEIC", tmp_path / "a.pdf")

    def test_kind_that_cannot_be_opened_is_named(self, bare: Converter, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"PK\x05\x06" + bytes(18))
        with pytest.raises(ConversionError) as caught:
            bare.to_pdf(tmp_path / "a", "stukken.zip", tmp_path / "a.pdf")
        assert "zip" in caught.value.wat


class TestWithLibreOffice:
    def test_letter(self, warm: Converter, tmp_path: Path) -> None:
        made = warm.to_pdf(letter(tmp_path / "a"), "Brief.docx", tmp_path / "a.pdf")
        assert made.by == "libreoffice"
        assert "coördinatie kost € 5" in text_of(tmp_path / "a.pdf")

    def test_long_document_has_all_pages_and_bookmarks(self, warm: Converter, tmp_path: Path) -> None:
        warm.to_pdf(letter(tmp_path / "a", pages=MANY), "Nota.docx", tmp_path / "a.pdf")
        pdf = pypdf.PdfReader(tmp_path / "a.pdf")
        assert len(pdf.pages) == MANY
        assert [mark.title for mark in pdf.outline] == [
            f"Hoofdstuk {number}" for number in range(1, MANY + 1)
        ]
        assert pdf.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a boolean of pypdf

    def test_the_worker_stays(self, warm: Converter, tmp_path: Path) -> None:
        """Two documents in a row are made by the same process."""
        source = letter(tmp_path / "a")
        warm.to_pdf(source, "a.docx", tmp_path / "a.pdf")
        first = warm._office.pid
        warm.to_pdf(source, "a.docx", tmp_path / "b.pdf")
        assert warm._office.pid == first

    def test_wide_sheet_is_fitted_to_the_page(self, warm: Converter, tmp_path: Path) -> None:
        """Twenty-five columns come on one lying page, not on four."""
        book = openpyxl.Workbook()
        book.active.append([f"Kolom {number}" for number in range(25)])
        book.save(tmp_path / "a")
        warm.to_pdf(tmp_path / "a", "Begroting.xlsx", tmp_path / "a.pdf")
        (page,) = pypdf.PdfReader(tmp_path / "a.pdf").pages
        assert page.mediabox.width > page.mediabox.height
        assert "Kolom 24" in page.extract_text()

    @pytest.mark.parametrize("kind", ["odt", "rtf", "doc", "ods", "odp", "pptx"])
    def test_other_kinds(self, kind: str, samples: Path, warm: Converter, tmp_path: Path) -> None:
        warm.to_pdf(samples / f"stuk.{kind}", f"stuk.{kind}", tmp_path / "a.pdf")
        assert "Hoofdstuk 1" in text_of(tmp_path / "a.pdf")

    def test_web_page(self, warm: Converter, tmp_path: Path) -> None:
        (tmp_path / "a").write_text(
            "<html><h1>Nieuwsbrief</h1><script>x()</script><p>Hallo &amp; dag", "utf-8"
        )
        assert warm.to_pdf(tmp_path / "a", "a.html", tmp_path / "a.pdf").by == "libreoffice"
        assert text_of(tmp_path / "a.pdf").split() == ["Nieuwsbrief", "Hallo", "&", "dag"]

    def test_pdf_is_copied_as_it_is(self, warm: Converter, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"%PDF-1.4 whatever")
        assert warm.to_pdf(tmp_path / "a", "a.pdf", tmp_path / "b.pdf").by == "direct"
        assert (tmp_path / "b.pdf").read_bytes() == b"%PDF-1.4 whatever"

    def test_source_and_its_folder_stay_untouched(self, warm: Converter, tmp_path: Path) -> None:
        (tmp_path / "bron").mkdir()
        source = letter(tmp_path / "bron" / "a.docx")
        before = source.read_bytes()
        source.chmod(0o444)
        warm.to_pdf(source, "a.docx", tmp_path / "a.pdf")
        assert [found.name for found in (tmp_path / "bron").iterdir()] == ["a.docx"]
        assert source.read_bytes() == before

    def test_damaged_inside(self, warm: Converter, tmp_path: Path) -> None:
        """A sound zip with nonsense for a document gives an error, and the next document is made."""
        source = letter(tmp_path / "a.docx")
        with zipfile.ZipFile(source) as box:
            parts = {name: box.read(name) for name in box.namelist()}
        parts["word/document.xml"] = b"<w:document><<<"
        with zipfile.ZipFile(tmp_path / "b.docx", "w") as box:
            for name, content in parts.items():
                box.writestr(name, content)
        with pytest.raises(ConversionError):
            warm.to_pdf(tmp_path / "b.docx", "b.docx", tmp_path / "b.pdf")
        assert not (tmp_path / "b.pdf").exists()
        assert warm.to_pdf(source, "a.docx", tmp_path / "a.pdf").by == "libreoffice"

    def test_frozen_and_killed_office_is_replaced(self, tmp_path: Path) -> None:
        """The document is made all the same, by a fresh one; the old one and its folder are gone."""
        (tmp_path / "werk").mkdir()
        converter = Converter(work=tmp_path / "werk", timeout_seconds=2.5)
        if not converter.available:
            pytest.skip("LibreOffice is not installed")
        source = letter(tmp_path / "a.docx")
        leaders = []
        for blow in (signal.SIGSTOP, signal.SIGKILL, None):
            converter.to_pdf(source, "a.docx", tmp_path / f"{blow}.pdf")
            assert "coördinatie" in text_of(tmp_path / f"{blow}.pdf")
            leaders.append(converter._office.pid)
            for pid in group_of(leaders[-1]) - {leaders[-1]} if blow else ():
                os.kill(pid, blow)
        assert len(set(leaders)) == 3
        converter.close()
        assert [group_of(leader) for leader in leaders] == [set(), set(), set()]
        assert list((tmp_path / "werk").iterdir()) == []

    def test_document_that_never_gets_done(self, tmp_path: Path) -> None:
        """After two attempts it is given up, with a reason, and no process is left at work on it."""
        with Converter(work=tmp_path, timeout_seconds=0.001) as converter:
            if not converter.available:
                pytest.skip("LibreOffice is not installed")
            with pytest.raises(ConversionError, match="no answer") as caught:
                converter.to_pdf(letter(tmp_path / "a.docx"), "a.docx", tmp_path / "a.pdf")
            assert converter._office is None
        assert caught.value.wat == "Het omzetten naar pdf liep vast op dit bestand."
        assert not (tmp_path / "a.pdf").exists()


def group_of(leader: int) -> set[int]:
    """List the living processes of a group; zombies are dead."""
    lines = subprocess.run(
        ["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split() for line in lines.splitlines())
    return {int(pid) for pid, group, state in rows if int(group) == leader and not state.startswith("Z")}


@pytest.fixture(scope="module")
def samples(warm: Converter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One document in every other kind: the simple ones by hand, the others saved by LibreOffice itself."""
    folder = tmp_path_factory.mktemp("soorten")
    (folder / "stuk.rtf").write_text(r"{\rtf1\ansi Hoofdstuk 1\par}", "ascii")
    for kind, mimetype, body in OPEN_DOCUMENTS:
        open_document(folder / f"stuk.{kind}", mimetype, body)
    for source, kind in (("stuk.odt", "doc"), ("stuk.odp", "pptx")):
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(folder / 'profiel').as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(folder),
                str(folder / source),
            ],
            check=True,
            capture_output=True,
        )
    return folder


CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">
 <office:body>{body}</office:body></office:document-content>"""

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
 <manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.{mimetype}"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def open_document(path: Path, mimetype: str, body: str) -> Path:
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("mimetype", f"application/vnd.oasis.opendocument.{mimetype}")
        box.writestr("META-INF/manifest.xml", MANIFEST.format(mimetype=mimetype))
        box.writestr("content.xml", CONTENT.format(body=body))
    return path


SHEET = """<office:spreadsheet><table:table table:name="Blad"><table:table-row>
 <table:table-cell office:value-type="string"><text:p>Hoofdstuk 1</text:p></table:table-cell>
 </table:table-row></table:table></office:spreadsheet>"""

SLIDE = """<office:presentation><draw:page draw:name="een">
 <draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="3cm">
 <draw:text-box><text:p>Hoofdstuk 1</text:p></draw:text-box></draw:frame></draw:page></office:presentation>"""

OPEN_DOCUMENTS = (
    ("odt", "text", "<office:text><text:p>Hoofdstuk 1</text:p></office:text>"),
    ("ods", "spreadsheet", SHEET),
    ("odp", "presentation", SLIDE),
)


class Ear:
    """A server on the loopback that notes who comes by."""

    def __init__(self) -> None:
        self.hits: list[bytes] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(0.5)
                self.hits.append(caller.recv(200))
                caller.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")

    def close(self) -> None:
        self._server.close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    made = Ear()
    yield made
    made.close()


def with_far_picture(path: Path, port: int) -> Path:
    """Make a letter whose picture lies on a server."""
    picture = io.BytesIO()
    PIL.Image.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)
    document = docx.Document()
    document.add_paragraph("Zie de foto.")
    document.add_picture(picture, width=914400)
    document.save(str(path))
    rewrite(path, "word/document.xml", "r:embed=", "r:link=")
    url = f"http://127.0.0.1:{port}/spion.png"
    rewrite(
        path,
        "word/_rels/document.xml.rels",
        'Target="media/image1.png"',
        f'Target="{url}" TargetMode="External"',
    )
    return path


class TestNothingIsFetched:
    def test_ear_hears(self, ear: Ear) -> None:
        """The measuring instrument works: a call is noted."""
        with socket.create_connection(("127.0.0.1", ear.port)) as caller:
            caller.sendall(b"GET / HTTP/1.0\r\n\r\n")
            caller.recv(10)
        assert ear.hits == [b"GET / HTTP/1.0\r\n\r\n"]

    def test_word_document(self, warm: Converter, ear: Ear, tmp_path: Path) -> None:
        source = with_far_picture(tmp_path / "a.docx", ear.port)
        warm.to_pdf(source, "a.docx", tmp_path / "a.pdf")
        assert "Zie de foto." in text_of(tmp_path / "a.pdf")
        assert ear.hits == []

    def test_word_document_without_office(self, bare: Converter, ear: Ear, tmp_path: Path) -> None:
        source = with_far_picture(tmp_path / "a.docx", ear.port)
        assert bare.to_pdf(source, "a.docx", tmp_path / "a.pdf").by == "dxpdf"
        assert ear.hits == []

    def test_open_document(self, warm: Converter, ear: Ear, tmp_path: Path) -> None:
        """Neither a picture nor a section nor an object that lies elsewhere."""
        link = f'xlink:type="simple" xlink:href="http://127.0.0.1:{ear.port}/spion'
        frame = '<draw:frame svg:width="2cm" svg:height="2cm">'
        body = (
            f'<office:text><text:p>Hier{frame}<draw:image {link}.png"/></draw:frame>'
            f'{frame}<draw:object {link}.odt"/></draw:frame></text:p>'
            f'<text:section text:name="a"><text:section-source {link}.odt"/><text:p>oud</text:p>'
            "</text:section></office:text>"
        )
        warm.to_pdf(open_document(tmp_path / "a", "text", body), "a.odt", tmp_path / "a.pdf")
        assert "oud" in text_of(tmp_path / "a.pdf")
        assert ear.hits == []

    def test_web_page(self, warm: Converter, ear: Ear, tmp_path: Path) -> None:
        url = f"http://127.0.0.1:{ear.port}/x"
        (tmp_path / "a").write_text(
            f'<html><head><link rel="stylesheet" href="{url}">'
            f'<meta http-equiv="refresh" content="0;url={url}"><base href="{url}"></head>'
            f'<body background="{url}" style="background:url({url})">Hallo'
            f'<img src="{url}" alt="logo"><iframe src="{url}"></iframe><object data="{url}"></object>',
            "utf-8",
        )
        warm.to_pdf(tmp_path / "a", "a.html", tmp_path / "a.pdf")
        assert "Hallo" in text_of(tmp_path / "a.pdf")
        assert ear.hits == []


class TestWithoutLibreOffice:
    def test_letter(self, bare: Converter, tmp_path: Path) -> None:
        assert bare.available is False
        made = bare.to_pdf(letter(tmp_path / "a.docx"), "Brief.docx", tmp_path / "a.pdf")
        assert made.by == "dxpdf"
        assert "coördinatie kost € 5" in text_of(tmp_path / "a.pdf")

    def test_table(self, bare: Converter, tmp_path: Path) -> None:
        bare.to_pdf(table(tmp_path / "a.docx"), "a.docx", tmp_path / "a.pdf")
        assert text_of(tmp_path / "a.pdf").split() == ["Post", "Bedrag", "Huur", "12.500"]

    def test_long_document_has_all_pages(self, bare: Converter, tmp_path: Path) -> None:
        bare.to_pdf(letter(tmp_path / "a.docx", pages=MANY), "a.docx", tmp_path / "a.pdf")
        assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) == MANY

    def test_machine_without_any_font(
        self, bare: Converter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The font that travels along is used: nothing else is to be found."""
        (tmp_path / "leeg.conf").write_text("<fontconfig></fontconfig>", "utf-8")
        monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "leeg.conf"))
        bare.to_pdf(letter(tmp_path / "a.docx"), "a.docx", tmp_path / "a.pdf")
        fonts = pypdf.PdfReader(tmp_path / "a.pdf").pages[0]["/Resources"]["/Font"].values()
        families = {font.get_object()["/BaseFont"].split("+")[-1].split("-")[0] for font in fonts}
        assert families == {"SourceSansPro"}
        assert "coördinatie kost € 5" in text_of(tmp_path / "a.pdf")

    def test_plain_text(self, bare: Converter, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes("Eerste regel: café\r\n\x0b\r\nTweede".encode("cp1252"))
        assert bare.to_pdf(tmp_path / "a", "a.txt", tmp_path / "a.pdf").by == "dxpdf"
        assert text_of(tmp_path / "a.pdf").split() == ["Eerste", "regel:", "café", "Tweede"]

    def test_web_page(self, bare: Converter, tmp_path: Path) -> None:
        (tmp_path / "a").write_text(
            "<html><body><p>Beste leden</p><script>boem</script></body></html>", "utf-8"
        )
        bare.to_pdf(tmp_path / "a", "a.html", tmp_path / "a.pdf")
        assert text_of(tmp_path / "a.pdf").split() == ["Beste", "leden"]

    def test_excel_is_refused_in_plain_dutch(self, bare: Converter, tmp_path: Path) -> None:
        openpyxl.Workbook().save(tmp_path / "a.xlsx")
        with pytest.raises(ConversionError) as caught:
            bare.to_pdf(tmp_path / "a.xlsx", "a.xlsx", tmp_path / "a.pdf")
        assert caught.value.wat == "Dit Excel-bestand kon niet in pdf worden omgezet."

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("a.rtf", rb"{\rtf1 Beste leden}", "Dit RTF-document"),
            ("a.pptx", zipped("[Content_Types].xml", "ppt/presentation.xml"), "Deze PowerPoint-presentatie"),
            ("a.odt", zipped(mimetype="application/vnd.oasis.opendocument.text"), "Deze OpenDocument-tekst"),
            (
                "a.ods",
                zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
                "Dit OpenDocument-rekenblad",
            ),
            (
                "a.odp",
                zipped(mimetype="application/vnd.oasis.opendocument.presentation"),
                "Deze OpenDocument-presentatie",
            ),
        ],
    )
    def test_members_read_what_the_paper_is_and_the_secretary_what_helps(
        self, bare: Converter, tmp_path: Path, name: str, content: bytes, told: str
    ) -> None:
        """The name of a program is of no use on a page of the bundle."""
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ConversionError) as caught:
            bare.to_pdf(tmp_path / name, name, tmp_path / "a.pdf")
        assert caught.value.wat == f"{told} kon niet in pdf worden omgezet."
        assert "LibreOffice" in caught.value.doe

    def test_broken_inside(self, bare: Converter, tmp_path: Path) -> None:
        source = letter(tmp_path / "a.docx")
        rewrite(source, "word/document.xml", "</w:body>", "</w:bo")
        with pytest.raises(ConversionError):
            bare.to_pdf(source, "a.docx", tmp_path / "a.pdf")
        assert not (tmp_path / "a.pdf").exists()

    def test_limit_in_time(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(WITHOUT_OFFICE, "1")
        with (
            Converter(work=tmp_path, timeout_seconds=0.01) as converter,
            pytest.raises(ConversionError, match="took over"),
        ):
            converter.to_pdf(letter(tmp_path / "a.docx"), "a.docx", tmp_path / "a.pdf")


class TestRefused:
    """What is wrong with a document is told before any converter sees it."""

    @pytest.mark.parametrize(
        ("content", "name", "wat"),
        [
            (b"", "leeg.docx", "Het bestand is leeg."),
            (b"MZ\x90\x00\x03" + bytes(200), "factuur.pdf", "Van een programma kan geen pdf worden gemaakt."),
            (b"BEGIN:VCALENDAR\r\n", "a.ics", "Van een agenda-afspraak kan geen pdf worden gemaakt."),
            (b"PK\x03\x04" + bytes(100), "afgekapt.docx", "Het bestand is beschadigd of niet volledig."),
        ],
    )
    def test_by_content(self, content: bytes, name: str, wat: str, bare: Converter, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(content)
        with pytest.raises(ConversionError) as caught:
            bare.to_pdf(tmp_path / "a", name, tmp_path / "a.pdf")
        assert caught.value.wat == wat
        assert not (tmp_path / "a.pdf").exists()

    def test_text_named_docx_becomes_the_text_it_is(self, bare: Converter, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"Gewoon een tekst.")
        bare.to_pdf(tmp_path / "a", "Brief.docx", tmp_path / "a.pdf")
        assert text_of(tmp_path / "a.pdf").split() == ["Gewoon", "een", "tekst."]

    def test_truncated(self, bare: Converter, tmp_path: Path) -> None:
        whole = letter(tmp_path / "a.docx").read_bytes()
        (tmp_path / "b.docx").write_bytes(whole[: len(whole) // 2])
        with pytest.raises(ConversionError, match="damaged"):
            bare.to_pdf(tmp_path / "b.docx", "b.docx", tmp_path / "b.pdf")

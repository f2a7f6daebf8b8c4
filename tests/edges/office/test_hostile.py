"""What a document from outside asks of LibreOffice and does not get: macros, files, secrets, the disk."""

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

import docx
import PIL.Image
import pypdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.edges.office import Converter

TYPE = "application/vnd.oasis.opendocument."
SPACES = " ".join(
    f'xmlns:{short}="{long}"'
    for short, long in {
        **{name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text", "table")},
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
    }.items()
)
KEPT_BACK = "DE SLEUTEL VAN HET SCHOOLGEBOUW"


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Converter]:
    """One converter with LibreOffice, started by a service that has a secret."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUKKENSTROOM_SMTP_WACHTWOORD", KEPT_BACK)
        with Converter(work=tmp_path_factory.mktemp("werk")) as converter:
            if not converter.available:
                pytest.skip("LibreOffice is not installed")
            docx.Document().save(str(tmp_path_factory.getbasetemp() / "leeg.docx"))
            first = tmp_path_factory.getbasetemp() / "leeg.docx"
            converter.to_pdf(first, "leeg.docx", first.with_suffix(".pdf"))
            yield converter


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A text that lies on the machine of the service."""
    path = tmp_path / "geheim.txt"
    path.write_text(KEPT_BACK)
    return path


def open_document(path: Path, kind: str, body: str, more: Mapping[str, str] = MappingProxyType({})) -> Path:
    """Write an OpenDocument file of this kind with this body, and more members of its zip."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    content = (
        f'{head}<office:document-content {SPACES} office:version="1.3">'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    listed = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>' for name in ("content.xml", *more)
    )
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("mimetype", TYPE + kind)
        box.writestr("content.xml", content)
        for name, text in more.items():
            box.writestr(name, head + text)
        box.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{TYPE}{kind}"/>{listed}</m:manifest>',
        )
    return path


def words(converter: Converter, source: Path) -> str:
    """Convert and give the words of all pages; no page may hold a picture."""
    converter.to_pdf(source, source.name, source.with_suffix(".pdf"))
    pages = pypdf.PdfReader(source.with_suffix(".pdf")).pages
    assert [image for page in pages for image in page.images] == []
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def office_processes(converter: Converter) -> Iterator[Path]:
    """Give the folder in /proc of each living process of the group that the worker leads."""
    assert converter._office is not None
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(group) == converter._office.pid and state != "Z":
                yield folder


# --- nothing runs ------------------------------------------------------------------------


def test_a_macro_that_a_cell_asks_for_does_not_run(warm: Converter, tmp_path: Path) -> None:
    """Basic in the workbook, called by a formula as soon as it is opened; allowed to run it writes a file."""
    trace = tmp_path / "hier geweest.txt"
    library, script = (f'xmlns:{name}="http://openoffice.org/2000/{name}"' for name in ("library", "script"))
    basic = f'Function Geef() As Double\nOpen "{trace}" For Output As #1\nClose #1\nGeef = 7\nEnd Function\n'
    macro = {
        "Basic/script-lc.xml": (
            f'<library:libraries {library}><library:library library:name="Standard" library:link="false"/>'
            "</library:libraries>"
        ),
        "Basic/Standard/script-lb.xml": (
            f'<library:library {library} library:name="Standard" library:readonly="false" '
            'library:passwordprotected="false"><library:element library:name="Module1"/></library:library>'
        ),
        "Basic/Standard/Module1.xml": (
            f'<script:module {script} script:name="Module1" script:language="StarBasic">'
            f"{escape(basic)}</script:module>"
        ),
    }
    cells = (
        '<table:table-cell office:value-type="string"><text:p>Bedrag</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=GEEF()"/>'
    )
    body = f'<table:table table:name="Blad"><table:table-row>{cells}</table:table-row></table:table>'
    assert "Bedrag" in words(warm, open_document(tmp_path / "macro.ods", "spreadsheet", body, macro))
    assert not trace.exists()


# --- nothing of the machine gets into the pages ------------------------------------------


def test_a_picture_of_the_machine_stays_out_of_the_pages(warm: Converter, tmp_path: Path) -> None:
    PIL.Image.new("RGB", (40, 40), "red").save(tmp_path / "geheim.png")
    frame = '<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:type="simple" xlink:href="{}"/>'
    shown = frame.format((tmp_path / "geheim.png").as_uri())
    source = open_document(tmp_path / "foto.odt", "text", f"<text:p>Hier{shown}</draw:frame></text:p>")
    assert words(warm, source) == "Hier"


def test_a_section_that_lies_elsewhere_keeps_what_was_saved(
    warm: Converter, secret: Path, tmp_path: Path
) -> None:
    link = f'xlink:type="simple" xlink:href="{secret.as_uri()}" text:filter-name="Text"'
    section = f'<text:section text:name="a"><text:section-source {link}/><text:p>oud</text:p></text:section>'
    assert (
        words(warm, open_document(tmp_path / "sectie.odt", "text", f"<text:p>Hier</text:p>{section}"))
        == "Hier oud"
    )


@pytest.mark.parametrize("field", ['INCLUDETEXT "{}"', "DDEAUTO soffice {} a", 'LINK Word.Document.8 "{}" a'])
def test_a_field_of_word_that_reads_a_file_keeps_what_was_saved(
    warm: Converter, secret: Path, tmp_path: Path, field: str
) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for kind, text in (("begin", ""), ("", field.format(secret)), ("separate", ""), ("", "oud"), ("end", "")):
        run = paragraph.add_run("" if text != "oud" else text)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif text != "oud":
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
    document.save(str(tmp_path / "veld.docx"))
    assert words(warm, tmp_path / "veld.docx") == "oud"


def test_a_frame_of_a_web_page_shows_nothing_of_the_machine(
    warm: Converter, secret: Path, tmp_path: Path
) -> None:
    page = f'<html><body><p>Hier</p><iframe src="{secret.as_uri()}"></iframe></body></html>'
    (tmp_path / "pagina.html").write_text(page)
    assert words(warm, tmp_path / "pagina.html") == "Hier"


# --- what the process may use --------------------------------------------------------------

LINUX = pytest.mark.skipif(not Path("/proc/self/limits").is_file(), reason="only Linux tells")


@LINUX
def test_libreoffice_has_limits_on_memory_and_on_what_it_writes(warm: Converter) -> None:
    told = [(folder / "limits").read_text() for folder in office_processes(warm)]
    assert len(told) > 1
    for limits in told:
        rows = {line[:25].strip(): line[25:].split()[0] for line in limits.splitlines()}
        assert int(rows["Max address space"]) <= 6 * 1024**3
        assert int(rows["Max file size"]) <= 2 * 1024**3
        assert rows["Max core file size"] == "0"


@LINUX
def test_libreoffice_knows_no_secret_of_the_service(warm: Converter) -> None:
    """A document can name variables of its environment in an address."""
    for folder in office_processes(warm):
        assert KEPT_BACK.encode() not in (folder / "environ").read_bytes()


@LINUX
def test_libreoffice_is_in_a_network_of_its_own(warm: Converter) -> None:
    ours = Path("/proc/self/ns/net").readlink()
    assert all((folder / "ns" / "net").readlink() != ours for folder in office_processes(warm))

"""Facts about the judging of PDFs from outside."""

import hashlib
import time
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader

from pipeline.edges.pdf import assemble, check
from pipeline.errors import UnreadableError
from pipeline.ports import AssemblyPart

CORPUS = Path(__file__).parents[4] / "shared" / "corpora" / "pdf"


def new_pdf(*texts: str) -> pikepdf.Pdf:
    """Make a PDF with one A4 page per text."""
    pdf = pikepdf.Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier))
    for text in texts:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 60 780 Td ({text}) Tj ET".encode())
    return pdf


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(page.get_textpage().get_text_range() for page in pdf)


def raw_pdf(*objects: bytes) -> bytes:
    """Write a PDF by hand; object 1 is its catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, value in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, value)
    xref = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            xref,
            size,
            len(out),
        )
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "hersteld.pdf"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "stuk.pdf"


def test_sound_file_is_used_as_it_is(file: Path, copy: Path) -> None:
    pdf = new_pdf("een", "twee")
    pdf.docinfo.Title = "Nota formatie\r\n 2026 "
    pdf.save(file)
    checked = check(file, copy)
    assert (checked.path, checked.pages, checked.title) == (file, 2, "Nota formatie 2026")
    assert not checked.repaired
    assert not copy.exists()


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Microsoft Word - Nota formatie.docx", "Nota formatie"),
        ("untitled", ""),
        ("Document1", ""),
        ("Scan_0012.pdf", ""),
        ("Begroting 2027", "Begroting 2027"),
    ],
)
def test_title_is_cleaned_and_empty_when_it_says_nothing(
    file: Path, copy: Path, given: str, title: str
) -> None:
    pdf = new_pdf("een")
    pdf.docinfo.Title = given
    pdf.save(file)
    assert check(file, copy).title == title


def test_reading_password_is_refused(file: Path, copy: Path) -> None:
    new_pdf("geheim").save(file, encryption=pikepdf.Encryption(user="x", owner="y"))
    with pytest.raises(UnreadableError) as caught:
        check(file, copy)
    assert caught.value.wat == "Het bestand is met een wachtwoord beveiligd."


@pytest.mark.parametrize("revision", [3, 4, 6])
@pytest.mark.parametrize("known", ["lezer", "eigenaar"])
def test_known_reading_password_opens_a_copy(file: Path, copy: Path, revision: int, known: str) -> None:
    """That of the reader or that of the owner; the file itself stays locked."""
    locks = pikepdf.Encryption(
        user="lezer", owner="eigenaar", R=revision, aes=revision > 3, metadata=revision > 3
    )
    new_pdf("geheim").save(file, encryption=locks)
    checked = check(file, copy, passwords=("ander", known))
    assert (checked.unlocked, checked.decrypted, checked.path) == (True, True, copy)
    assert text_of(copy) == "geheim"
    assert PdfReader(file).is_encrypted
    with pytest.raises(UnreadableError, match="reading password"):
        check(file, copy, passwords=("ander",))


def test_damaged_file_with_a_known_reading_password_is_repaired(file: Path, copy: Path) -> None:
    new_pdf("geheim").save(file, encryption=pikepdf.Encryption(user="lezer", owner="eigenaar"))
    content = file.read_bytes()
    file.write_bytes(content[: content.rindex(b"startxref")] + b"startxref\n1\n%%EOF\n")
    checked = check(file, copy, passwords=("lezer",))
    assert (checked.unlocked, checked.repaired) == (True, True)
    assert text_of(copy) == "geheim"


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_owner_password_is_opened_in_a_copy(file: Path, copy: Path, revision: int) -> None:
    new_pdf("leesbaar").save(
        file,
        encryption=pikepdf.Encryption(
            user="", owner="y", R=revision, aes=revision > 3, metadata=revision > 3
        ),
    )
    before = hashlib.sha256(file.read_bytes()).digest()
    checked = check(file, copy)
    assert checked.decrypted
    assert not checked.unlocked
    assert checked.path == copy
    assert not PdfReader(copy).is_encrypted
    assert text_of(copy) == "leesbaar"
    assert hashlib.sha256(file.read_bytes()).digest() == before


@pytest.mark.parametrize(
    ("content", "part_of_wat"),
    [
        (b"", "leeg (0 bytes)"),
        (b"<html><body>Niet gevonden</body></html>", "geen pdf-bestand"),
        (b"%PDF-1.7\n", "beschadigd"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "beschadigd"),
        (raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"), "geen enkele pagina"),
        (raw_pdf(b"<</Type/Catalog>>"), "beschadigd"),
    ],
)
def test_what_is_not_a_pdf_with_pages_is_refused(
    file: Path, copy: Path, content: bytes, part_of_wat: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        check(file, copy)
    assert part_of_wat in caught.value.wat


def test_looping_page_tree_is_refused(file: Path, copy: Path) -> None:
    """Page nodes 2 and 3 are each other's child."""
    file.write_bytes(
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
        )
    )
    with pytest.raises(UnreadableError):
        check(file, copy)


@pytest.mark.parametrize(("pages", "accepted"), [(5_000, True), (5_001, False)])
def test_more_than_5000_pages_are_refused(file: Path, copy: Path, pages: int, accepted: bool) -> None:  # noqa: FBT001
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(pages))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    tree = b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages)
    file.write_bytes(raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, *[leaf] * pages))
    if accepted:
        assert check(file, copy).pages == pages
    else:
        with pytest.raises(UnreadableError, match="too many pages"):
            check(file, copy)


def test_file_cut_off_before_its_index_is_repaired(file: Path, copy: Path) -> None:
    """It ends right after its last object, which qpdf by itself forgets; the copy is sound."""
    new_pdf("gered een", "gered twee").save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.rindex(b"xref\n0")])
    checked = check(file, copy)
    assert (checked.repaired, checked.path, checked.pages) == (True, copy, 2)
    assert (checked.blank_pages, checked.missing_pages) == ((), 0)
    assert text_of(copy) == "gered een gered twee"
    pikepdf.open(copy, attempt_recovery=False).close()


def test_what_is_approved_can_be_bundled_wherever_a_file_is_cut_off(file: Path, copy: Path) -> None:
    """Promise of ``check``: no approved file makes a bundle fail later."""
    new_pdf(*(f"bladzijde {number}" for number in range(4))).save(file)
    whole = file.read_bytes()
    verdicts = set()
    for length in range(1, len(whole), len(whole) // 40):
        file.write_bytes(whole[:length])
        try:
            checked = check(file, copy)
        except UnreadableError:
            verdicts.add("refused")
            continue
        verdicts.add("approved")
        part = AssemblyPart(pdf=checked.path, outline="Stuk", level=0, stamp="", key="")
        made = assemble([part], copy.with_name("bundel.pdf"), title="t", author="a", concept=False)
        assert made.pages == checked.pages
    assert verdicts == {"refused", "approved"}


@pytest.mark.parametrize("broken", [b"<</Font<</F1[1 2", b"[<</Font", b">>"])
def test_broken_object_is_repaired_before_it_reaches_a_bundle(file: Path, copy: Path, broken: bytes) -> None:
    """The index is sound, so only a look at every object finds that the resources are broken."""
    square = b"<</Length 23>>stream\n0 g 100 100 50 50 re f\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    file.write_bytes(raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, page, square, broken))
    checked = check(file, copy)
    assert checked.repaired
    out = copy.with_name("bundel.pdf")
    part = AssemblyPart(pdf=checked.path, outline="Stuk", level=0, stamp="", key="")
    assert assemble([part], out, title="t", author="a", concept=False).pages == 1


def damaged(*contents: bytes) -> bytes:
    """Give a PDF without index, with a page per content."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (3 + 2 * number) for number in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)]
    for number, content in enumerate(contents):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R>>" % (4 + 2 * number),
            b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        ]
    whole = raw_pdf(*objects)
    return whole[: whole.rindex(b"xref\n0")] + b"trailer\n<</Root 1 0 R>>\n"


def test_file_that_is_blank_after_repair_is_refused(file: Path, copy: Path) -> None:
    """D23: a repair that leaves white pages is no repair."""
    file.write_bytes(damaged(b"1 1 1 rg 0 0 500 500 re f", b""))
    with pytest.raises(UnreadableError) as caught:
        check(file, copy)
    assert "leeg na herstel" in caught.value.wat


def test_page_that_is_blank_after_repair_is_told(file: Path, copy: Path) -> None:
    file.write_bytes(damaged(b"0 g 100 100 50 50 re f", b"", b"0 g 100 100 50 50 re f"))
    assert check(file, copy).blank_pages == (2,)


def test_what_a_file_carries_is_counted(file: Path, copy: Path) -> None:
    pdf = new_pdf("formulier")
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    attached = Dictionary(Type=Name.Filespec, EF=Dictionary(F=pdf.make_stream(b"x")))
    pdf.Root.Names = Dictionary(
        EmbeddedFiles=Dictionary(Names=Array([String("a"), attached, String("b"), attached]))
    )
    pdf.Root.OpenAction = script
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    place = Array([10, 10, 90, 90])
    parent = pdf.make_indirect(Dictionary(FT=Name.Sig, V=Dictionary(Contents=String("x"))))
    widgets: list[dict[str, Any]] = [
        {"FT": Name.Tx, "T": String("leeg")},
        {"FT": Name.Sig, "T": String("nog te tekenen")},
        {"Parent": parent},
    ]
    annotations = [pdf.make_indirect(Dictionary(Subtype=Name.Widget, Rect=place, **one)) for one in widgets]
    annotations.append(pdf.make_indirect(Dictionary(Subtype=Name.Movie, Rect=place)))
    launch = Dictionary(S=Name.Launch, F=String("x"))
    annotations.append(pdf.make_indirect(Dictionary(Subtype=Name.Link, Rect=place, A=launch)))
    pdf.Root.AcroForm = Dictionary(Fields=Array(annotations[:3]))
    pdf.pages[0].obj.Annots = Array(annotations)
    pdf.save(file)
    checked = check(file, copy)
    assert (checked.tags, checked.attachments, checked.scripts) == (1, 2, 1)
    assert (checked.form_fields, checked.signatures) == (2, 1)
    assert (checked.actions, checked.multimedia) == (1, 1)


def test_filled_in_field_without_a_look_gets_one(file: Path, copy: Path) -> None:
    """A value that only a form program would draw is readable in the bundle."""
    pdf = new_pdf("naam:")
    font = pdf.pages[0].obj.Resources.Font.F1
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("naam"), V=String("Jansen"),
            Rect=Array([100, 600, 300, 620]), DA=String("/F1 12 Tf 0 g"),
        )
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(Font=Dictionary(F1=font)))
    pdf.save(file)
    checked = check(file, copy)
    out = copy.with_name("bundel.pdf")
    part = AssemblyPart(pdf=checked.path, outline="Stuk", level=0, stamp="", key="")
    assemble([part], out, title="t", author="a", concept=False)
    assert "Jansen" in text_of(out)


def test_form_that_only_one_program_shows_is_refused(file: Path, copy: Path) -> None:
    pdf = new_pdf("Please wait...")
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
    pdf.Root.NeedsRendering = True
    pdf.save(file)
    with pytest.raises(UnreadableError, match="XFA"):
        check(file, copy)


def test_every_public_sample_is_bundled_or_refused(tmp_path: Path) -> None:
    """The page count survives, pypdf reads the result, and no file takes more than 20 seconds."""
    if not CORPUS.is_dir():
        pytest.skip("the public samples (../shared/corpora/pdf) are not here")
    bundled: list[str] = []
    refused: list[tuple[str, str]] = []
    for sample in sorted(CORPUS.rglob("*.pdf")):
        out, started = tmp_path / "bundel.pdf", time.perf_counter()
        try:
            checked = check(sample, tmp_path / "hersteld.pdf")
            part = AssemblyPart(pdf=checked.path, outline=sample.stem, level=0, stamp="stuk 1", key="a")
            assemble([part], out, title="t", author="a", concept=True)
        except UnreadableError as error:
            refused.append((sample.name, error.wat))
        else:
            assert len(PdfReader(out).pages) == checked.pages, sample.name
            bundled.append(sample.name)
        assert time.perf_counter() - started < 20, sample.name
    locked = "Het bestand is met een wachtwoord beveiligd."
    assert ("0004_libreoffice-writer-password.pdf", locked) in refused
    assert len(bundled) > 9 * len(refused)

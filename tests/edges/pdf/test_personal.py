"""A copy for one person: her name on every page, opened with her password only, else the same."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pdf_files import pdf_of

from pipeline.edges.pdf import assemble
from pipeline.edges.pdf.personal import personal
from pipeline.ports import AssemblyPart

PASSWORD = "Wilgenlaan-77é"  # noqa: S105  # a made-up one


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    source = tmp_path / "stuk.pdf"
    source.write_bytes(pdf_of(("Blad een",), ("Blad twee",), ("Blad drie",)))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.Rotate = 90
        pdf.pages[2].obj.MediaBox = pikepdf.Array([0, 0, 250, 350])
        pdf.save(source)
    part = AssemblyPart(pdf=source, outline="3.1 Stuk", level=0, stamp="agendapunt 3", key="")
    assemble([part], tmp_path / "bundel.pdf", title="Stukken", author="MR", concept=False)
    return tmp_path / "bundel.pdf"


def texts(path: Path, password: str | None = None) -> list[str]:
    document = pypdfium2.PdfDocument(path, password=password)
    return [page.get_textpage().get_text_range() for page in document]


def made(bundle: Path, *, name: str = "", password: str = "") -> Path:
    out = bundle.with_name("eigen.pdf")
    personal(bundle, out, name=name, password=password)
    return out


def test_it_opens_with_the_password_only(bundle: Path) -> None:
    out = made(bundle, password=PASSWORD)
    for wrong in ("", "iets anders", PASSWORD.lower()):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(out, password=wrong)
    with pikepdf.open(out, password=PASSWORD) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.encryption.stream_method is pikepdf.models.EncryptionMethod.aesv3
        assert pdf.allow.print_highres
        assert pdf.allow.extract
    assert b"Stukken" not in out.read_bytes()


def test_once_open_it_is_what_it_was(bundle: Path) -> None:
    out = made(bundle, password=PASSWORD)
    assert texts(out, PASSWORD) == texts(bundle)
    with pikepdf.open(bundle) as before, pikepdf.open(out, password=PASSWORD) as after:
        for one, other in zip(before.pages, after.pages, strict=True):
            assert [part.read_bytes() for part in one.Contents] == [
                part.read_bytes() for part in other.Contents
            ]
        assert str(after.docinfo.Title) == "Stukken"
        with after.open_outline() as outline:
            assert [one.title for one in outline.root] == ["3.1 Stuk"]


def test_the_name_stands_on_every_page_however_it_lies(bundle: Path) -> None:
    """At the bottom left as a reader sees it, and never over the stamp."""
    out = made(bundle, name="Noor Willems-Çelik")
    for page in pypdfium2.PdfDocument(out):
        found = page.get_textpage()
        text = found.get_text_range()
        assert "Exemplaar van Noor Willems-Çelik" in text
        place = found.search("Exemplaar").get_next()
        left, bottom, right, top = found.get_charbox(place[0])
        assert min(left, bottom) > 0
        assert max(right, top) < max(page.get_size())
    assert texts(bundle)[0].splitlines()[0] in texts(out)[0]


def test_a_name_without_a_password_gives_the_same_bytes_again(bundle: Path) -> None:
    assert made(bundle, name="Noor").read_bytes() == made(bundle, name="Noor").read_bytes()

"""Facts about the parts of a bundle that was too large for one mail."""

from pathlib import Path

import pikepdf
import pytest
from pdf_files import pdf_of
from pypdf import PdfReader

from pipeline.edges.pdf import assemble
from pipeline.edges.pdf.cut import cut
from pipeline.ports import AssemblyPart
from pipeline.values import Stretch

PARTS = (Stretch(first=1, last=3), Stretch(first=4, last=7))


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A bundle of 1 page of front matter with links, item 3 (2 pages) and item 4 (divider and 3 pages)."""
    front = pikepdf.new()
    page = front.add_blank_page(page_size=(595, 842))
    page.obj.Annots = pikepdf.Array([_link(front, key) for key in ("punt-3", "stuk-4.1")])
    front.save(tmp_path / "voor.pdf")
    for name, count in (("drie", 2), ("vier", 1), ("stuk", 3)):
        (tmp_path / f"{name}.pdf").write_bytes(pdf_of(*((f"{name} {n}",) for n in range(count))))
    rows = (
        ("voor", "Agenda", 0, "agenda"),
        ("drie", "3 Begroting", 0, "punt-3"),
        ("vier", "4 Rooster", 0, "punt-4"),
        ("stuk", "4.1 Voorstel", 1, "stuk-4.1"),
    )
    parts = [
        AssemblyPart(pdf=tmp_path / f"{name}.pdf", outline=title, level=level, stamp="", key=key)
        for name, title, level, key in rows
    ]
    assemble(parts, tmp_path / "bundel.pdf", title="Stukken", author="", concept=False)
    return tmp_path / "bundel.pdf"


def _link(pdf: pikepdf.Pdf, key: str) -> pikepdf.Object:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"https://stukkenstroom.invalid/{key}")
    rect = pikepdf.Array([50, 700, 200, 720])
    return pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=rect, A=action)


def part(whole: Path, number: int) -> Path:
    out = whole.with_name(f"deel {number}.pdf")
    cut(whole, out, PARTS, number)
    return out


def outline(path: Path) -> list[tuple[str, bool]]:
    """Give the bookmarks, and whether each leads to a page."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as found:
        flat = [one for item in found.root for one in (item, *item.children)]
        return [(one.title, one.destination is not None) for one in flat]


def test_every_page_is_in_one_part_and_page_numbers_go_on(whole: Path) -> None:
    first, second = PdfReader(part(whole, 1)), PdfReader(part(whole, 2))
    assert (len(first.pages), len(second.pages)) == (3, 4)
    assert first.page_labels == ["1", "2", "3"]
    assert second.page_labels == ["4", "5", "6", "7"]
    assert "7/7" in second.pages[-1].extract_text()


def test_bookmarks_are_those_of_the_whole(whole: Path) -> None:
    assert outline(part(whole, 1)) == [
        ("Agenda", True),
        ("3 Begroting", True),
        ("4 Rooster (deel 2)", False),
        ("4.1 Voorstel (deel 2)", False),
    ]
    assert outline(part(whole, 2)) == [
        ("Agenda (deel 1)", False),
        ("3 Begroting (deel 1)", False),
        ("4 Rooster", True),
        ("4.1 Voorstel", True),
    ]


def test_a_link_to_another_part_becomes_plain_text(whole: Path) -> None:
    with pikepdf.open(part(whole, 1)) as pdf:
        (link,) = pdf.pages[0].Annots
        assert link.Dest[0].objgen == pdf.pages[1].objgen


def test_a_part_carries_nothing_of_the_other_pages(whole: Path) -> None:
    made = part(whole, 2)
    with pikepdf.open(made) as pdf:
        named = [one.get("/Type") for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        assert named.count(pikepdf.Name.Page) == 4
        assert str(pdf.docinfo.Title) == "Stukken (deel 2 van 2)"
        assert not pdf.check_pdf_syntax()


def test_the_same_bundle_gives_the_same_parts(whole: Path) -> None:
    assert part(whole, 1).read_bytes() == part(whole, 1).read_bytes()

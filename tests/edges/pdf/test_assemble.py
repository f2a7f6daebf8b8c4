"""Facts about the bundle that ``assemble`` makes, read back with other libraries than it uses."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader

from pipeline.edges.pdf import Loss, assemble
from pipeline.errors import UnreadableError
from pipeline.ports import Assembled, AssemblyPart

A4 = (595, 842)


def new_pdf(texts: list[str]) -> pikepdf.Pdf:
    """Make a PDF with one A4 page per text; the text stands uncompressed at the top left."""
    pdf = pikepdf.Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier))
    for text in texts:
        page = pdf.add_blank_page(page_size=A4)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 60 780 Td ({text}) Tj ET".encode())
    return pdf


def save(pdf: pikepdf.Pdf, path: Path) -> Path:
    pdf.save(path, compress_streams=False, deterministic_id=True)
    return path


def part(pdf: Path, **given: Any) -> AssemblyPart:
    values = {"outline": pdf.stem, "level": 0, "stamp": "", "key": "", **given}
    return AssemblyPart(pdf=pdf, **values)


def bundle(parts: list[AssemblyPart], out: Path, *, concept: bool = False) -> Assembled:
    return assemble(parts, out, title="Overlegvergadering", author="CMR Veenrijk College", concept=concept)


def link(pdf: pikepdf.Pdf, **entries: Any) -> pikepdf.Object:
    """Make a link annotation."""
    return pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([50, 700, 200, 720]), **entries)
    )


def uri(target: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=String(target))


def annots(page: pikepdf.Page) -> list[pikepdf.Object]:
    return list(page.obj.get("/Annots", Array()))


def goal(pdf: pikepdf.Pdf, annotation: pikepdf.Object) -> int:
    """Give the 1-based page that an internal link goes to."""
    return pikepdf.Page(annotation.Dest[0]).index + 1


def page_texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def outline(path: Path) -> list[tuple[int, str, int]]:
    """Give level, title and 1-based page of all bookmarks, in order."""
    reader = PdfReader(path)

    def walk(items: list[Any], level: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                yield level, item.title, reader.get_destination_page_number(item) + 1

    return list(walk(reader.outline, 0))


def add_outline(pdf: pikepdf.Pdf, entries: list[tuple[str, int]]) -> None:
    """Give a PDF bookmarks: title and 0-based page."""
    with pdf.open_outline() as made:
        made.root.extend(pikepdf.OutlineItem(title, page) for title, page in entries)


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Three papers of one, three and two pages, each with its name and page on it."""
    sizes = {"voorblad": 1, "formatieplan": 3, "vakantierooster": 2}
    return [
        save(new_pdf([f"{name} {number}" for number in range(1, size + 1)]), tmp_path / f"{name}.pdf")
        for name, size in sizes.items()
    ]


def test_pages_labels_stamps_and_bookmarks_agree(tmp_path: Path, papers: list[Path]) -> None:
    parts = [
        part(papers[0], outline="Voorblad"),
        part(papers[1], outline="4.1 Formatieplan", level=1, stamp="agendapunt 4 · stuk 4.1"),
        part(papers[2], outline="4.2 Vakantierooster", level=1, stamp="agendapunt 4 · stuk 4.2"),
    ]
    out = tmp_path / "bundel.pdf"
    made = bundle(parts, out)
    assert (made.pages, made.first_pages) == (6, (1, 2, 5))
    assert PdfReader(out).page_labels == ["1", "2", "3", "4", "5", "6"]
    expected = ["1/6", *(f"agendapunt 4 · stuk 4.1 · {n}/6" for n in (2, 3, 4))]
    expected += [f"agendapunt 4 · stuk 4.2 · {n}/6" for n in (5, 6)]
    assert [text.splitlines()[-1] for text in page_texts(out)] == expected
    assert outline(out) == [(0, "Voorblad", 1), (1, "4.1 Formatieplan", 2), (1, "4.2 Vakantierooster", 5)]
    assert page_texts(out)[3].startswith("formatieplan 3")


def test_bundle_opens_with_title_language_and_bookmarks(tmp_path: Path, papers: list[Path]) -> None:
    out = tmp_path / "bundel.pdf"
    assemble(
        [part(papers[0])], out, title="Vergadering 8 december", author="CMR", concept=False, subject="leden"
    )
    with pikepdf.open(out) as pdf:
        assert [str(pdf.docinfo[key]) for key in ("/Title", "/Author", "/Subject")] == [
            "Vergadering 8 december",
            "CMR",
            "leden",
        ]
        assert pdf.Root.Lang == "nl-NL"
        assert pdf.Root.PageMode == Name.UseOutlines


@pytest.mark.parametrize("form", ["tree", "dictionary"])
def test_equal_destination_names_stay_in_their_own_document(tmp_path: Path, form: str) -> None:
    """D35: the second document's link goes to its own page 3, not to the first document's page 2."""
    paths = []
    for number, target in ((1, 1), (2, 2)):
        pdf = new_pdf([f"stuk {number}"] * 3)
        place = Array([pdf.pages[target].obj, Name.Fit])
        if form == "tree":
            leaf = pdf.make_indirect(Dictionary(Names=Array([String("conclusie"), place])))
            pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([leaf])))
            named: Any = String("conclusie")
        else:
            pdf.Root.Dests = Dictionary(conclusie=Dictionary(D=place))
            named = Name.conclusie
        by_action = link(pdf, A=Dictionary(S=Name.GoTo, D=named))
        pdf.pages[0].obj.Annots = Array([link(pdf, Dest=named), by_action])
        paths.append(save(pdf, tmp_path / f"{number}.pdf"))
    out = tmp_path / "bundel.pdf"
    bundle([part(path) for path in paths], out)
    with pikepdf.open(out) as pdf:
        assert [goal(pdf, one) for one in annots(pdf.pages[0])] == [2, 2]
        assert [goal(pdf, one) for one in annots(pdf.pages[3])] == [6, 6]


def test_contents_links_by_key_go_to_their_parts(tmp_path: Path, papers: list[Path]) -> None:
    """A link to a key that this bundle lacks is taken away; nothing shows that the paper exists."""
    toc = new_pdf(["Inhoud"])
    keys = ("stuk-4.2", "stuk-4.1", "stuk-geheim")
    toc.pages[0].obj.Annots = Array(link(toc, A=uri(f"https://stukkenstroom.invalid/{key}")) for key in keys)
    out = tmp_path / "bundel.pdf"
    bundle(
        [
            part(save(toc, tmp_path / "inhoud.pdf")),
            part(papers[1], key="stuk-4.1"),
            part(papers[2], key="stuk-4.2"),
        ],
        out,
    )
    with pikepdf.open(out) as pdf:
        assert [goal(pdf, one) for one in annots(pdf.pages[0])] == [5, 2]
        assert all(one.Dest[1] == Name.FitH for one in annots(pdf.pages[0]))
    assert b"stuk-geheim" not in out.read_bytes()


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("https://www.example.org/a", True),
        ("mailto:secretaris@example.org", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("ander.pdf", False),
        ("http://[", False),
    ],
)
def test_only_web_and_mail_links_are_kept(tmp_path: Path, target: str, kept: bool) -> None:  # noqa: FBT001
    pdf = new_pdf(["tekst"])
    pdf.pages[0].obj.Annots = Array([link(pdf, A=uri(target))])
    out = tmp_path / "bundel.pdf"
    bundle([part(save(pdf, tmp_path / "a.pdf"))], out)
    with pikepdf.open(out) as made:
        assert [str(one.A.URI) for one in annots(made.pages[0])] == [target] * kept


def test_parts_of_one_file_keep_links_inside_themselves(tmp_path: Path) -> None:
    """The same pages twice: each link stays in its own copy; a link out of the range is lost, and told."""
    pdf = new_pdf(["een", "twee", "drie"])
    pages = [page.obj for page in pdf.pages]
    pages[0].Annots = Array([link(pdf, Dest=Array([page, Name.Fit])) for page in (pages[1], pages[2])])
    source = save(pdf, tmp_path / "a.pdf")
    out = tmp_path / "bundel.pdf"
    made = bundle([part(source, last_page=2), part(source, last_page=2), part(source, first_page=3)], out)
    assert made.first_pages == (1, 3, 5)
    with pikepdf.open(out) as result:
        assert [goal(result, one) for one in annots(result.pages[0])] == [2]
        assert [goal(result, one) for one in annots(result.pages[2])] == [4]
    assert [(loss.part, loss.what, loss.count) for loss in made.losses] == [
        (0, Loss.LINKS, 1),
        (1, Loss.LINKS, 1),
    ]


def test_pages_left_out_leave_no_trace(tmp_path: Path) -> None:
    """Resources that refer to another page do not drag that page along."""
    pdf = new_pdf(["openbaar", "GEHEIM"])
    pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=pdf.pages[1].obj)
    pdf.pages[0].obj.PieceInfo = Dictionary(X=Dictionary(Private=pdf.pages[1].obj))
    add_outline(pdf, [("Openbaar", 0), ("Zeer vertrouwelijk", 1)])
    out = tmp_path / "bundel.pdf"
    bundle([part(save(pdf, tmp_path / "a.pdf"), last_page=1)], out)
    assert b"GEHEIM" not in out.read_bytes()
    assert [title for _, title, _ in outline(out)] == ["a", "Openbaar"]


def test_bookmarks_of_the_source_nest_under_its_part(tmp_path: Path) -> None:
    pdf = new_pdf(["een", "twee", "drie"])
    with pdf.open_outline() as made:
        chapter = pikepdf.OutlineItem("Hoofdstuk\n  1", 1)
        chapter.children.append(pikepdf.OutlineItem("Paragraaf 1.1", 2))
        made.root.append(chapter)
    source = save(pdf, tmp_path / "a.pdf")
    front = save(new_pdf(["voor"]), tmp_path / "v.pdf")
    out = tmp_path / "bundel.pdf"
    bundle([part(front, outline="4 Formatieplan"), part(source, outline="4.1 Nota", level=1)], out)
    assert outline(out) == [
        (0, "4 Formatieplan", 1),
        (1, "4.1 Nota", 2),
        (2, "Hoofdstuk 1", 3),
        (3, "Paragraaf 1.1", 4),
    ]


def test_bookmark_that_repeats_the_part_is_left_out(tmp_path: Path) -> None:
    """Word gives a sheet a bookmark with the title that the part already has."""
    pdf = new_pdf(["een", "twee"])
    add_outline(pdf, [("4 Formatieplan", 0), ("4 Formatieplan", 1)])
    out = tmp_path / "bundel.pdf"
    bundle([part(save(pdf, tmp_path / "a.pdf"), outline="4 Formatieplan")], out)
    assert outline(out) == [(0, "4 Formatieplan", 1), (1, "4 Formatieplan", 2)]


def test_part_without_a_title_has_no_bookmarks(tmp_path: Path) -> None:
    pdf = new_pdf(["een"])
    add_outline(pdf, [("Hoofdstuk", 0)])
    out = tmp_path / "bundel.pdf"
    bundle([part(save(pdf, tmp_path / "a.pdf"), outline="")], out)
    assert outline(out) == []


def test_cyclic_outline_ends(tmp_path: Path) -> None:
    pdf = new_pdf(["een", "twee"])
    first = pdf.make_indirect(Dictionary(Title=String("A"), Dest=Array([pdf.pages[0].obj, Name.Fit])))
    second = pdf.make_indirect(Dictionary(Title=String("B"), Dest=Array([pdf.pages[1].obj, Name.Fit])))
    first.Next, second.Next, second.First = second, first, second
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=first, Last=second))
    out = tmp_path / "bundel.pdf"
    bundle([part(save(pdf, tmp_path / "a.pdf"), outline="Stuk")], out)
    assert outline(out) == [(0, "Stuk", 1), (1, "A", 1), (1, "B", 2)]


def test_very_deep_outline_is_lifted(tmp_path: Path) -> None:
    """Forty levels become at most eight, none of the bookmarks is lost."""
    pdf = new_pdf(["een"])
    with pdf.open_outline(max_depth=50) as made:
        level = made.root
        for depth in range(40):
            level.append(pikepdf.OutlineItem(f"niveau {depth}", 0))
            level = level[0].children
    out = tmp_path / "bundel.pdf"
    bundle([part(save(pdf, tmp_path / "a.pdf"))], out)
    entries = outline(out)
    assert len(entries) == 41
    assert max(depth for depth, _, _ in entries) == 7


def dangerous_pdf(path: Path) -> Path:
    """Make a PDF with everything that a bundle must not do."""
    pdf = new_pdf(["gevaar"])
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    launch = Dictionary(S=Name.Launch, F=String("calc.exe"))
    remote = Dictionary(S=Name.GoToR, F=String("ander.pdf"), D=Array([0, Name.Fit]))
    attached = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String("x.exe"),
            EF=Dictionary(F=pdf.make_stream(b"MZ", Type=Name.EmbeddedFile)),
        )
    )
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("start"), script])),
        EmbeddedFiles=Dictionary(Names=Array([String("x.exe"), attached])),
    )
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=launch)
    place = Array([10, 10, 90, 90])
    submit = Dictionary(S=Name.SubmitForm, F=String("https://evil.example"))
    field = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("knop"), Rect=place, A=submit)
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    page.Annots = Array(
        [
            link(pdf, A=launch),
            link(pdf, A=remote),
            field,
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=place, FS=attached),
            Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=place),
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Square,
                Rect=place,
                AA=Dictionary(E=script),
                Contents=String("kader"),
            ),
        ]
    )
    return save(pdf, path)


def test_nothing_in_a_bundle_runs_or_opens_another_file(tmp_path: Path) -> None:
    out = tmp_path / "bundel.pdf"
    made = bundle([part(dangerous_pdf(tmp_path / "a.pdf"))], out)
    banned_keys = {"/JS", "/AA", "/OpenAction", "/EF", "/EmbeddedFiles", "/JavaScript", "/AcroForm", "/FS"}
    banned_actions = {Name.JavaScript, Name.Launch, Name.GoToR, Name.SubmitForm}
    with pikepdf.open(out) as pdf:
        dictionaries = list(all_dictionaries(pdf))
        assert not banned_keys & {key for one in dictionaries for key in one.keys()}  # noqa: SIM118
        assert not [one for one in dictionaries if one.get("/S") in banned_actions]
        assert [str(one.Subtype) for one in annots(pdf.pages[0])] == ["/Square"]
    assert {loss.what: loss.count for loss in made.losses} == {
        Loss.TAGS: 1,
        Loss.ATTACHMENTS: 2,
        Loss.FIELDS: 1,
        Loss.SCRIPTS: 4,
        Loss.ACTIONS: 4,
        Loss.MULTIMEDIA: 1,
    }


def all_dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Give every dictionary in a file, nested ones too."""
    todo: list[Any] = list(pdf.objects)
    while todo:
        value = todo.pop()
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            yield value
            children = [child for _, child in value.items()]
        elif isinstance(value, pikepdf.Array):
            children = list(value)
        else:
            continue
        todo.extend(c for c in children if isinstance(c, pikepdf.Object) and not c.is_indirect)


def ink(path: Path, page: int, box: tuple[int, int, int, int]) -> bool:
    """Tell whether there is something dark in a box: left, bottom, right, top in points."""
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[page - 1].render(scale=1, grayscale=True).to_pil()
    left, bottom, right, top = box
    darkest, _ = picture.crop((left, picture.height - top, right, picture.height - bottom)).getextrema()
    return darkest < 100


@pytest.mark.parametrize("signed", [False, True])
def test_fields_and_signatures_stay_visible(tmp_path: Path, signed: bool) -> None:  # noqa: FBT001
    """The look of a field, in its own space of 10 by 10, is drawn into its rectangle."""
    pdf = new_pdf(["formulier"])
    look = pdf.make_stream(
        b"0 g 0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10])
    )
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, T=String("veld"), AP=Dictionary(N=look))
    field.Rect = Array([300, 400, 340, 420])
    field.FT = Name.Sig if signed else Name.Tx
    field.V = Dictionary(Type=Name.Sig, Contents=String("x")) if signed else String("ja")
    field = pdf.make_indirect(field)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    pdf.pages[0].obj.Annots = Array([field])
    out = tmp_path / "bundel.pdf"
    made = bundle([part(save(pdf, tmp_path / "a.pdf"))], out)
    assert ink(out, 1, (302, 402, 338, 418))
    assert not ink(out, 1, (345, 400, 400, 440))
    assert [(loss.what, loss.count) for loss in made.losses] == [
        (Loss.SIGNATURES if signed else Loss.FIELDS, 1)
    ]


def layered_pdf(path: Path, *, hidden: bool) -> Path:
    """Make a PDF with a black square on a layer that is on or off."""
    pdf = new_pdf(["lagen"])
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Laag 1")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer] if hidden else []))
    )
    pdf.pages[0].obj.Resources.Properties = Dictionary(L=layer)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/OC /L BDC 0 g 200 400 100 100 re f EMC")
    return save(pdf, path)


def test_hidden_layers_stay_hidden(tmp_path: Path) -> None:
    """Two documents with an equally named layer, off in one and on in the other."""
    sources = [layered_pdf(tmp_path / f"{hidden}.pdf", hidden=hidden) for hidden in (True, False)]
    out = tmp_path / "bundel.pdf"
    bundle([part(source) for source in sources], out)
    assert [ink(out, page, (210, 410, 290, 490)) for page in (1, 2)] == [False, True]


@pytest.mark.parametrize(
    "content",
    [
        b"q 0.1 0 0 0.1 0 0 cm 0 0 0 rg",
        b"BT /F1 40 Tf 3 Tr (tekst",
        b"BI /W 1 /H 1 /CS /G /BPC 8 ID xx",
        b"/OC /L BDC q q 1 1 1 rg",
        b"Q Q Q 5 0 0 5 0 0 cm",
    ],
)
def test_untidy_content_does_not_swallow_the_stamp(tmp_path: Path, content: bytes) -> None:
    pdf = new_pdf(["x"])
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    out = tmp_path / "bundel.pdf"
    bundle([part(save(pdf, tmp_path / "a.pdf"), stamp="agendapunt 9 · stuk 9z")], out)
    assert "agendapunt 9 · stuk 9z · 1/1" in page_texts(out)[0]
    assert ink(out, 1, (480, 15, 580, 35))


def test_a_bundle_can_go_into_a_bundle(tmp_path: Path, papers: list[Path]) -> None:
    """Our names in the inner bundle do not clash with those of the outer one."""
    inner, out = tmp_path / "oud.pdf", tmp_path / "nieuw.pdf"
    bundle([part(papers[1], stamp="oud")], inner, concept=True)
    bundle([part(inner, stamp="nieuw")], out)
    text = page_texts(out)[2]
    assert "oud · 3/3" in text
    assert "nieuw · 3/3" in text
    assert "formatieplan 3" in text


def test_same_input_gives_same_bytes(tmp_path: Path, papers: list[Path]) -> None:
    parts = [part(dangerous_pdf(tmp_path / "a.pdf")), *map(part, papers)]
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    digests = [bundle(parts, out, concept=True).sha256 for out in (first, second)]
    assert first.read_bytes() == second.read_bytes()
    assert digests == [hashlib.sha256(first.read_bytes()).hexdigest()] * 2
    assert b"Date" not in first.read_bytes()


def test_shared_objects_are_written_once(tmp_path: Path) -> None:
    """The same 50 kB picture in ten papers costs once its size."""
    noise = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(1_600))
    paths = []
    for number in range(10):
        pdf = new_pdf([f"stuk {number}"])
        picture = pdf.make_stream(noise, Type=Name.XObject, Subtype=Name.Image, Width=160, Height=320)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im=picture)
        paths.append(save(pdf, tmp_path / f"{number}.pdf"))
    out = tmp_path / "bundel.pdf"
    bundle([part(path) for path in paths], out)
    assert out.stat().st_size < 2 * len(noise)


def test_concept_stands_on_every_page_and_only_on_a_concept(tmp_path: Path, papers: list[Path]) -> None:
    out = tmp_path / "bundel.pdf"
    for concept in (True, False):
        bundle([part(papers[1])], out, concept=concept)
        assert ["CONCEPT" in text for text in page_texts(out)] == [concept] * 3


def test_qpdf_finds_nothing_to_complain_about(tmp_path: Path, papers: list[Path]) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    out = tmp_path / "bundel.pdf"
    layered = layered_pdf(tmp_path / "l.pdf", hidden=True)
    bundle([part(dangerous_pdf(tmp_path / "a.pdf")), part(layered), *map(part, papers)], out, concept=True)
    checked = subprocess.run(["qpdf", "--check", out], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_pages_that_are_not_there_are_refused_and_the_old_bundle_stays(
    tmp_path: Path, papers: list[Path]
) -> None:
    out = tmp_path / "bundel.pdf"
    out.write_bytes(b"vorige versie")
    for parts in ([], [part(papers[1], last_page=4)], [part(papers[0], first_page=2)]):
        with pytest.raises(UnreadableError):
            bundle(parts, out)
    assert out.read_bytes() == b"vorige versie"
    assert {path.name for path in tmp_path.iterdir()} == {"bundel.pdf", *(paper.name for paper in papers)}


def test_what_a_bundle_does_not_carry_is_told_in_everyday_words() -> None:
    told = " ".join(Loss).lower()
    assert "voorleesprogramma's" in told
    assert not [word for word in ("schermlezer", "leesvolgorde", "getagd") if word in told]

"""Photos of a letter in one mail: proposed as one paper, and what a yes and a no do."""

import io
import json
from email import message_from_bytes, policy
from pathlib import Path

import pypdfium2
import pytest
import scans
from PIL import Image, ImageDraw
from playing import NOTE, REQUEST, Play, copy_council, journal_of, mail, word

from pipeline.values import Filed, HeldPaper, Kind, PartVerdict, Place

SUBJECT = "Foto's van de brief over het rooster"


def photo(path: Path, shade: int, *, lying: bool = False) -> Path:
    """Take a photo with noise of its own; ``lying`` = the camera was held on its side."""
    image = Image.effect_noise((300, 400), 40 + shade).convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, 90, 90), fill="black")
    exif = Image.Exif()
    if lying:
        image = image.rotate(90, expand=True)
        exif[0x0112] = 6
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, format="JPEG" if path.suffix == ".jpg" else None, exif=exif.tobytes())
    return path


def filed(play: Play) -> tuple[Filed, ...]:
    return journal_of(play)["filed"]  # type: ignore[return-value]


def held(play: Play) -> tuple[HeldPaper, ...]:
    return journal_of(play)["held"]  # type: ignore[return-value]


def lying(play: Play) -> list[str]:
    tray = play.place(Place.TE_BEOORDELEN)
    return sorted(path.relative_to(tray).as_posix() for path in tray.rglob("*") if path.is_file())


def parts(play: Play) -> dict[str, tuple[PartVerdict, str]]:
    """Give the verdict and its reason of every named part of the one mail."""
    (arrival,) = {one.origin.arrival for one in (*held(play), *filed(play))}
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        return {
            one.part.name: (one.verdict, one.reason) for one in ledger.documents(arrival) if one.part.name
        }


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("fotos")
    return (
        photo(folder / "IMG_1.jpg", 1),
        photo(folder / "IMG_2.jpg", 2, lying=True),
        photo(folder / "IMG_3.png", 3),
    )


@pytest.fixture(scope="module")
def sent(new_council: Play, pictures: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Play:
    play = copy_council(new_council, tmp_path_factory.mktemp("gefotografeerd") / "raad")
    play.post("1.eml", mail(SUBJECT, "Zie de foto's.\n", *pictures))
    play.once()
    return play


@pytest.fixture
def proposed(sent: Play, tmp_path: Path) -> Play:
    return copy_council(sent, tmp_path / "raad")


def move(play: Play, paper: HeldPaper, folder: str) -> None:
    tray = play.place(Place.TE_BEOORDELEN)
    (tray / paper.place).rename(tray / folder / paper.place)


def test_photos_of_one_mail_are_proposed_as_one_paper(proposed: Play) -> None:
    """One pdf waits, three A4 pages in the order of the mail; each photo keeps its verdict."""
    (paper,) = held(proposed)
    assert paper.place == "Foto's bij 'Foto's van de brief over het rooster' (3 bladen).pdf"
    assert lying(proposed) == [paper.place, f"{paper.place} - waarom.txt"]
    note = proposed.place(Place.TE_BEOORDELEN, f"{paper.place} - waarom.txt").read_text("utf-8-sig")
    assert "Deze 3 foto's lijken de bladen van één brief." in note
    assert "Losse foto's" in note
    assert "Vraag de afzender" not in note
    told = parts(proposed)
    assert [reason.rpartition(": ")[2] for _, reason in told.values()] == [
        "blad 1 van 3.",
        "blad 2 van 3.",
        "blad 3 van 3.",
    ]
    assert {verdict for verdict, _ in told.values()} <= {PartVerdict.PAPER, PartVerdict.UNREADABLE}
    with pypdfium2.PdfDocument(proposed.place(Place.TE_BEOORDELEN, paper.place)) as pdf:
        assert [(round(page.get_width()), round(page.get_height())) for page in pdf] == [(595, 842)] * 3


def test_a_yes_files_it_as_one_paper_with_its_photos_beside_it(
    proposed: Play, pictures: tuple[Path, ...]
) -> None:
    (paper,) = held(proposed)
    move(proposed, paper, "Beleidsstuk")
    assert proposed.once() == ()
    (one,) = filed(proposed)
    assert (one.kenmerk, one.kind) == ("2026-0001-01", Kind.BELEIDSSTUK)
    dossier = proposed.place(Place.ARCHIEF, one.path).parent
    kept = {path.name: path.read_bytes() for path in (dossier / "Foto's").iterdir()}
    assert kept == {
        f"2026-0001-01 blad {number}{path.suffix}": path.read_bytes()
        for number, path in enumerate(pictures, start=1)
    }
    assert len(list((dossier / "Mail").iterdir())) == 1
    assert lying(proposed) == []


def test_a_no_lays_the_photos_out_one_by_one(proposed: Play, pictures: tuple[Path, ...]) -> None:
    (paper,) = held(proposed)
    move(proposed, paper, "Losse foto's")
    proposed.once()
    assert [one.place for one in held(proposed)] == ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.png"]
    for path in pictures:
        assert proposed.place(Place.TE_BEOORDELEN, path.name).read_bytes() == path.read_bytes()
    assert not [path for path in lying(proposed) if path.startswith(("Foto's", "Losse"))]
    first, *_ = held(proposed)
    assert any(line.startswith("IMG_3.png") for line in first.siblings)
    move(proposed, first, "Overig")
    proposed.once()
    assert [one.kind for one in filed(proposed)] == [Kind.OVERIG]
    assert len(held(proposed)) == 2
    note = proposed.place(Place.TE_BEOORDELEN, "IMG_2.jpg - waarom.txt").read_text("utf-8-sig")
    assert "IMG_1.jpg: Overig (opgeborgen als 2026-0001-01)" in note


def test_taken_back_it_is_proposed_again_and_the_photos_leave_the_archive(proposed: Play) -> None:
    (paper,) = held(proposed)
    move(proposed, paper, "Beleidsstuk")
    proposed.once()
    (one,) = filed(proposed)
    content = proposed.place(Place.ARCHIEF, one.path).read_bytes()
    proposed.place(Place.TERUG_TE_DRAAIEN, "kopie.pdf").write_bytes(content)
    proposed.once()
    assert filed(proposed) == ()
    assert not list(proposed.place(Place.ARCHIEF).rglob("*blad*"))
    (again,) = held(proposed)
    move(proposed, again, "Losse foto's")
    proposed.once()
    assert len(held(proposed)) == 3


def test_one_photo_is_held_by_itself(play: Play, pictures: tuple[Path, ...]) -> None:
    play.post("1.eml", mail(SUBJECT, "Zie de foto.\n", pictures[0]))
    play.once()
    assert [one.place for one in held(play)] == ["IMG_1.jpg"]


def test_with_a_broken_photo_each_is_held_by_itself(
    play: Play, pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    broken = tmp_path / "IMG_9.jpg"
    broken.write_bytes(pictures[0].read_bytes()[:200])
    play.post("1.eml", mail(SUBJECT, "Zie de foto's.\n", pictures[1], broken))
    play.once()
    assert sorted(one.place for one in held(play)) == ["IMG_2.jpg", "IMG_9.jpg"]


def test_logos_in_the_text_are_no_pages(play: Play, pictures: tuple[Path, ...]) -> None:
    """Two small pictures shown in the text beside one photo: the photo stands alone."""
    letter = message_from_bytes(mail(SUBJECT, "Zie de foto.\n", pictures[0]), policy=policy.default)
    for number in (1, 2):
        logo = io.BytesIO()
        Image.new("RGB", (40, 40), (number, 0, 0)).save(logo, "PNG")
        letter.add_attachment(
            logo.getvalue(),
            maintype="image",
            subtype="png",
            filename=f"image00{number}.png",
            disposition="inline",
            cid=f"<logo{number}@zandhof.example>",
        )
    play.post("1.eml", letter.as_bytes())
    play.once()
    assert [one.place for one in held(play)] == ["IMG_1.jpg"]


def test_photos_never_follow_a_request_without_a_yes(
    play: Play, pictures: tuple[Path, ...], tmp_path: Path
) -> None:
    """The request of the same mail is filed; the note beside the photos names it with its kenmerk."""
    request = word(tmp_path / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster 2027-2028", NOTE, request, *pictures[:2]))
    play.once()
    assert [one.kenmerk for one in filed(play)] == ["2026-0001-01"]
    (paper,) = held(play)
    assert paper.siblings == (
        "de tekst van de mail zelf: begeleidende tekst",
        "Instemmingsverzoek vakantierooster.docx: Instemmingsverzoek (opgeborgen als 2026-0001-01)",
    )


def test_photos_of_an_iphone_are_proposed_as_one_letter_that_was_read(play: Play) -> None:
    """HEIC, held on its side: the pages stand upright and both were read; each photo stays as it came.

    The second page names the day by which an answer is wanted.
    """
    play.post("1.eml", mail(SUBJECT, "Zie de foto's.\n", *scans.PHOTOS))
    play.once()
    (paper,) = held(play)
    assert paper.place.endswith(" (2 bladen).pdf")
    assert [reason.rpartition(": ")[2] for _, reason in parts(play).values()] == [
        "blad 1 van 2.",
        "blad 2 van 2.",
    ]
    with pypdfium2.PdfDocument(play.place(Place.TE_BEOORDELEN, paper.place)) as pdf:
        assert [(round(page.get_width()), round(page.get_height())) for page in pdf] == [(595, 842)] * 2
    assert paper.verdict.judgement is not None
    assert paper.verdict.judgement.kind is Kind.INSTEMMINGSVERZOEK
    assert str(paper.facts.document_date) == "2026-11-16"
    assert str(paper.facts.answer_date) == "2026-12-17"
    move(play, paper, "Losse foto's")
    play.once()
    loose = [path.read_bytes() for path in play.place(Place.TE_BEOORDELEN).rglob("*.heic")]
    assert sorted(loose) == sorted(path.read_bytes() for path in scans.PHOTOS)
    read = [json.loads(path.read_text("utf-8"))["text"] for path in (play.data / "teksten").glob("*.json")]
    assert len(read) == 2
    assert scans.share_found(scans.LETTER, " ".join(read)) > 0.95

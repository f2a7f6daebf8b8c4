"""Names: whatever comes from outside, it is one safe, short, readable step of a path."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.archive import naming

RESERVED = {"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"}
"""Source: "Naming Files, Paths, and Namespaces" of Windows."""
FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}
INVISIBLE = {"\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200f", "\u061c", "\ufeff"}
LONGEST_FOLDER = f"2026-2027/{naming.dossier_folder('2026-0017', 'Instemmingsverzoek ' * 20)}"

ANY = st.text(st.characters(exclude_categories=()), max_size=400)
ENDINGS = st.sampled_from(["", ".pdf", ".docx", ".PDF", ".msg"])


def faults(name: str) -> list[str]:
    """What Windows, Explorer or ext4 would refuse about a name."""
    stem = name.split(".", maxsplit=1)[0].strip().upper()
    return [
        fault
        for fault, is_there in (
            ("empty", not name),
            ("character", bool(FORBIDDEN & set(name))),
            ("invisible", bool(INVISIBLE & set(name))),
            ("reserved", stem in RESERVED),
            ("end", name.endswith((".", " "))),
            ("start", name.startswith((".", " "))),
            ("not NFC", not unicodedata.is_normalized("NFC", name)),
            ("bytes", len(name.encode("utf-8", "replace")) > 255),
            ("surrogate", any("\ud800" <= letter <= "\udfff" for letter in name)),
        )
        if is_there
    ]


# --- safe ------------------------------------------------------------------------------


@given(ANY, st.integers(12, 120))
@example("..\\..\\Windows", 12)
@example("🎉" * 300, 80)
@example("con .txt", 30)
@example("brief\udcff.pdf", 30)
def test_any_text_becomes_a_safe_name_within_its_limit(text: str, limit: int) -> None:
    name = naming.safe(text, limit)
    assert faults(name) == []
    assert len(name) <= limit


@given(ANY, st.integers(12, 120))
def test_a_safe_name_stays_as_it_is(text: str, limit: int) -> None:
    once = naming.safe(text, limit)
    assert naming.safe(once, limit) == once


@given(ANY)
def test_a_safe_name_leaves_room_for_the_note_beside_it(text: str) -> None:
    """``Te beoordelen/<name> - waarom.txt``, while it is written, still fits in 255 bytes."""
    assert len(f".{naming.safe_file(text)} (12) - waarom.txt.deel".encode()) <= 255


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("..", "zonder naam"),
        ("C:\\temp\\brief", "C temp brief"),
        ("cafe\u0301", "café"),
        ("Brief van 3 november...", "Brief van 3 november"),
        (" Brief  van\r\nhet CvB ", "Brief van het CvB"),
        ("CON", "_CON"),
        ("aux.tar", "_aux.tar"),
        ("lpt¹", "_lpt¹"),
        ("Console", "Console"),
        ("Com10 overleg", "Com10 overleg"),
        ("brief\u202efdp.exe", "brief fdp.exe"),
        ("🎉🎉", "🎉🎉"),
        ("???", "zonder naam"),
    ],
)
def test_safe_by_example(given_name: str, expected: str) -> None:
    assert naming.safe(given_name, 60) == expected


def test_a_long_name_is_shortened_in_the_middle() -> None:
    name = naming.safe("Instemmingsverzoek vakantierooster van het Veenrijk College locatie Noord", 40)
    head, tail = name.split("…")
    assert head.startswith("Instemmingsverzoek")
    assert tail.endswith("Noord")
    assert len(name) <= 40


def test_a_name_that_fits_is_not_shortened() -> None:
    assert naming.safe("a" * 60, 60) == "a" * 60
    assert naming.safe("a" * 61, 60) != "a" * 61


@pytest.mark.parametrize(
    ("title", "limit", "short"),
    [
        ("Pilot Flexrooster 2026-11-02", 20, "Pilot … 2026-11-02"),
        ("Pilot Flexrooster 2026-11-02", 15, "Pilot …"),
        ("Verbouwing aula Waterland 2026-11-02", 21, "Verbouwing aula …"),
        ("Invoering onderwijsteams per 1 augustus 2027", 30, "Invoering … 1 augustus 2027"),
        ("Invoering onderwijsteams per 1 augustus 2027", 22, "Invoering …"),
        ("Begroting 2027-2028 van de Stichting Veenrijk", 24, "Begroting … Veenrijk"),
        ("Besluit 17 november 2026 over het flexrooster", 26, "Besluit … flexrooster"),
        ("Overzicht van 1.063.250 euro subsidie", 30, "Overzicht van … subsidie"),
    ],
)
def test_no_date_or_number_is_cut(title: str, limit: int, short: str) -> None:
    assert naming.shorten(title, limit) == short


@given(st.text("ab 1-. ", min_size=1, max_size=60), st.integers(12, 40))
def test_a_number_stays_whole_or_goes_as_far_as_there_is_room(text: str, limit: int) -> None:
    short = naming.shorten(f"x {text} x", limit)
    assert 0 < len(short) <= max(limit, 1)
    if " … " in short:
        known = set(re.findall(r"\d+(?:[-.]\d+)*", text))
        assert set(re.findall(r"\d+(?:[-.]\d+)*", short)) <= known


# --- files -----------------------------------------------------------------------------


@given(ANY, ENDINGS)
def test_a_file_name_keeps_its_extension(stem: str, ending: str) -> None:
    name = naming.safe_file(f"{stem}x{ending}")
    assert faults(name) == []
    assert len(name) <= naming.FILE_LIMIT
    assert name.endswith(ending.lower())


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("brief.PDF", ".pdf"),
        ("brief.tar.gz", ".gz"),
        ("brief", ""),
        ("brief.", ""),
        ("notulen 3.11 van de raad", ""),
        ("brief.pdf ", ".pdf"),
        ("brief.bijlage-een", ""),
        ("brief.abcdefghi", ""),
    ],
)
def test_extension(name: str, ending: str) -> None:
    assert naming.extension(name) == ending


def test_a_name_of_300_characters_keeps_beginning_and_extension() -> None:
    name = naming.safe_file(f"Adviesaanvraag {'x' * 300}.docx")
    assert name.startswith("Adviesaanvraag x")
    assert name.endswith("x.docx")
    assert len(name) == 80


def test_only_an_extension_gets_a_name() -> None:
    assert naming.safe_file(".pdf") == "zonder naam.pdf"


# --- titles ----------------------------------------------------------------------------


MEANINGLESS = [
    "Scan_0012", "scan0012.pdf", "SCAN 12.PDF", "IMG_2031.jpg", "Document1.docx", "Naamloos.docx",
    "bijlage (2).pdf", "20261103.pdf", "Kopie van.pdf", "Scan_0012_v2.pdf", "Scan_0012 def.pdf", "_.pdf", "",
]  # fmt: skip


@pytest.mark.parametrize("name", MEANINGLESS)
def test_a_name_that_says_nothing_is_no_title(name: str) -> None:
    """Neither as the file's name, nor when a scanner wrote it into the document's own title or subject."""
    assert naming.title_of_file(name) == ""
    assert naming.title_for(name, name, name, "Adviesaanvraag") == "Adviesaanvraag"


@given(st.integers(0, 99999), st.sampled_from(["Scan_", "scan", "IMG-", "Document ", "image"]), ENDINGS)
def test_a_scanners_number_never_becomes_a_title(number: int, prefix: str, ending: str) -> None:
    name = f"{prefix}{number:04d}{ending}"
    assert naming.title_for("", name, name, "Stuk zonder titel") == "Stuk zonder titel"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("vakantierooster_2027.pdf", "Vakantierooster 2027"),
        ("Formatieplan v2.docx", "Formatieplan"),
        ("Formatieplan (definitief).docx", "Formatieplan"),
        ("Formatieplan - versie 1.2.docx", "Formatieplan"),
        ("ontvangen 2026-11-03 Formatieplan.pdf", "Formatieplan"),
        ("Lessentabel V4.xlsx", "Lessentabel V4"),
        ("Regeling semifinal.pdf", "Regeling semifinal"),
        ("Scanbeleid.pdf", "Scanbeleid"),
    ],
)
def test_title_of_file(name: str, title: str) -> None:
    """``V4`` is a class of the vwo; ``v2`` is a version."""
    assert naming.title_of_file(name) == title


def test_the_title_is_what_the_paper_says_of_itself_first() -> None:
    assert naming.title_for("Vakantierooster", "Eigen titel", "naam.pdf", "Overig") == "Vakantierooster"
    assert naming.title_for("", "Eigen\n titel", "naam.pdf", "Overig") == "Eigen titel"
    assert naming.title_for("", "", "naam.pdf", "Overig") == "Naam"


def test_a_title_is_at_most_120_characters() -> None:
    assert len(naming.title_for("woord " * 60, "", "", "Overig")) <= 120


# --- years, dossiers and paths ---------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 7, 31), "2025-2026"),
        (date(2026, 8, 1), "2026-2027"),
        (date(2026, 12, 31), "2026-2027"),
        (date(2027, 1, 1), "2026-2027"),
    ],
)
def test_the_school_year_turns_on_1_august(day: date, year: str) -> None:
    assert naming.school_year(day) == year


@given(ANY)
@example("x" * 200)
def test_a_dossier_folder_begins_with_its_number_and_has_60_characters_at_most(title: str) -> None:
    folder = naming.dossier_folder("2026-0017", title)
    assert folder.startswith("2026-0017 ")
    assert len(folder) <= 60
    assert faults(folder) == []


@given(ANY, ANY, st.none() | st.dates(), ENDINGS)
@example("Instemmingsverzoek " * 20, "Vakantierooster " * 20, date(2026, 11, 3), ".docx")
def test_a_path_and_its_side_car_have_150_characters_at_most(
    dossier: str, title: str, day: date | None, ending: str
) -> None:
    folder = f"2026-2027/{naming.dossier_folder('2026-0017', dossier)}"
    path = naming.paper_path(folder, "2026-0017-03", title, day=day, ending=ending)
    above, _, name = path.rpartition("/")
    assert above == folder
    assert faults(name) == []
    assert len(f"Archief/{path}.json") <= 150
    assert len(name) <= 80
    assert name.startswith("2026-0017-03 ")
    assert name.endswith(ending)


def test_a_path_carries_the_date_of_the_document_once() -> None:
    path = naming.paper_path("j/d", "2026-0017-03", "Brief CvB", day=date(2026, 11, 3), ending=".pdf")
    assert path == "j/d/2026-0017-03 Brief CvB 2026-11-03.pdf"
    again = naming.paper_path(
        "j/d", "2026-0017-03", "Brief CvB 2026-11-03", day=date(2026, 11, 3), ending=".pdf"
    )
    assert again == path
    assert naming.paper_path("j/d", "2026-0017-03", "Brief", day=None, ending="") == "j/d/2026-0017-03 Brief"


def test_the_longest_folder_leaves_a_readable_name() -> None:
    path = naming.paper_path(LONGEST_FOLDER, "2026-0017-03", "Vakantierooster", day=None, ending=".pdf")
    assert path.endswith("/2026-0017-03 Vakantierooster.pdf")


# --- free names ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (set(), "Brief.pdf"),
        ({"Brief.docx"}, "Brief.pdf"),
        ({"Brief.pdf"}, "Brief (2).pdf"),
        ({"BRIEF.PDF"}, "Brief (2).pdf"),
        ({"brief.pdf", "brief (2).PDF"}, "Brief (3).pdf"),
    ],
)
def test_a_taken_name_gets_a_number_also_when_only_case_differs(taken: set[str], expected: str) -> None:
    assert naming.free_name("Brief.pdf", frozenset(taken)) == expected


def test_a_taken_name_without_extension_gets_its_number_at_the_end() -> None:
    assert naming.free_name("Brief 3.11 van de raad", frozenset({"brief 3.11 van de raad"})) == (
        "Brief 3.11 van de raad (2)"
    )


@given(st.lists(st.sampled_from(["a.pdf", "A.pdf", "a (2).pdf", "A (2).PDF"]), max_size=8))
def test_names_given_out_one_after_another_never_collide(wanted: list[str]) -> None:
    taken: frozenset[str] = frozenset()
    for name in wanted:
        taken |= {naming.free_name(name, taken)}
    assert len({name.casefold() for name in taken}) == len(wanted)
    assert all(re.fullmatch(r"(?i)a( \(\d+\))*\.pdf", name) for name in taken)


@pytest.mark.parametrize("folder", ["05 Rooster", "05 " + "x" * 40, "05 " + "x" * 80])
def test_a_copy_keeps_its_kenmerk_and_the_limit_of_the_path(folder: str) -> None:
    place = f"Vergaderingen/2026-12-08 Overlegvergadering/Voorstel/{folder}"
    name = "2026-0005-01 Invoering onderwijsteams per 1 augustus 2027 2026-11-10.pdf"
    short = naming.short_paper_name(name, "2026-0005-01", place)
    assert short.startswith("2026-0005-01")
    assert short.endswith(".pdf")
    assert len(f"{place}/{short}") <= max(naming.PATH_LIMIT, len(place) + 17)


@pytest.mark.parametrize(
    ("name", "content_type", "expected"),
    [
        ("Brief", "application/pdf", "Brief.pdf"),
        ("Brief d.d. 16.11", "application/pdf", "Brief d.d. 16.11.pdf"),
        ("Brief.PDF", "application/pdf", "Brief.PDF"),
        ("Brief.docx", "application/pdf", "Brief.docx"),
        ("raadsel", "application/octet-stream", "raadsel"),
        ("", "text/plain", ""),
    ],
)
def test_a_name_without_an_ending_gets_that_of_what_it_is(
    name: str, content_type: str, expected: str
) -> None:
    assert naming.with_ending(name, content_type) == expected

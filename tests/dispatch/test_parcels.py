"""How a bundle travels: whole when it fits, else with smaller pictures, else in parts."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dispatch import parcels
from pipeline.values import Dispatch, DispatchState, Parcel, Piece, Stretch

MOST = parcels.room(20)
MESSAGE = Dispatch(
    id="d1", member="Anna", to="a@x.example", edition="leden", file="x.pdf", sha256="f",
    state=DispatchState.GEPLAND,
)  # fmt: skip


def pieces(*sizes: tuple[str, int]) -> tuple[Piece, ...]:
    """Make pieces of one page each, front matter first: item and size of each paper."""
    made = [Piece(item="", paper="", pages=Stretch(first=1, last=1), size=1_000)]
    for page, (item, size) in enumerate(sizes, start=2):
        made.append(Piece(item=item, paper=f"{item}.{page}", pages=Stretch(first=page, last=page), size=size))
    return tuple(made)


def chosen(*sizes: tuple[str, int], whole: int = 10 * MOST, smaller: int = 9 * MOST) -> Parcel:
    return parcels.choose(whole=whole, smaller=smaller, pieces=pieces(*sizes), limit_mb=20)


def spans(parcel: Parcel) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in parcel.parts]


def test_the_limit_counts_the_mail_as_it_is_sent() -> None:
    """Written as text a file grows by 78 characters for 57 bytes, line ends included."""
    assert parcels.room(20) * 78 / 57 < 20_000_000
    assert parcels.room(20) > 14_000_000
    assert parcels.room(1) > 600_000


def test_what_fits_travels_as_it_is() -> None:
    assert chosen(whole=MOST) == Parcel(limit_mb=20)
    assert chosen(whole=MOST).is_plain


def test_smaller_pictures_come_before_parts() -> None:
    assert chosen(whole=MOST + 1, smaller=MOST) == Parcel(limit_mb=20, shrunk=True)


def test_parts_are_divided_at_agenda_items() -> None:
    half = MOST * 6 // 10
    found = chosen(("3", half), ("4", half // 2), ("4", half // 2), ("5", half))
    assert found.shrunk
    assert spans(found) == [(1, 2), (3, 4), (5, 5)]


def test_an_item_that_is_too_large_is_divided_between_its_papers() -> None:
    half = MOST * 6 // 10
    assert spans(chosen(("3", half), ("3", half), ("4", 10))) == [(1, 2), (3, 4)]


def test_a_large_paper_is_a_part_of_its_own() -> None:
    assert spans(chosen(("3", 10), ("4", MOST), ("5", 10))) == [(1, 2), (3, 3), (4, 4)]


def test_a_paper_above_the_limit_cannot_be_mailed() -> None:
    found = chosen(("3", 10), ("4", 31_000_000))
    assert found.refusal.startswith("Stuk 4.3 is 31 MB, te groot om te mailen")
    assert "20 MB" in found.refusal
    assert found.is_plain


def test_parts_without_smaller_pictures_say_nothing_of_pictures() -> None:
    found = chosen(("3", MOST), ("4", MOST), whole=2 * MOST, smaller=2 * MOST)
    assert not found.shrunk
    assert parcels.way_words(found) == "in 3 delen"
    assert "dpi" not in " ".join(parcels.beforehand(found, "Editie leden"))


@given(st.lists(st.tuples(st.sampled_from("345"), st.integers(1, MOST)), min_size=1, max_size=20))
def test_parts_hold_every_page_once_in_order_within_the_limit(sizes: list[tuple[str, int]]) -> None:
    made = pieces(*sorted(sizes))
    found = parcels.choose(whole=10 * MOST, smaller=9 * MOST, pieces=made, limit_mb=20)
    pages = [page for one in found.parts for page in range(one.first, one.last + 1)]
    assert pages == [piece.pages.first for piece in made]
    for one in found.parts:
        assert sum(piece.size for piece in made if one.first <= piece.pages.first <= one.last) <= MOST


@pytest.mark.parametrize(
    ("parcel", "names"),
    [
        (None, []),
        (Parcel(limit_mb=20), []),
        (Parcel(limit_mb=20, shrunk=True), ["x - leden - verkleind.pdf"]),
        (
            Parcel(limit_mb=20, parts=(Stretch(first=1, last=2), Stretch(first=3, last=3))),
            ["x - leden - deel 1 van 2.pdf", "x - leden - deel 2 van 2.pdf"],
        ),
    ],
)
def test_the_files_are_named_after_the_bundle(parcel: Parcel | None, names: list[str]) -> None:
    assert [one.name for one in parcels.planned_files("x - leden.pdf", parcel)] == names


def test_what_is_told_beforehand_and_to_the_member() -> None:
    parcel = Parcel(limit_mb=20, shrunk=True, parts=(Stretch(first=1, last=30), Stretch(first=31, last=31)))
    (told,) = parcels.beforehand(parcel, "Editie leden")
    assert "in 2 berichten: deel 1 bladzijde 1 tot en met 30, deel 2 bladzijde 31." in told
    assert "verkleind tot 150 dpi" in told
    _, second = parcels.planned_files("x.pdf", parcel)
    part, pictures = parcels.for_member(parcel, second, MESSAGE)
    assert part.startswith("Dit is deel 2 van 2: bladzijde 31.")
    assert "150 dpi" in pictures
    assert parcels.beforehand(replace(parcel, shrunk=False, parts=()), "Editie leden") == ()


# --- a link in place of parts ----------------------------------------------------------

SIXTY = parcels.link_rule(60, confidential=False)


def linked(*sizes: tuple[str, int], rule: parcels.LinkRule = SIXTY, smaller: int = 9 * MOST) -> Parcel:
    return parcels.choose(whole=10 * MOST, smaller=smaller, pieces=pieces(*sizes), limit_mb=20, rule=rule)


def test_a_link_takes_the_place_of_parts_only() -> None:
    assert linked(("3", MOST), ("4", MOST)) == Parcel(limit_mb=20, link_days=60)
    assert linked(smaller=MOST) == Parcel(limit_mb=20, shrunk=True)
    assert parcels.choose(whole=MOST, smaller=MOST, pieces=(), limit_mb=20, rule=SIXTY).is_plain


def test_a_paper_too_large_for_any_message_can_be_fetched() -> None:
    found = linked(("3", 31_000_000))
    assert (found.refusal, found.is_link) == ("", True)


def test_a_link_carries_the_whole_bundle_under_its_own_name() -> None:
    assert parcels.planned_files("x.pdf", linked()) == ()
    assert parcels.way_words(linked()) == "als link, 60 dagen te openen"


def test_what_is_confidential_goes_in_parts_and_says_why() -> None:
    rule = parcels.link_rule(60, confidential=True)
    found = linked(("3", MOST), ("4", MOST), rule=rule)
    assert (found.is_link, spans(found)) == (False, [(1, 1), (2, 2), (3, 3)])
    (told,) = parcels.beforehand(found, "Editie PMR")
    assert "Een link kan hier niet: deze editie is vertrouwelijk" in told
    refused = linked(("3", 31_000_000), rule=rule)
    assert refused.refusal.startswith("Stuk 3.2 is 31 MB, te groot om te mailen")
    assert refused.refusal.endswith("kan meelezen.")


def test_without_links_in_use_nothing_is_said_of_them() -> None:
    assert parcels.link_rule(0, confidential=True) == parcels.LinkRule()
    (told,) = parcels.beforehand(chosen(("3", MOST), ("4", MOST)), "Editie leden")
    assert "link" not in told


def test_a_trial_is_never_a_link() -> None:
    found = linked(("3", MOST), ("4", MOST), rule=parcels.link_rule(60, confidential=False, trial=True))
    assert spans(found) == [(1, 1), (2, 2), (3, 3)]


def test_the_secretary_hears_who_can_read_it_and_how_long() -> None:
    (before,) = parcels.beforehand(linked(), "Editie leden")
    assert before.startswith("Editie leden is te groot voor één bericht (grens 20 MB).")
    assert "Wie de link heeft, kan het bestand lezen." in before
    assert "De link werkt tot 60 dagen na de verzending;" in before
    (later,) = parcels.beforehand(linked(), "Editie leden", date(2027, 1, 22))
    assert "De link werkt tot en met vrijdag 22 januari 2027;" in later


@pytest.mark.parametrize(
    ("parcel", "rule", "holds"),
    [
        (Parcel(limit_mb=20), SIXTY, True),
        (Parcel(limit_mb=20, shrunk=True), SIXTY, True),
        (Parcel(limit_mb=10), SIXTY, False),
        (Parcel(limit_mb=20, parts=(Stretch(first=1, last=2),)), SIXTY, False),
        (Parcel(limit_mb=20, refusal="Te groot."), SIXTY, False),
        (Parcel(limit_mb=20, link_days=60), SIXTY, True),
        (Parcel(limit_mb=20, link_days=30), SIXTY, False),
        (Parcel(limit_mb=20, link_days=60), parcels.LinkRule(), False),
        (Parcel(limit_mb=20, parts=(Stretch(first=1, last=2),)), parcels.LinkRule(), True),
        (
            Parcel(limit_mb=20, parts=(Stretch(first=1, last=2),), no_link="Geheim."),
            parcels.LinkRule(),
            False,
        ),
    ],
)
def test_what_was_decided_holds_until_the_settings_change_it(
    parcel: Parcel, rule: parcels.LinkRule, *, holds: bool
) -> None:
    assert parcels.still_holds(parcel, limit_mb=20, rule=rule) is holds

"""Editions are built from an allow-list; numbers, lists and the manifest come from what is left."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.bundle.plan import (
    edition_for,
    edition_of,
    editions,
    members_fingerprint,
    paper_numbers,
    plan_bundle,
    seen_by,
)
from pipeline.values import AgendaItem, BundlePlan, Edition, ItemPaper, Meeting, MeetingDate, Member

MEMBERS = edition_of(())
PMR = edition_of(("PMR",))
PUBLIC = Edition(name="openbaar", groups=(), closed=False)


def paper(name: str, audience: str = "", *, closed: bool = False, late: bool = False) -> ItemPaper:
    return ItemPaper(
        path=f"map/{name}.pdf",
        sha256=f"sha of {name}",
        title=f"Titel {name}",
        audience=audience,
        closed=closed,
        late=late,
    )


def item(number: str, *papers: ItemPaper, closed: bool = False, title: str = "") -> AgendaItem:
    return AgendaItem(number=number, title=title or f"Punt {number}", closed=closed, papers=papers)


def meeting(*items: AgendaItem, problems: tuple[str, ...] = ()) -> Meeting:
    return Meeting(
        folder="2026-12-08 Overlegvergadering",
        date=MeetingDate(day=date(2026, 12, 8), kind="Overlegvergadering", starts="19.30"),
        items=items,
        problems=problems,
    )


def member(name: str, *committees: str) -> Member:
    return Member(
        name=name,
        salutation="",
        email=f"{name.lower()}@x.example",
        geleding="personeel",
        school="",
        function="",
        committees=committees,
        member_from=None,
        member_until=None,
        delivery="mail",
        substitute="",
    )


def plan(
    of: Meeting, edition: Edition = MEMBERS, *, prints: tuple[str, ...] = ("p",), members: str = "m"
) -> BundlePlan:
    return plan_bundle(of, edition, prints=prints, members=members)


SECRET = meeting(
    item("1", paper("open1")),
    item(
        "4",
        paper("open4"),
        paper("slot4", closed=True),
        paper("omr4", "OMR"),
        paper("pmr4", "PMR"),
        title="Formatie",
    ),
    item("5", paper("slot5", closed=True), closed=True, title="Ontslagzaak"),
    item("6", paper("pmr6", "PMR")),
    problems=("'pmr4.pdf' is nog open in Word of Excel.",),
)

# --- which editions --------------------------------------------------------------------


def test_without_confidential_papers_there_is_one_edition() -> None:
    people = (member("Anna", "PMR"), member("Bob"))
    assert editions(meeting(item("1", paper("a"))), people, public=False) == (MEMBERS,)


def test_there_is_an_edition_for_each_set_of_groups_some_member_is_in() -> None:
    people = (member("Anna", "pmr"), member("Bob"), member("Cas", "OMR", "PMR", "Feest"))
    assert [one.groups for one in editions(SECRET, people, public=False)] == [
        (),
        ("OMR", "PMR"),
        ("PMR",),
    ]


def test_a_group_nobody_is_in_has_its_edition_too_so_that_its_papers_are_not_lost() -> None:
    made = editions(SECRET, (member("Bob"),), public=False)
    assert [one.name for one in made] == ["leden", "OMR", "PMR"]


def test_without_members_there_are_editions_all_the_same() -> None:
    assert [one.name for one in editions(SECRET, (), public=False)] == ["leden", "OMR", "PMR"]


def test_the_public_edition_comes_only_when_it_is_wanted() -> None:
    assert editions(SECRET, (), public=True)[-1] == PUBLIC
    assert PUBLIC not in editions(SECRET, (), public=False)


@pytest.mark.parametrize(
    ("committees", "name"),
    [
        ((), "leden"),
        (("PMR",), "PMR"),
        (("pmr", "OMR"), "OMR+PMR"),
        (("Feest",), "leden"),
        (("PM",), "leden"),
    ],
)
def test_a_member_gets_the_edition_of_exactly_his_groups(committees: tuple[str, ...], name: str) -> None:
    assert edition_for(member("Anna", *committees), SECRET).name == name


@given(st.lists(st.lists(st.sampled_from(["PMR", "OMR", "Feest"]), max_size=3), max_size=5))
def test_every_members_edition_is_made(groups: list[list[str]]) -> None:
    people = tuple(member(f"Lid{n}", *own) for n, own in enumerate(groups))
    made = editions(SECRET, people, public=True)
    assert {edition_for(one, SECRET) for one in people} <= set(made)
    assert len({one.name for one in made}) == len(made)


@pytest.mark.parametrize("group", ["leden", "Leden", "openbaar", "aankondiging"])
def test_a_group_never_passes_for_an_edition_of_everybody(group: str) -> None:
    """A sending knows its edition by name: a member outside the group must not match it."""
    own = meeting(item("1", paper("x", group)))
    people = (member("Anna", group), member("Bob"))
    names = [edition_for(one, own).name for one in people]
    assert names[1] == "leden"
    assert names[0].casefold() not in ("leden", "openbaar", "aankondiging")
    made = editions(own, people, public=True)
    assert len({one.name.casefold() for one in made}) == 3


# --- who may not see a paper finds no trace ----------------------------------------------


def traces(found: BundlePlan) -> set[str]:
    words = ("open1", "open4", "slot4", "omr4", "pmr4", "slot5", "pmr6", "Ontslagzaak")
    return {word for word in words if word in repr(found)}


@pytest.mark.parametrize(
    ("edition", "visible"),
    [
        (MEMBERS, {"open1", "open4", "slot4", "slot5", "Ontslagzaak"}),
        (PMR, {"open1", "open4", "slot4", "pmr4", "slot5", "pmr6", "Ontslagzaak"}),
        (edition_of(("OMR",)), {"open1", "open4", "slot4", "omr4", "slot5", "Ontslagzaak"}),
        (PUBLIC, {"open1", "open4"}),
    ],
)
def test_an_edition_holds_no_trace_of_what_its_readers_may_not_see(
    edition: Edition, visible: set[str]
) -> None:
    """Titles, places, digests and open problems alike (D27)."""
    assert traces(plan(SECRET, edition)) == visible


@pytest.mark.parametrize("edition", [MEMBERS, PMR, PUBLIC, edition_of(("OMR",)), edition_of(("OMR", "PMR"))])
def test_numbers_of_what_a_reader_sees_have_no_gaps(edition: Edition) -> None:
    """A gap would tell that there is something between."""
    found = plan(SECRET, edition)
    for number in {one.item for one in found.papers}:
        own = [one.number for one in found.papers if one.item == number]
        assert own == [f"{number}.{position}" for position in range(1, len(own) + 1)]


def test_without_the_paper_the_edition_is_the_same_as_when_it_never_lay_there() -> None:
    bare = meeting(item("1", paper("a")), item("4", paper("b")))
    with_secret = meeting(item("1", paper("a")), item("4", paper("b"), paper("geheim", "PMR")))
    assert plan(with_secret) == plan(bare)


def test_the_public_edition_leaves_out_closed_items_and_closed_papers() -> None:
    seen = seen_by(SECRET, PUBLIC)
    assert [one.number for one in seen.items] == ["1", "4", "6"]
    assert [one.title for one in seen.items[1].papers] == ["Titel open4"]


def test_a_closed_paper_of_a_group_needs_both_rights() -> None:
    both = meeting(item("1", paper("x", "PMR", closed=True)))
    assert plan(both, PMR).papers
    assert not plan(both, MEMBERS).papers
    assert not plan(both, Edition(name="y", groups=("PMR",), closed=False)).papers


# --- numbers ---------------------------------------------------------------------------


def test_papers_are_counted_under_their_item() -> None:
    numbers = paper_numbers(item("4", *(paper(str(n)) for n in range(10))))
    assert (numbers[0], numbers[8], numbers[9]) == ("4.1", "4.9", "4.10")


def test_a_paper_never_has_the_number_of_an_inserted_item() -> None:
    """``12a`` is the item after 12; the first paper of 12 is something else."""
    twelve, inserted = item("12", paper("a"), paper("b")), item("12a", paper("c"))
    numbers = (*paper_numbers(twelve), *paper_numbers(inserted))
    assert numbers == ("12.1", "12.2", "12a.1")
    assert not {"12", "12a"} & set(numbers)
    assert paper_numbers(item("4")) == ()


@given(st.integers(0, 800))
def test_numbers_under_one_item_are_all_different(count: int) -> None:
    numbers = paper_numbers(item("4", *(paper(str(n)) for n in range(count))))
    assert len(set(numbers)) == len(numbers) == count


def test_papers_stand_in_the_plan_in_order_with_what_they_are() -> None:
    found = plan(SECRET, PMR)
    assert [(one.item, one.number, one.title) for one in found.papers] == [
        ("1", "1.1", "Titel open1"),
        ("4", "4.1", "Titel open4"),
        ("4", "4.2", "Titel slot4"),
        ("4", "4.3", "Titel pmr4"),
        ("5", "5.1", "Titel slot5"),
        ("6", "6.1", "Titel pmr6"),
    ]
    assert (found.papers[0].source, found.papers[0].sha256) == ("map/open1.pdf", "sha of open1")
    assert found.file_name == "2026-12-08 Overlegvergadering - PMR.pdf"


# --- the manifest ----------------------------------------------------------------------

BASE = meeting(item("1", paper("a"), paper("b")), item("2", paper("c")))


def with_item(**changes: object) -> Meeting:
    return replace(BASE, items=(replace(BASE.items[0], **changes), BASE.items[1]))  # type: ignore[arg-type]


def with_paper(**changes: object) -> Meeting:
    first = replace(BASE.items[0].papers[0], **changes)  # type: ignore[arg-type]
    return with_item(papers=(first, BASE.items[0].papers[1]))


BINDING: dict[str, Callable[[], BundlePlan]] = {
    "bytes of a paper": lambda: plan(with_paper(sha256="other")),
    "title of a paper": lambda: plan(with_paper(title="Anders")),
    "tafelstuk": lambda: plan(with_paper(late=True)),
    "order of papers": lambda: plan(with_item(papers=BASE.items[0].papers[::-1])),
    "a paper less": lambda: plan(with_item(papers=BASE.items[0].papers[:1])),
    "order of items": lambda: plan(replace(BASE, items=BASE.items[::-1])),
    "number of an item": lambda: plan(with_item(number="3")),
    "title of an item": lambda: plan(with_item(title="Anders")),
    "aim": lambda: plan(with_item(aim="instemming")),
    "minutes": lambda: plan(with_item(minutes=5)),
    "presenter": lambda: plan(with_item(presenter="B. Bos")),
    "time": lambda: plan(with_item(starts="19.45")),
    "closed": lambda: plan(with_item(closed=True)),
    "deadline": lambda: plan(with_item(deadline=date(2027, 1, 8))),
    "folder": lambda: plan(replace(BASE, folder="2026-12-09 Overlegvergadering")),
    "kind of meeting": lambda: plan(replace(BASE, date=replace(BASE.date, kind="Extra"))),
    "start": lambda: plan(replace(BASE, date=replace(BASE.date, starts="20.00"))),
    "end": lambda: plan(replace(BASE, date=replace(BASE.date, ends="22.00"))),
    "place": lambda: plan(replace(BASE, date=replace(BASE.date, place="Aula"))),
    "template": lambda: plan(BASE, prints=("q",)),
    "a template more": lambda: plan(BASE, prints=("p", "p")),
    "member list": lambda: plan(BASE, members="n"),
    "edition": lambda: plan(BASE, PMR),
    "public edition": lambda: plan(BASE, PUBLIC),
}


def test_every_binding_change_gives_another_manifest() -> None:
    """Each differs from the unchanged one, and they all differ from each other."""
    manifests = {name: made().manifest for name, made in BINDING.items()} | {"unchanged": plan(BASE).manifest}
    assert len(set(manifests.values())) == len(BINDING) + 1


def test_the_reserve_that_is_printed_beside_a_paper_is_bound() -> None:
    assert plan(with_paper(audience="PMR"), PMR).manifest != plan(BASE, PMR).manifest


@pytest.mark.parametrize(
    "same",
    [
        replace(BASE),
        replace(BASE, problems=("De map 'x' heeft geen nummer.",)),
        with_paper(path="elders/a.pdf"),
        replace(
            BASE,
            items=(
                *BASE.items[:1],
                replace(BASE.items[1], papers=(*BASE.items[1].papers, paper("z", "PMR"))),
            ),
        ),
    ],
)
def test_what_no_reader_of_the_edition_sees_changes_no_manifest(same: Meeting) -> None:
    """Not an open problem, not the place of a file, not a paper that only others get."""
    assert plan(same).manifest == plan(BASE).manifest


# --- the member list -------------------------------------------------------------------

ANNA = member("Anna", "PMR")


@pytest.mark.parametrize(
    "changed",
    [
        replace(ANNA, name="Anne"),
        replace(ANNA, email="anders@x.example"),
        replace(ANNA, delivery="papier"),
        replace(ANNA, committees=()),
        replace(ANNA, committees=("PMR", "OMR")),
        replace(ANNA, member_from=date(2026, 8, 1)),
        replace(ANNA, member_until=date(2026, 8, 1)),
    ],
)
def test_who_gets_what_is_bound(changed: Member) -> None:
    assert members_fingerprint((changed,)) != members_fingerprint((ANNA,))


def test_order_of_rows_and_what_decides_nothing_is_not_bound() -> None:
    bob = member("Bob", "PMR", "OMR")
    swapped = replace(bob, committees=("OMR", "PMR"), school="Noord", function="lid")
    assert members_fingerprint((ANNA, bob)) == members_fingerprint((swapped, ANNA))
    assert members_fingerprint((ANNA, bob)) != members_fingerprint((ANNA,))

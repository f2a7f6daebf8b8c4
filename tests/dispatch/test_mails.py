"""What the mails say: polite, complete for the secretary, and without a trace of papers in the subject."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline import contexts
from pipeline.bundle.plan import edition_of, plan_bundle
from pipeline.dispatch import mails
from pipeline.edges import shipped
from pipeline.edges.templates import Templates
from pipeline.values import (
    Address,
    AgendaItem,
    BuiltBundle,
    Council,
    Dispatch,
    DispatchState,
    ItemPaper,
    Loss,
    Meeting,
    MeetingDate,
    Member,
    Placeholder,
    Sending,
    SendingState,
    SendPurpose,
)

COUNCIL = Council(
    name="CMR Veenrijk College", short="CMR", organ="cmr", regime="wms-vo", region="noord",
    board="Stichting Veenrijk", mailbox=Address(email="cmr@veenrijk.example"),
    secretary=Address(email="secretaris@veenrijk.example", name="Sanne Bos"),
    chair=Address(email="v@veenrijk.example", name="Vera Jansen"), own_addresses=(), relations=(),
    groups=("PMR",), pause_minutes=10, fixed_items=(), closing_items=(), papers_days_before=7,
    public_edition=False,
)  # fmt: skip
MEETING = Meeting(
    folder="2026-12-08 Overlegvergadering",
    date=MeetingDate(
        day=date(2026, 12, 8), kind="Overlegvergadering", starts="19.30", ends="21.30", place="Aula"
    ),
    items=(
        AgendaItem(number="1", title="Opening"),
        AgendaItem(
            number="4",
            title="Reorganisatie",
            aim="advies",
            papers=(ItemPaper(path="04/plan.pdf", sha256="s", title="Ontslagplan", audience="PMR"),),
        ),
    ),
    problems=(),
)
BUNDLE = BuiltBundle(
    plan=plan_bundle(MEETING, edition_of(("PMR",)), prints=(), members=""),
    path="/x", sha256="s", pages=9, papers=(),
    placeholders=(Placeholder(number="4.1", source="04/plan.pdf", reason="Het bestand is versleuteld."),),
    losses=(Loss(number="4.2", what="bijlagen in de pdf", count=2),), without_office=("4.3", "5.1"),
    seconds=1,
)  # fmt: skip
CLEAN = replace(BUNDLE, placeholders=(), losses=(), without_office=())
SENDING = Sending(
    id="s1", meeting=MEETING.folder, purpose=SendPurpose.LEDEN, edition="PMR", concept="s", manifest="m",
    place="Versturen/Bundel - concept 2.pdf", notice="", due=datetime(2026, 11, 21, 19, 45, tzinfo=UTC),
    state=SendingState.AANGEKONDIGD,
)  # fmt: skip
NO_DAY = replace(MEETING, date=MeetingDate(day=None, kind="Heidag"))

WORDS = mails.Words(contents="c", edition="e")


def member(name: str, salutation: str) -> Member:
    return Member(
        name=name, salutation=salutation, email="x@veenrijk.example", geleding="", school="", function="",
        committees=(), member_from=None, member_until=None, delivery="mail", substitute="",
    )  # fmt: skip


def one(name: str, state: DispatchState, to: str = "", reason: str = "") -> Dispatch:
    return Dispatch(
        id=name, member=name, to=to, edition="PMR", file="f", sha256="s", state=state, reason=reason
    )


# --- small parts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 21, 19, 45, tzinfo=UTC), "20.45"),
        (datetime(2026, 7, 1, 22, 5, tzinfo=UTC), "0.05"),
    ],
)
def test_the_time_is_that_of_amsterdam(moment: datetime, text: str) -> None:
    assert mails.clock(moment) == text


@pytest.mark.parametrize(
    ("name", "title", "text"),
    [
        ("Jan Jansen", "de heer", "Geachte heer Jansen"),
        ("Jan van der Berg", "De heer ", "Geachte heer Van der Berg"),
        ("J. P. van der Berg", "de heer", "Geachte heer Van der Berg"),
        ("drs. A.M. de Wit", "mevrouw", "Geachte mevrouw De Wit"),
        ("A. (Anna) Bakker", "mw.", "Geachte mevrouw Bakker"),
        ("Van der Berg", "dhr.", "Geachte heer Van der Berg"),
        ("Piet 't Hart", "de heer", "Geachte heer 't Hart"),
        ("Jansen", "mevrouw", "Geachte mevrouw Jansen"),
        ("Fatima El Idrissi", "mevrouw", "Geachte mevrouw El Idrissi"),
        ("A.", "mevrouw", "Geachte mevrouw A."),
        ("Robin de Wit", "", "Geachte Robin de Wit"),
        ("Robin de Wit", "dag", "Geachte Robin de Wit"),
    ],
)
def test_salutations(name: str, title: str, text: str) -> None:
    """After a title the first prefix of a surname gets a capital; ``'t`` never does."""
    assert mails.salutation(name, member(name, title)) == text


def test_somebody_who_is_no_member_is_greeted_by_full_name() -> None:
    """The mails say ``u``; a first name would not go with that."""
    assert mails.salutation("Sanne Bos", None) == "Geachte Sanne Bos"


def test_a_subject_says_which_meeting_and_nothing_of_its_contents() -> None:
    text = mails.subject(COUNCIL, MEETING, "Vergaderstukken")
    assert text == "Vergaderstukken CMR, overlegvergadering dinsdag 8 december 2026"
    assert mails.subject(COUNCIL, NO_DAY, "Vergaderstukken") == "Vergaderstukken CMR, heidag"
    own = replace(MEETING, date=replace(MEETING.date, kind="PMR-overleg", day=None))
    assert mails.subject(COUNCIL, own, "Vergaderstukken") == "Vergaderstukken CMR, PMR-overleg"


def subjects() -> list[str]:
    person = member("Jan Jansen", "")
    return [
        mails.member_mail(COUNCIL, BUNDLE, person, WORDS, secrecy="v").onderwerp,
        mails.trial(COUNCIL, BUNDLE, "Sanne Bos", mails.Words(contents="c", edition="e")).onderwerp,
        announced().onderwerp,
    ]


def test_no_subject_names_an_item_a_paper_or_an_edition() -> None:
    """A subject shows on locked screens and in logs of mail servers."""
    for text in subjects():
        assert not [word for word in ("Reorganisatie", "Ontslagplan", "PMR", "4.1") if word in text]
    assert len(set(subjects())) == 3


# --- the mail to a member ----------------------------------------------------------------


def test_the_mail_to_a_member() -> None:
    made = mails.member_mail(
        COUNCIL,
        CLEAN,
        member("Jan Jansen", "de heer"),
        mails.Words(contents="1 stuk", edition="Editie PMR"),
        secrecy="Geheim.",
    )
    assert (made.aanhef, made.inhoud, made.editie, made.vertrouwelijk) == (
        "Geachte heer Jansen",
        "1 stuk",
        "Editie PMR",
        "Geheim.",
    )
    assert (made.soort_vergadering, made.datum, made.tijd, made.plaats) == (
        "de overlegvergadering",
        "dinsdag 8 december 2026",
        "19.30 tot 21.30 uur",
        "Aula",
    )
    assert [(line.nummer, line.titel, line.doel) for line in made.punten] == [
        ("1", "Opening", ""),
        ("4", "Reorganisatie", "advies"),
    ]
    assert (made.antwoordadres, made.bestand, made.let_op) == (
        "secretaris@veenrijk.example",
        CLEAN.plan.file_name,
        (),
    )


@pytest.mark.parametrize(
    ("starts", "ends", "text"), [("19.30", "", "19.30 uur"), ("", "", ""), ("", "21.30", "")]
)
def test_times_in_the_mail(starts: str, ends: str, text: str) -> None:
    moment = replace(MEETING.date, starts=starts, ends=ends)
    plan = replace(BUNDLE.plan, meeting=replace(MEETING, date=moment))
    made = mails.member_mail(COUNCIL, replace(BUNDLE, plan=plan), member("J", ""), WORDS, secrecy="")
    assert made.tijd == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("PMR-overleg", "het PMR-overleg"),
        ("Overleg", "het overleg"),
        ("De raad", "de raad"),
        ("Het overleg", "het overleg"),
        ("Overleg met het CvB", "het overleg met het CvB"),
        ("Vergadering", "de vergadering"),
    ],
)
def test_a_kind_of_meeting_gets_its_article(kind: str, text: str) -> None:
    plan = replace(BUNDLE.plan, meeting=replace(MEETING, date=replace(MEETING.date, kind=kind)))
    made = mails.trial(COUNCIL, replace(BUNDLE, plan=plan), "S", WORDS)
    assert made.soort_vergadering == text


def test_a_missing_paper_is_told_to_members_by_number_only() -> None:
    made = mails.member_mail(COUNCIL, BUNDLE, member("J", ""), WORDS, secrecy="")
    (told,) = made.let_op
    assert "4.1" in told
    assert "versleuteld" not in told


# --- what the secretary is told ----------------------------------------------------------


def test_warnings_name_every_placeholder_loss_and_page_made_without_libreoffice() -> None:
    told = mails.warnings(BUNDLE)
    assert len(told) == 3
    assert "4.1" in told[0]
    assert "versleuteld" in told[0]
    assert "de stukken 4.3 en 5.1" in told[1]
    assert told[2] == "Niet meegegaan uit stuk 4.2: bijlagen in de pdf."
    assert mails.warnings(CLEAN) == ()


def test_a_paper_that_came_behind_a_password_is_named_with_what_can_be_done() -> None:
    (told,) = mails.warnings(replace(CLEAN, unlocked=("4a",)))
    assert "Stuk 4a" in told
    assert "wachtwoord" in told
    assert "haal het dan uit de map" in told


def test_the_same_loss_in_many_papers_is_told_once_with_their_number() -> None:
    """Twenty lines about reading order would hide the one about a missing paper."""
    losses = tuple(Loss(number=f"3{letter}", what="bijlagen in de pdf", count=2) for letter in "abcdefghi")
    assert mails.warnings(replace(CLEAN, losses=losses)) == (
        "Niet meegegaan uit 9 stukken: bijlagen in de pdf.",
    )


@pytest.mark.parametrize(("count", "named"), [(1, True), (8, True), (9, False)])
def test_more_than_eight_papers_are_counted_not_named(count: int, *, named: bool) -> None:
    (told,) = mails.warnings(replace(CLEAN, without_office=tuple(f"{n}a" for n in range(count))))
    assert ("0a" in told) is named
    assert (f"{count} stukken" in told) is not named


EVERYBODY = (
    one("Anna Bos", DispatchState.GEPLAND, "anna@veenrijk.example"),
    one("Bob Vos", DispatchState.GEPLAND, "bob@veenrijk.example"),
    one("Cas Mol", DispatchState.AFDRUK, reason="krijgt de stukken op papier"),
    one("Dre Kok", DispatchState.AANGEHOUDEN, reason="In leden.xlsx staat geen e-mailadres; vul het in."),
    one("Eva Pos", DispatchState.MOGELIJK_VERZONDEN, "eva@veenrijk.example", "mogelijk al verzonden"),
)


def announced(
    dispatches: tuple[Dispatch, ...] = EVERYBODY, bundle: BuiltBundle = BUNDLE, council: Council = COUNCIL
) -> contexts.AnnouncementMailContext:
    return mails.announcement(
        council,
        bundle,
        SENDING,
        dispatches,
        contents="2 agendapunten, 1 stuk, 9 bladzijden",
        edition="Editie PMR",
    )


def test_the_announcement_says_what_leaves_when() -> None:
    made = announced()
    assert made.tijdstip == "op zaterdag 21 november 2026 om 20.45 uur"
    assert (made.bestand, made.aanhef) == ("Bundel - concept 2.pdf", "Geachte Sanne Bos")
    assert (made.editie, made.inhoud) == ("Editie PMR", "2 agendapunten, 1 stuk, 9 bladzijden")
    assert made.waarschuwingen == mails.warnings(BUNDLE)


def test_without_a_pause_nobody_is_asked_to_be_in_time() -> None:
    made = announced(council=replace(COUNCIL, pause_minutes=0))
    assert (announced().bedenktijd, made.bedenktijd, made.tijdstip) == (True, False, "direct")
    for text in Templates(shipped.templates_folder()).render_mail("mail_aankondiging", made):
        assert "direct verzonden" in text
        assert "geen bedenktijd" in text
        assert not [words for words in ("vóór dat tijdstip", "terug naar") if words in text]


def test_the_announcement_sorts_everybody_by_what_happens_to_them() -> None:
    made = announced()
    assert [(line.naam, line.opmerking) for line in made.ontvangers] == [
        ("Anna Bos", ""),
        ("Bob Vos", ""),
    ]
    assert made.papier == ("Cas Mol",)
    assert [line.naam for line in made.vastgehouden] == ["Dre Kok", "Eva Pos"]


def test_the_note_beside_the_concept_lists_everybody_with_address_and_reason() -> None:
    note = mails.announcement_note(announced())
    assert all(dispatch.member in note for dispatch in EVERYBODY)
    for line in (
        "Bundel - concept 2.pdf wordt op zaterdag 21 november 2026 om 20.45 uur verzonden.",
        "Per mail (2):",
        "- Anna Bos <anna@veenrijk.example>",
        "- Bob Vos <bob@veenrijk.example>",
        "Op papier (1):",
        "- Cas Mol",
        "Nog niet (2):",
        "- Dre Kok (In leden.xlsx staat geen e-mailadres; vul het in.)",
        "- Eva Pos <eva@veenrijk.example> (mogelijk al verzonden)",
        *(f"Let op: {warning}" for warning in mails.warnings(BUNDLE)),
    ):
        assert line in note.split("\r\n")
    assert "terug naar de map 'Bundel'" in note


def test_the_note_has_no_headings_without_people() -> None:
    note = mails.announcement_note(announced(EVERYBODY[:1], CLEAN))
    assert not [heading for heading in ("Op papier", "Nog niet", "Let op") if heading in note]


def test_the_note_says_so_when_nobody_gets_a_mail() -> None:
    note = mails.announcement_note(announced(EVERYBODY[2:3]))
    assert "niemand" in note
    assert "Per mail (" not in note


def test_without_a_day_nothing_says_a_wrong_one() -> None:
    bundle = replace(BUNDLE, plan=replace(BUNDLE.plan, meeting=NO_DAY))
    assert announced(bundle=bundle).datum == ""
    assert mails.trial(COUNCIL, bundle, "S", WORDS).datum == ""
    assert mails.address_sheet(COUNCIL, NO_DAY, ()).datum == ""
    made = mails.member_mail(COUNCIL, bundle, member("J", ""), WORDS, secrecy="")
    assert made.datum == ""


def test_a_concept_for_one_person_carries_the_warnings() -> None:
    made = mails.trial(COUNCIL, BUNDLE, "Vera Jansen", mails.Words(contents="c", edition="e"))
    assert (made.aanhef, made.bestand) == ("Geachte Vera Jansen", BUNDLE.plan.file_name)
    assert made.waarschuwingen == mails.warnings(BUNDLE)


def test_address_sheets_carry_the_members_who_get_paper() -> None:
    line = contexts.AddressLine(naam="Cas Mol", editie="Editie PMR", inhoud="9 bladzijden", regels=("Noord",))
    made = mails.address_sheet(COUNCIL, MEETING, (line,))
    assert (made.leden, made.datum) == ((line,), "dinsdag 8 december 2026")

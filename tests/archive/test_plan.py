"""Where the papers of one arrival go: one dossier, two, an existing one, or ``Te beoordelen/``."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.archive.plan import (
    FilingPlan,
    Judged,
    held_again,
    plan_decision,
    plan_filing,
)
from pipeline.archive.settling import settled
from pipeline.values import (
    Classified,
    DateCandidate,
    Disposition,
    Document,
    Dossier,
    Facts,
    Held,
    HeldPaper,
    Judgement,
    Kind,
    Origin,
    Part,
    PartVerdict,
    Reading,
    Received,
    ReceivedBasis,
    Right,
    StartsProcedure,
)

LABELS = {kind: kind.value.replace("_", " ").capitalize() for kind in Kind}
TODAY = date(2026, 11, 21)
RECEIVED = Received(
    at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    basis=ReceivedBasis.RECEIVED_HEADER,
    confirmed=True,
    candidates=(DateCandidate(day=date(2026, 11, 20), source="mail"),),
)
EXISTING = Dossier(
    number="2026-0004",
    title="Formatieplan",
    kind=Kind.INSTEMMINGSVERZOEK,
    opened_on=date(2026, 3, 2),
    folder="2026-0004 Instemmingsverzoek Formatieplan",
    year_folder="2025-2026",
)


def judgement(kind: Kind) -> Judgement:
    starts = (
        StartsProcedure.JA if kind in (Kind.ADVIESAANVRAAG, Kind.INSTEMMINGSVERZOEK) else StartsProcedure.NEE
    )
    return Judgement(kind=kind, confidence=0.9, evidence=(), likeliest=(kind,), starts_procedure=starts)


def paper(number: str, kind: Kind | None, *, name: str = "", sure: bool = True, subject: str = "") -> Judged:
    """A part of a mail; without a kind nothing could be judged."""
    guess = judgement(kind) if kind else None
    return Judged(
        origin=Origin(arrival="mail-1", part=number, name=name),
        document=Document(
            part=Part(
                number=number,
                name=name,
                content_type="application/pdf" if name else "text/plain",
                disposition=Disposition.ATTACHMENT if name else Disposition.BODY,
                content_id="",
                sha256=f"{number:0>64}",
                size_bytes=1,
            ),
            verdict=PartVerdict.PAPER if kind else PartVerdict.UNREADABLE,
            reason="",
            facts=Facts(subject=subject),
        ),
        verdict=Classified(judgement=guess)
        if guess and sure
        else Held(judgement=guess, reasons=("Onzeker.",)),
        received=RECEIVED,
    )


REQUEST = paper("1", Kind.INSTEMMINGSVERZOEK, name="Vakantierooster.pdf")
OTHER_REQUEST = paper("2", Kind.ADVIESAANVRAAG, name="Fusie.pdf")
MAYBE_REQUEST = paper("1", Kind.ADVIESAANVRAAG, name="Fusie.pdf", sure=False)
ANNEX = paper("3", Kind.BEGROTING_FINANCIEEL, name="Begroting.xlsx")
UNSURE_ANNEX = paper("4", Kind.OVERIG, name="Toelichting.docx", sure=False)
UNREADABLE = paper("5", None, name="stuk.exe")


def file_away(
    *judged: Judged,
    into: Dossier | None = None,
    used_numbers: int = 0,
    last_serial: int = 16,
    taken: frozenset[str] = frozenset(),
    today: date = TODAY,
) -> FilingPlan:
    return plan_filing(
        judged,
        labels=LABELS,
        today=today,
        last_serial=last_serial,
        into=into,
        used_numbers=used_numbers,
        taken=taken,
    )


def kenmerken(plan: FilingPlan) -> list[tuple[str, str]]:
    return [(one.origin.part, one.kenmerk) for one in plan.filed]


# --- one mail --------------------------------------------------------------------------


def test_one_request_with_annexes_is_one_dossier_numbered_in_order() -> None:
    plan = file_away(REQUEST, ANNEX, UNSURE_ANNEX)
    assert [one.number for one in plan.dossiers] == ["2026-0017"]
    assert kenmerken(plan) == [("1", "2026-0017-01"), ("3", "2026-0017-02"), ("4", "2026-0017-03")]
    assert plan.held == ()


def test_the_request_is_number_one_also_when_its_annex_comes_first_in_the_mail() -> None:
    assert kenmerken(file_away(ANNEX, REQUEST)) == [("1", "2026-0017-01"), ("3", "2026-0017-02")]


def test_the_dossier_is_opened_today_in_the_folder_of_its_school_year() -> None:
    (dossier,) = file_away(REQUEST).dossiers
    assert (dossier.opened_on, dossier.year_folder, dossier.kind) == (
        TODAY,
        "2026-2027",
        Kind.INSTEMMINGSVERZOEK,
    )
    assert dossier.folder == "2026-0017 Instemmingsverzoek Vakantierooster"
    (earlier,) = file_away(REQUEST, today=date(2026, 7, 31)).dossiers
    assert earlier.year_folder == "2025-2026"


def test_a_folder_does_not_say_its_kind_twice() -> None:
    (dossier,) = file_away(paper("1", Kind.INSTEMMINGSVERZOEK, subject="instemmingsverzoek rooster")).dossiers
    assert dossier.folder == "2026-0017 instemmingsverzoek rooster"


def test_a_filed_paper_carries_all_that_was_known_of_it() -> None:
    (filed,) = file_away(REQUEST).filed
    assert (
        filed.path
        == f"2026-2027/2026-0017 Instemmingsverzoek Vakantierooster/{filed.kenmerk} Vakantierooster.pdf"
    )
    assert (filed.sha256, filed.received, filed.origin) == (
        REQUEST.document.part.sha256,
        RECEIVED,
        REQUEST.origin,
    )
    assert filed.judgement == REQUEST.verdict.judgement


def test_the_date_of_the_letter_stands_in_the_name() -> None:
    dated = replace(REQUEST, document=replace(REQUEST.document, facts=Facts(document_date=date(2026, 11, 3))))
    assert file_away(dated).filed[0].path.endswith("/2026-0017-01 Vakantierooster 2026-11-03.pdf")


def test_a_scanners_name_gives_way_to_the_name_of_the_kind() -> None:
    plan = file_away(paper("1", Kind.NOTULEN, name="Scan_0012.pdf"))
    assert plan.dossiers[0].title == plan.filed[0].title == "Notulen"


def test_the_documents_own_title_is_used() -> None:
    scan = paper("1", Kind.NOTULEN, name="Scan_0012.pdf")
    read = replace(
        scan, document=replace(scan.document, reading=Reading(text="", title="Verslag 3 november"))
    )
    assert file_away(read).filed[0].title == "Verslag 3 november"


@pytest.mark.parametrize(
    ("content_type", "name", "ending"),
    [
        ("text/html", "", ".html"),
        ("text/plain", "", ".txt"),
        ("text/plain", "zonder-extensie", ".txt"),
        ("application/octet-stream", "raadsel", ".bin"),
    ],
)
def test_every_filed_paper_has_an_extension(content_type: str, name: str, ending: str) -> None:
    plain = paper("1", Kind.NOTULEN, name=name)
    part = replace(plain.document.part, content_type=content_type)
    filed = file_away(replace(plain, document=replace(plain.document, part=part))).filed[0]
    assert filed.path.endswith(ending)


def test_a_sure_paper_that_is_no_request_opens_a_dossier_as_well() -> None:
    plan = file_away(ANNEX, UNSURE_ANNEX)
    assert plan.dossiers[0].kind is Kind.BEGROTING_FINANCIEEL
    assert kenmerken(plan) == [("3", "2026-0017-01"), ("4", "2026-0017-02")]


def test_what_cannot_be_read_is_held_beside_a_request() -> None:
    plan = file_away(REQUEST, UNREADABLE)
    assert kenmerken(plan) == [("1", "2026-0017-01")]
    assert [(one.place, one.follows, one.verdict.reasons) for one in plan.held] == [
        ("stuk.exe", "", ("Onzeker.",))
    ]


def test_a_paper_that_cannot_be_judged_is_never_filed_along() -> None:
    silent = replace(UNSURE_ANNEX, verdict=Held(judgement=None, reasons=("Geen tekst.",)))
    assert [one.origin.part for one in file_away(REQUEST, silent).held] == ["4"]


def test_a_guess_about_an_annex_is_not_put_down_as_what_it_is() -> None:
    guess = paper("4", Kind.BELEIDSSTUK, name="Rooster.docx", sure=False)
    (annex,) = (one for one in file_away(REQUEST, guess).filed if one.origin.part == "4")
    assert (annex.kind, annex.judgement.confidence) == (Kind.OVERIG, 0.0)
    assert annex.judgement.likeliest == (Kind.OVERIG, Kind.BELEIDSSTUK)


@pytest.mark.parametrize("kind", [Kind.BESLUIT_NA_ADVIES, Kind.REACTIE_INITIATIEF, Kind.ADVIESAANVRAAG])
def test_what_may_begin_or_end_a_term_is_held_and_follows_nothing_unseen(kind: Kind) -> None:
    maybe = paper("4", kind, name="Besluit.pdf", sure=False)
    plan = file_away(REQUEST, maybe)
    assert kenmerken(plan) == [("1", "2026-0017-01")]
    assert [one.origin.part for one in plan.held] == ["4"]


@pytest.mark.parametrize("kind", [Kind.BESLUIT_NA_ADVIES, Kind.REACTIE_INITIATIEF])
@pytest.mark.parametrize("request_", [REQUEST, MAYBE_REQUEST])
def test_a_sure_decision_or_reaction_is_no_annex_of_a_request(request_: Judged, kind: Kind) -> None:
    """It is about another matter, where it begins or ends a term."""
    decision = paper("4", kind, name="Besluit.pdf")
    plan = file_away(request_, decision)
    held = {one.origin.part: one for one in plan.held}
    assert "4" not in [one.origin.part for one in plan.filed]
    assert held["4"].follows == ""
    assert "kan zelf bij een andere zaak een termijn beginnen" in held["4"].verdict.reasons[0]


def test_a_sure_decision_by_itself_is_filed() -> None:
    assert kenmerken(file_away(paper("4", Kind.BESLUIT_NA_ADVIES, name="Besluit.pdf"))) == [
        ("4", "2026-0017-01")
    ]


def test_nothing_in_nothing_out() -> None:
    assert file_away() == FilingPlan(dossiers=(), filed=(), held=())


# --- two requests, or one that is still to be decided ------------------------------------


def test_two_requests_are_two_dossiers_and_the_rest_is_held() -> None:
    plan = file_away(REQUEST, OTHER_REQUEST, ANNEX)
    assert kenmerken(plan) == [("1", "2026-0017-01"), ("2", "2026-0018-01")]
    assert [one.number for one in plan.dossiers] == ["2026-0017", "2026-0018"]
    (held,) = plan.held
    assert held.origin == ANNEX.origin
    assert "meer dan één verzoek" in held.verdict.reasons[0]
    assert held.follows == ""


def test_a_held_request_holds_its_annexes_which_follow_it() -> None:
    plan = file_away(MAYBE_REQUEST, ANNEX, UNSURE_ANNEX, UNREADABLE)
    assert (plan.dossiers, plan.filed) == ((), ())
    assert [(one.origin.part, one.follows) for one in plan.held] == [
        ("1", ""),
        ("3", "mail-1#1"),
        ("4", "mail-1#1"),
        ("5", ""),
    ]
    assert "'Fusie.pdf'" in plan.held[1].verdict.reasons[0]
    assert plan.held[2].verdict.reasons[1:] == ("Onzeker.",)


def test_a_held_body_is_named_in_what_waits_for_it() -> None:
    held = file_away(paper("1", Kind.ADVIESAANVRAAG, sure=False), ANNEX).held
    assert "'de tekst van de mail'" in held[1].verdict.reasons[0]


def test_a_second_request_that_is_unsure_is_held_and_takes_nothing_with_it() -> None:
    plan = file_away(REQUEST, replace(MAYBE_REQUEST, origin=OTHER_REQUEST.origin), ANNEX)
    assert kenmerken(plan) == [("1", "2026-0017-01"), ("3", "2026-0017-02")]
    assert [one.follows for one in plan.held] == [""]


# --- places in Te beoordelen -------------------------------------------------------------


def test_held_papers_never_share_a_place_also_when_only_case_differs() -> None:
    twice = (paper("1", None, name="stuk.pdf"), paper("2", None, name="STUK.pdf"))
    plan = file_away(*twice, taken=frozenset({"Stuk.PDF"}))
    assert [one.place for one in plan.held] == ["stuk (2).pdf", "STUK (3).pdf"]


@pytest.mark.parametrize("name", ["../../boven.pdf", "..\\boven.pdf", "/etc/boven.pdf", "C:\\boven.pdf"])
def test_a_name_from_outside_is_never_a_path(name: str) -> None:
    held = file_away(paper("1", None, name=name)).held[0].place
    filed = file_away(paper("1", Kind.NOTULEN, name=name)).filed[0].path
    assert "boven.pdf" in held
    assert not {"/", "\\", ":"} & set(held)
    assert filed.count("/") == 2
    assert not {"", ".", ".."} & set(filed.split("/"))


def test_a_held_body_gets_the_name_of_its_subject() -> None:
    held = file_away(paper("1", Kind.ADVIESAANVRAAG, sure=False, subject="Fusie met Noord")).held[0]
    assert held.place == "Fusie met Noord.txt"


# --- an existing dossier -----------------------------------------------------------------


def test_a_mail_that_names_a_kenmerk_goes_on_in_that_dossier() -> None:
    plan = file_away(ANNEX, UNSURE_ANNEX, into=EXISTING, used_numbers=3)
    assert plan.dossiers == ()
    assert kenmerken(plan) == [("3", "2026-0004-04"), ("4", "2026-0004-05")]
    assert plan.filed[0].path.startswith("2025-2026/2026-0004 Instemmingsverzoek Formatieplan/")


def test_a_request_that_names_a_running_matter_is_asked_about_and_starts_nothing() -> None:
    """A reminder with the kenmerk of its matter must not move the term of that matter."""
    plan = file_away(REQUEST, into=EXISTING, used_numbers=3)
    assert plan.filed == ()
    assert "Bij 2026-0004" in plan.held[0].verdict.reasons[0]


def test_a_paper_put_into_a_running_matter_by_a_person_starts_nothing() -> None:
    (request,) = file_away(MAYBE_REQUEST).held
    plan = decide(request, Kind.INSTEMMINGSVERZOEK, into=EXISTING, used_numbers=3)
    assert plan.filed[0].judgement.starts_procedure is StartsProcedure.NEE


@pytest.mark.parametrize("subject", ["VERTROUWELIJK: ontslag", "Strikt persoonlijk", "Besloten overleg"])
def test_a_paper_that_calls_itself_confidential_makes_its_dossier_so(subject: str) -> None:
    secret = replace(REQUEST, origin=replace(REQUEST.origin, mail_subject=subject))
    assert file_away(secret).dossiers[0].confidential
    assert not file_away(REQUEST).dossiers[0].confidential


@pytest.mark.parametrize("serial", [0, 9, 9999])
def test_serials_go_on_from_the_highest(serial: int) -> None:
    numbers = [one.number for one in file_away(REQUEST, OTHER_REQUEST, last_serial=serial).dossiers]
    assert numbers == [f"2026-{serial + 1:04d}", f"2026-{serial + 2:04d}"]


# --- what a person decides ---------------------------------------------------------------


def decide(
    held: HeldPaper, kind: Kind, *followers: HeldPaper, into: Dossier | None = None, used_numbers: int = 0
) -> FilingPlan:
    return plan_decision(
        held,
        kind,
        followers=followers,
        labels=LABELS,
        today=TODAY,
        last_serial=16,
        into=into,
        used_numbers=used_numbers,
    )


def test_a_decision_opens_a_dossier_and_takes_its_followers_along() -> None:
    request, *followers = file_away(MAYBE_REQUEST, ANNEX, UNSURE_ANNEX).held
    plan = decide(request, Kind.INSTEMMINGSVERZOEK, *followers)
    assert kenmerken(plan) == [("1", "2026-0017-01"), ("3", "2026-0017-02"), ("4", "2026-0017-03")]
    assert [one.kind for one in plan.filed] == [
        Kind.INSTEMMINGSVERZOEK,
        Kind.BEGROTING_FINANCIEEL,
        Kind.OVERIG,
    ]
    assert [one.kind for one in plan.dossiers] == [Kind.INSTEMMINGSVERZOEK]
    assert plan.held == ()


def follower_of(annex: Judged) -> HeldPaper:
    """Hold an annex behind a request that is to be decided."""
    request, follower = file_away(MAYBE_REQUEST, annex).held
    assert follower.follows == request.origin.paper
    return follower


def decided_with(*followers: HeldPaper) -> FilingPlan:
    (request,) = file_away(MAYBE_REQUEST).held
    return decide(request, Kind.ADVIESAANVRAAG, *followers)


def test_a_guess_about_an_annex_is_not_put_down_when_its_request_was_decided_either() -> None:
    guess = paper("4", Kind.BELEIDSSTUK, name="Rooster.docx", sure=False)
    rights = (Right(id="WMS-11-n", right="advies", geleding="hele raad"),)
    assert guess.verdict.judgement is not None
    told = Held(judgement=replace(guess.verdict.judgement, rights=rights), reasons=("Onzeker.",))
    annex = decided_with(follower_of(replace(guess, verdict=told))).filed[1]
    assert (annex.kind, annex.judgement.kind, annex.judgement.confidence) == (Kind.OVERIG, Kind.OVERIG, 0.0)
    assert (annex.judgement.likeliest, annex.judgement.rights) == ((Kind.OVERIG, Kind.BELEIDSSTUK), ())


def test_an_annex_that_was_sure_is_put_down_as_what_it_was_judged_to_be() -> None:
    annex = decided_with(follower_of(ANNEX)).filed[1]
    assert (annex.kind, annex.judgement) == (Kind.BEGROTING_FINANCIEEL, ANNEX.verdict.judgement)


def test_an_annex_that_is_a_request_somebody_must_still_answer_for_starts_nothing() -> None:
    """It was sure what it is, not that it starts anything; a decision about another paper says no more."""
    copy = replace(
        OTHER_REQUEST,
        verdict=Classified(
            judgement=replace(judgement(Kind.ADVIESAANVRAAG), starts_procedure=StartsProcedure.NEE)
        ),
    )
    annex = decided_with(follower_of(copy)).filed[1]
    assert annex.judgement.starts_procedure is StartsProcedure.NEE


@pytest.mark.parametrize("kind", [Kind.BESLUIT_NA_ADVIES, Kind.REACTIE_INITIATIEF, Kind.ADVIESAANVRAAG])
def test_what_may_begin_or_end_a_term_stays_held_when_the_paper_it_followed_was_decided(kind: Kind) -> None:
    """As it was held by an earlier version, which let it follow."""
    annex = follower_of(UNSURE_ANNEX)
    maybe = replace(annex, verdict=replace(annex.verdict, judgement=judgement(kind)))
    plan = decided_with(maybe)
    assert kenmerken(plan) == [("1", "2026-0017-01")]
    (held,) = plan.held
    assert (held.origin, held.place, held.follows) == (maybe.origin, maybe.place, "")
    assert held.verdict.reasons == ("Onzeker.",)
    assert held.verdict.judgement == judgement(kind)


@pytest.mark.parametrize("kind", [Kind.BESLUIT_NA_ADVIES, Kind.REACTIE_INITIATIEF])
def test_also_a_sure_decision_or_reaction_stays_held_when_what_it_followed_was_decided(kind: Kind) -> None:
    annex = replace(follower_of(ANNEX), is_sure=True)
    sure = replace(annex, verdict=replace(annex.verdict, judgement=judgement(kind)))
    plan = decided_with(sure)
    assert kenmerken(plan) == [("1", "2026-0017-01")]
    assert [one.follows for one in plan.held] == [""]


def test_a_decision_is_certain_and_a_request_starts_its_procedure() -> None:
    (request,) = file_away(MAYBE_REQUEST).held
    filed = decide(request, Kind.ADVIESAANVRAAG).filed[0].judgement
    assert (filed.confidence, filed.starts_procedure) == (1.0, StartsProcedure.JA)
    assert decide(request, Kind.NOTULEN).filed[0].judgement.starts_procedure is StartsProcedure.NEE


def test_a_decision_keeps_bytes_and_day_of_receipt() -> None:
    (request,) = file_away(MAYBE_REQUEST).held
    filed = decide(request, Kind.NOTULEN).filed[0]
    assert (filed.sha256, filed.received, filed.path.rpartition(".")[2]) == (request.sha256, RECEIVED, "pdf")


def test_a_decision_for_an_existing_dossier_takes_the_next_numbers() -> None:
    request, follower = file_away(MAYBE_REQUEST, ANNEX).held
    plan = decide(request, Kind.BELEIDSSTUK, follower, into=EXISTING, used_numbers=9)
    assert plan.dossiers == ()
    assert [one.kenmerk for one in plan.filed] == ["2026-0004-10", "2026-0004-11"]


def test_what_could_not_be_judged_follows_as_overig_and_keeps_its_extension() -> None:
    request, other = file_away(MAYBE_REQUEST, UNREADABLE).held
    nameless = replace(other, origin=replace(other.origin, name=""))
    filed = decide(request, Kind.NOTULEN, nameless).filed[1]
    assert (filed.kind, filed.path.rpartition(".")[2]) == (Kind.OVERIG, "exe")


def test_the_rights_that_were_found_survive_a_decision() -> None:
    right = Right(id="WMS-11-n", right="advies", geleding="hele raad")
    guess = replace(judgement(Kind.OVERIG), rights=(right,), regime="wms-vo")
    assert (settled(guess, Kind.ADVIESAANVRAAG).rights, settled(guess, Kind.NOTULEN).regime) == (
        (right,),
        "wms-vo",
    )
    assert settled(None, Kind.NOTULEN).rights == ()


def test_a_filing_taken_back_is_held_with_its_number_in_the_reason() -> None:
    filed = file_away(REQUEST).filed[0]
    again = held_again(filed, frozenset({"vakantierooster.pdf"}))
    assert again.place == "Vakantierooster (2).pdf"
    assert filed.kenmerk in again.verdict.reasons[0]
    assert (again.sha256, again.received, again.verdict.judgement) == (
        filed.sha256,
        RECEIVED,
        filed.judgement,
    )


def test_a_mail_body_taken_back_is_named_after_its_title() -> None:
    filed = file_away(paper("1", Kind.NOTULEN, subject="Fusie: fase 2")).filed[0]
    assert held_again(filed, frozenset()).place == "Fusie fase 2.txt"

"""The daily mail and the alarm: Dutch that reads well, and no secrets."""

from dataclasses import replace
from datetime import date

import pytest
from procedures.telling import fresh, term_of, told

from pipeline.contexts import DigestMailContext
from pipeline.procedures.digest import DayNews, alarm, digest
from pipeline.procedures.guarding import Reminder
from pipeline.values import Procedure

TODAY = date(2026, 12, 8)
NONE: frozenset[str] = frozenset()


def asked() -> Procedure:
    """An advice that is due on Tuesday 15 December 2026 by article 20 of the reglement."""
    return told("advies-wms", TODAY)


def departed(today: date = date(2026, 5, 12)) -> Procedure:
    """A decision of 2 April 2026: strictly Thursday 14 May, extended Monday 18 May."""
    return told("advies-wms", today, begun="2026-02-02", besluit_genomen_op="2026-04-02", gevolgd="nee")


def reminder(procedure: Procedure, term: str, today: date, early: str = "") -> Reminder:
    found = term_of(procedure, term)
    assert found.strict is not None
    return Reminder(
        key="k", procedure=procedure, term=found, days_left=(found.strict - today).days, early=early
    )


def mail(
    news: DayNews, today: date = TODAY, secret: frozenset[str] = NONE, board: str = "het bestuur"
) -> DigestMailContext:
    return digest(news, today, council="MR De Brug", board=board, secretary="Sanne de Wit", secret=secret)


def lines(context: DigestMailContext) -> dict[str, list[tuple[str, str]]]:
    return {block.kop: [(line.tekst, line.uitleg) for line in block.regels] for block in context.blokken}


OWN = "reglement-termijn_advies"


def test_the_mail_says_whose_and_when() -> None:
    context = mail(DayNews())
    assert (context.raad, context.aanhef, context.datum) == (
        "MR De Brug",
        "Beste Sanne de Wit",
        "dinsdag 8 december 2026",
    )
    assert context.onderwerp == "Stukkenstroom: wat vandaag aandacht vraagt (8 december 2026)"
    assert context.blokken == ()


def test_a_term_is_one_sentence_with_its_basis() -> None:
    news = DayNews(reminders=(reminder(asked(), OWN, TODAY),))
    assert lines(mail(news)) == {
        "Termijnen van de raad": [
            (
                (
                    "2026-0017 Vakantierooster: advies uitbrengen, "
                    "uiterlijk dinsdag 15 december 2026 (nog 7 dagen)."
                ),
                "Grondslag: artikel 20 van het medezeggenschapsreglement.",
            )
        ]
    }


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 12, 1), "nog 14 dagen"),
        (date(2026, 12, 13), "nog 2 dagen"),
        (date(2026, 12, 14), "morgen"),
        (date(2026, 12, 15), "vandaag"),
        (date(2026, 12, 16), "1 dag geleden"),
        (date(2026, 12, 18), "3 dagen geleden"),
    ],
)
def test_how_long_is_left_in_singular_and_plural(today: date, left: str) -> None:
    news = DayNews(reminders=(reminder(asked(), OWN, today),))
    ((text, _),) = lines(mail(news, today))["Termijnen van de raad"]
    assert text.endswith(f"uiterlijk dinsdag 15 december 2026 ({left}).")


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 5, 12), "Met verlenging: maandag 18 mei 2026. Grondslag: artikel 34 lid 2 van de WMS."),
        (date(2026, 5, 14), "Met verlenging: maandag 18 mei 2026. Grondslag: artikel 34 lid 2 van de WMS."),
        (
            date(2026, 5, 15),
            (
                "De strikte dag is voorbij. Geldt de verlenging, dan loopt de termijn tot en met "
                "maandag 18 mei 2026; ga na of dat zo is. Grondslag: artikel 34 lid 2 van de WMS."
            ),
        ),
    ],
)
def test_both_days_are_told_where_the_law_is_unsettled(today: date, words: str) -> None:
    """Trap 18: act before the strict day, lapsed after the extended one."""
    news = DayNews(reminders=(reminder(departed(today), "WMS-34-2", today),))
    ((_, why),) = lines(mail(news, today))["Termijnen van de raad"]
    assert why == words


def test_what_the_board_must_do_stands_apart() -> None:
    """WMS 34 lid 1 is for the board to wait out, lid 2 for the council."""
    today = date(2026, 5, 12)
    case = departed(today)
    news = DayNews(reminders=(reminder(case, "WMS-34-1", today), reminder(case, "WMS-34-2", today)))
    found = lines(mail(news, today))
    assert list(found) == ["Termijnen van de raad", "Dit moet het bestuur nog doen, of laten"]
    assert "opschorting" in found["Dit moet het bestuur nog doen, of laten"][0][0]
    works_council = lines(mail(news, today, board="de ondernemer"))
    assert "Dit moet de ondernemer nog doen, of laten" in works_council


def test_an_early_reminder_says_why_it_comes_now() -> None:
    news = DayNews(reminders=(reminder(asked(), OWN, TODAY, "de kerstvakantie vanaf 19 december 2026"),))
    ((_, why),) = lines(mail(news))["Termijnen van de raad"]
    assert why.endswith("U leest dit nu al vanwege de kerstvakantie vanaf 19 december 2026.")


@pytest.mark.parametrize(
    ("until", "left"),
    [(date(2026, 12, 15), "nog 7 dagen"), (date(2026, 12, 9), "morgen"), (date(2026, 12, 8), "vandaag")],
)
def test_papers_that_must_go_out(until: date, left: str) -> None:
    (line,) = lines(mail(DayNews(papers=((date(2027, 1, 12), until),))))["Stukken die de deur uit moeten"]
    weekday = {15: "dinsdag 15", 9: "woensdag 9", 8: "dinsdag 8"}[until.day]
    assert line[0] == (
        "De stukken voor de vergadering van dinsdag 12 januari 2027 gaan uiterlijk "
        f"{weekday} december 2026 de deur uit ({left})."
    )


def test_a_new_case_says_its_first_last_day_when_it_has_one() -> None:
    without = replace(fresh("lijst-nieuw-lid", title="Noor Bakker"), dossier="2026-0018")
    found = lines(mail(DayNews(started=(asked(), without))))["Nieuwe zaken"]
    assert [text for text, _ in found] == [
        "2026-0017 Vakantierooster. Eerste uiterste dag: dinsdag 15 december 2026 (advies uitbrengen).",
        "2026-0018 Noor Bakker.",
    ]


@pytest.mark.parametrize(
    ("held", "text"),
    [
        (1, "1 stuk ligt in de map Te beoordelen."),
        (2, "2 stukken liggen in de map Te beoordelen."),
    ],
)
def test_waiting_papers_in_singular_and_plural(held: int, text: str) -> None:
    news = DayNews(held=held, problems=("De kaart van 2026-0017 is niet te lezen.",))
    assert lines(mail(news))["Dit wacht op u"] == [
        (text, ""),
        ("De kaart van 2026-0017 is niet te lezen.", ""),
    ]


def test_blocks_stand_in_order_of_urgency_and_empty_ones_are_left_out() -> None:
    news = DayNews(
        reminders=(reminder(asked(), OWN, TODAY),),
        started=(asked(),),
        papers=((date(2027, 1, 12), TODAY),),
        held=1,
        warnings=("De lijst loopt af.",),
    )
    assert list(lines(mail(news))) == [
        "Termijnen van de raad",
        "Stukken die de deur uit moeten",
        "Nieuwe zaken",
        "Let op",
        "Dit wacht op u",
    ]


# --- secrets ---------------------------------------------------------------------------


def test_a_confidential_dossier_is_named_by_its_number_only() -> None:
    """A mail leaves the werkmap."""
    news = DayNews(reminders=(reminder(asked(), OWN, TODAY),), started=(asked(),))
    context = mail(news, secret=frozenset({"2026-0017"}))
    texts = [text for block in context.blokken for line in block.regels for text in (line.tekst, line.uitleg)]
    assert not any("Vakantierooster" in text for text in texts)
    assert sum("2026-0017 (vertrouwelijk)" in text for text in texts) == 2
    assert "Vakantierooster" in str(mail(news, secret=frozenset({"2026-0001"})))


# --- whether there is a mail -----------------------------------------------------------


@pytest.mark.parametrize(
    ("news", "worth"),
    [
        (DayNews(), False),
        (DayNews(held=3), False),
        (DayNews(problems=("iets",)), True),
        (DayNews(warnings=("iets",)), True),
        (DayNews(papers=((TODAY, TODAY),)), True),
        (DayNews(started=(fresh("verkiezing"),)), True),
    ],
)
def test_there_is_a_mail_only_when_something_is_new_today(news: DayNews, worth: bool) -> None:  # noqa: FBT001
    """A paper that waits to be judged is no reason for a mail every day; what went wrong is."""
    assert news.is_worth_a_mail is worth


def test_a_reminder_is_worth_a_mail() -> None:
    assert DayNews(reminders=(reminder(asked(), OWN, TODAY),)).is_worth_a_mail


# --- the alarm -------------------------------------------------------------------------


def test_an_alarm_says_what_why_and_what_can_be_done() -> None:
    """WMS 34 lid 2: decided 24 June 2026, ends in the summer holiday; the last day of school is 3 July."""
    case = told(
        "advies-wms", date(2026, 6, 25), begun="2026-05-04", besluit_genomen_op="2026-06-24", gevolgd="nee"
    )
    guard = next(one for one in case.guards if one.term == "WMS-34-2")
    context = alarm(
        case,
        guard,
        term_of(case, "WMS-34-2"),
        council="MR De Brug",
        reader="Noor Bakker",
        secret=NONE,
        letter="2026-0017 Verzoek om nader overleg.docx",
        template="nader_overleg",
    )
    assert (context.aanhef, context.zaak, context.uiterste_datum) == (
        "Beste Noor Bakker",
        "2026-0017 Vakantierooster",
        "woensdag 5 augustus 2026",
    )
    assert context.onderwerp == "Let op: uiterste dag 5 augustus 2026 (2026-0017)"
    assert "zomervakantie" in context.waarom[0]
    assert context.waarom[1] == "De laatste werkdag buiten de schoolvakanties is vrijdag 3 juli 2026."
    assert context.stappen
    assert context.brief == "2026-0017 Verzoek om nader overleg.docx"
    assert context.doe[-1] == "Overleg of uitstel houdt deze termijn niet tegen."
    hidden = alarm(
        case,
        guard,
        term_of(case, "WMS-34-2"),
        council="",
        reader="",
        secret=frozenset({case.dossier}),
        letter="",
        template="",
    )
    assert hidden.zaak == "2026-0017 (vertrouwelijk)"
    assert "Vakantierooster" not in str(hidden)


@pytest.mark.parametrize(
    ("law", "template", "runs_on"),
    [
        ("WMS", "nader_overleg", True),
        ("WMS", "uitstel", True),
        ("WMS", "beroep_nietigheid", False),
        ("reglement", "uitstel", False),
        ("afspraak", "uitstel", False),
    ],
)
def test_talks_and_delay_do_not_stop_a_term_of_the_law(law: str, template: str, runs_on: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """LCG 104437-10.03: the six weeks of WMS 34 lid 2 run on; a term of the reglement can be lengthened."""
    case = departed(date(2026, 4, 3))
    term = term_of(case, "WMS-34-2")
    assert term.basis is not None
    context = alarm(
        case,
        case.guards[0],
        replace(term, basis=replace(term.basis, law=law)),
        council="MR De Brug",
        reader="Noor Bakker",
        secret=NONE,
        letter="",
        template=template,
    )
    assert ("Overleg of uitstel houdt deze termijn niet tegen." in context.doe) is runs_on


def test_what_was_not_filed_is_told_in_a_mail_that_goes_anyway() -> None:
    news = DayNews(unfiled=("2 automatische berichten.",))
    assert not news.is_worth_a_mail
    assert lines(mail(news)) == {"Niet gearchiveerd": [("2 automatische berichten.", "")]}

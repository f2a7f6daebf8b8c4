"""config/procedures: what we ship loads; every fault is found at once and told with its place."""

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.procedures.definition import OWN_TERM, Definition, definition_for
from pipeline.settings.law import load_law
from pipeline.settings.procedures import load_procedures
from pipeline.values import Kind, ProcedureState

CONFIG = Path(__file__).parents[2] / "config"
TERMS = load_law(CONFIG).terms
SHIPPED = {one.id: one for one in load_procedures(CONFIG, TERMS)}
REGIMES = ("wms-po", "wms-vo", "wms-so", "wor", "wmcz")

COMMON = """
events:
  ontvangen_op: {question: Ontvangen op, answer: dag, state: ontvangen}
  besluit_op: {question: Besluit op, answer: dag, not_before: ontvangen_op}
  gevolgd: {question: Gevolgd?, answer: keuze, choices: {ja: ja, nee: nee}}
letters:
  advies: {name: Advies, records: besluit_op, answers: {gevolgd: ja}}
"""
CASE = """
id: zaak
name: zaak
regimes: [wor]
kind: overig
by_hand: true
events: [ontvangen_op, gevolgd]
"""


def load(
    folder: Path, case: str = CASE, common: str | None = COMMON, **others: str
) -> tuple[Definition, ...]:
    """Load procedures from a folder that holds these files."""
    place = folder / "procedures"
    place.mkdir(exist_ok=True)
    files = {"zaak": case, **others, **({"gebeurtenissen": common} if common is not None else {})}
    for name, text in files.items():
        (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_procedures(folder, TERMS)


def problems(
    folder: Path, case: str = CASE, common: str | None = COMMON, **others: str
) -> list[tuple[str, str]]:
    with pytest.raises(SettingsError) as caught:
        load(folder, case, common, **others)
    return [(problem.place, problem.text) for problem in caught.value.problems]


# --- what we ship ----------------------------------------------------------------------


def test_everything_we_ship_loads() -> None:
    """One definition a file; the file has the name of the definition."""
    names = {path.stem for path in (CONFIG / "procedures").glob("*.yaml")} - {"gebeurtenissen"}
    assert set(SHIPPED) == names
    assert len(SHIPPED) == 20


@pytest.mark.parametrize(
    ("kind", "regime", "opened"),
    [
        (Kind.ADVIESAANVRAAG, "wms-po", "advies-wms"),
        (Kind.ADVIESAANVRAAG, "wms-vo", "advies-wms"),
        (Kind.ADVIESAANVRAAG, "wms-so", "advies-wms"),
        (Kind.ADVIESAANVRAAG, "wor", "advies-wor"),
        (Kind.ADVIESAANVRAAG, "wmcz", "advies-wmcz"),
        (Kind.INSTEMMINGSVERZOEK, "wms-vo", "instemming-wms"),
        (Kind.INSTEMMINGSVERZOEK, "wor", "instemming-wor"),
        (Kind.INSTEMMINGSVERZOEK, "wmcz", "instemming-wmcz"),
        (Kind.BESLUIT_NA_ADVIES, "wms-vo", "besluit-wms"),
        (Kind.BESLUIT_NA_ADVIES, "wor", "besluit-wor"),
        (Kind.BESLUIT_NA_ADVIES, "wmcz", None),
        (Kind.NIEUWSBRIEF, "wms-vo", None),
        (Kind.AGENDA, "wor", None),
    ],
)
def test_which_procedure_a_paper_opens(kind: Kind, regime: str, opened: str | None) -> None:
    """Trap 16: a newsletter or an agenda that cites an article opens nothing."""
    found = definition_for(kind, regime, tuple(SHIPPED.values()))
    assert (found.id if found else None) == opened


@pytest.mark.parametrize("regime", REGIMES)
def test_a_paper_opens_one_procedure_at_most(regime: str) -> None:
    opened = [kind for one in SHIPPED.values() if regime in one.regimes for kind in one.opened_by]
    assert len(opened) == len(set(opened))


@pytest.mark.parametrize("regime", REGIMES)
def test_a_name_in_the_list_of_new_cases_means_one_procedure(regime: str) -> None:
    names = [one.name for one in SHIPPED.values() if one.by_hand and regime in one.regimes]
    assert len(names) == len(set(names))


def test_terms_of_a_law_run_only_for_councils_of_that_law() -> None:
    """Trap 5: no WMS term in a company, no WOR term in a school."""
    laws = {"WMS": ("wms-po", "wms-vo", "wms-so"), "WOR": ("wor",), "Wmcz 2018": ("wmcz",)}
    for one in SHIPPED.values():
        for rule in one.terms:
            if rule.term != OWN_TERM:
                assert set(one.regimes) <= set(laws[TERMS[rule.term].law]), (one.id, rule.term)


def test_the_month_of_a_works_council_never_starts_on_the_decision() -> None:
    """Trap 1: WOR 25 lid 6, 26 lid 2 and 27 lid 5 count from the day the council was told."""
    rules = [
        rule
        for one in SHIPPED.values()
        for rule in one.terms
        if rule.term in ("WOR-25-6", "WOR-26-2", "WOR-27-5")
    ]
    assert len(rules) == 8  # advies-wor holds the month of nullity too, for a right of consent
    assert not any("besluit_genomen_op" in rule.starts for rule in rules)


def test_every_regime_can_open_what_it_needs_by_hand() -> None:
    by_hand = {
        regime: {one.id for one in SHIPPED.values() if one.by_hand and regime in one.regimes}
        for regime in REGIMES
    }
    assert {"nietigheid-wms", "besluit-wms", "initiatief-wms", "overlegverzoek-wms"} <= by_hand["wms-so"]
    assert {"nietigheid-wor", "besluit-wor", "initiatief-wor", "overlegverzoek-wor"} <= by_hand["wor"]
    assert by_hand["wmcz"] == {"lijst-nieuw-lid", "lijst-schooljaar", "verkiezing"}


def test_the_year_of_a_school_begins_in_august_and_that_of_a_company_in_january() -> None:
    yearly = {one.id: one.yearly for one in SHIPPED.values() if one.yearly}
    assert yearly == {"informatie-wms": (8, 1), "informatie-wor": (1, 1)}


# --- values ----------------------------------------------------------------------------


def test_a_procedure_asks_its_events_in_its_own_order_and_words(tmp_path: Path) -> None:
    changed = CASE.replace("[ontvangen_op, gevolgd]", "[gevolgd, ontvangen_op]") + (
        "questions: {ontvangen_op: {question: Begonnen op, hint: Zie de brief., state: besloten}}\n"
    )
    (found,) = load(tmp_path, changed)
    assert [event.id for event in found.events] == ["gevolgd", "ontvangen_op"]
    begun = found.event("ontvangen_op")
    assert begun is not None
    assert (begun.question, begun.hint, begun.state) == (
        "Begonnen op",
        "Zie de brief.",
        ProcedureState.BESLOTEN,
    )


def test_a_letter_records_only_what_its_procedure_asks(tmp_path: Path) -> None:
    (found,) = load(tmp_path, CASE + "letters: [{template: advies}]\n")
    (letter,) = found.letters
    assert (letter.records, letter.answers, letter.when) == ("", (("gevolgd", "ja"),), None)


def test_a_letter_without_conditions_is_drafted_at_once(tmp_path: Path) -> None:
    """Not the same as a letter that is only drafted when asked for."""
    (found,) = load(tmp_path, CASE + "letters: [{template: advies, when: {}}]\n")
    assert found.letters[0].when == ()


# --- faults ----------------------------------------------------------------------------

PLACE = "procedures/zaak.yaml"


@pytest.mark.parametrize(
    ("line", "place", "text"),
    [
        ("terms: [{term: WMS-99, starts: [ontvangen_op]}]", "[terms]", "'WMS-99' bestaat hier niet."),
        ("terms: [{term: WOR-23-1, starts: [gisteren]}]", "[terms]", "'gisteren' bestaat hier niet."),
        (
            "terms: [{term: WOR-23-1, starts: [ontvangen_op], met_by: [besluit_op]}]",
            "[terms]",
            "'besluit_op' bestaat hier niet.",
        ),
        (
            "terms: [{term: WOR-23-1, starts: [ontvangen_op], extended_by: besluit_op}]",
            "[terms]",
            "'besluit_op' bestaat hier niet.",
        ),
        (
            "terms: [{term: WOR-23-1, starts: [ontvangen_op], also_from: besluit_op}]",
            "[terms]",
            "'besluit_op' bestaat hier niet.",
        ),
        (
            "terms: [{term: WOR-23-1, starts: [ontvangen_op], letter: advies}]",
            "[terms letter]",
            "'advies' bestaat hier niet.",
        ),
        ("letters: [{template: dreigbrief}]", "[letters]", "'dreigbrief' bestaat hier niet."),
        ("tasks: [{text: Doe iets., until: [besluit_op]}]", "[tasks]", "'besluit_op' bestaat hier niet."),
        ("tasks: [{text: Doe iets., term: WOR-26-2}]", "[tasks term]", "'WOR-26-2' bestaat hier niet."),
        (
            "tasks: [{text: Doe iets., when: {besluit_op: [ingevuld]}}]",
            "[when]",
            "'besluit_op' bestaat hier niet.",
        ),
        (
            "tasks: [{text: Doe iets., when: {gevolgd: [misschien]}}]",
            "[gevolgd]",
            "Het antwoord 'misschien' bestaat niet.",
        ),
        (
            "letters: [{template: advies, when: {gevolgd: [misschien]}}]",
            "[gevolgd]",
            "Het antwoord 'misschien' bestaat niet.",
        ),
        (
            "papers: [{kind: agenda, records: {besluit_op: received}}]",
            "[papers]",
            "'besluit_op' bestaat hier niet.",
        ),
        ("questions: {besluit_op: {question: Wat?}}", "[questions]", "'besluit_op' bestaat hier niet."),
    ],
)
def test_what_does_not_exist_is_told_with_its_place(tmp_path: Path, line: str, place: str, text: str) -> None:
    assert problems(tmp_path, f"{CASE}{line}\n") == [(f"{PLACE} {place}", text)]


def test_an_event_that_does_not_exist(tmp_path: Path) -> None:
    wrong = CASE.replace("gevolgd]", "gevolgd, gezien_op]")
    assert problems(tmp_path, wrong) == [(f"{PLACE} [events]", "'gezien_op' bestaat hier niet.")]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "terms: [{term: eigen, starts: [ontvangen_op]}]",
            "own_kind hoort bij de term 'eigen', en alleen daarbij.",
        ),
        (
            "terms: [{term: WOR-23-1, own_kind: uitnodiging, starts: [ontvangen_op]}]",
            "own_kind hoort bij de term 'eigen', en alleen daarbij.",
        ),
        (
            "terms: [{term: WOR-23-1, starts: [ontvangen_op], ended_by: [ontvangen_op]}]",
            "ended_by en ended_how horen bij elkaar: vul beide in of geen.",
        ),
        (
            "terms: [{term: WOR-23-1, starts: [ontvangen_op], ended_how: het is klaar}]",
            "ended_by en ended_how horen bij elkaar: vul beide in of geen.",
        ),
        ('yearly: "02-30"', "De dag '02-30' bestaat niet."),
        ('yearly: "02-29"', "De dag '02-29' bestaat niet."),
    ],
)
def test_what_does_not_fit_together_is_told(tmp_path: Path, line: str, text: str) -> None:
    assert problems(tmp_path, f"{CASE}{line}\n") == [(PLACE, text)]


def test_a_procedure_that_nothing_opens(tmp_path: Path) -> None:
    assert problems(tmp_path, CASE.replace("by_hand: true\n", "")) == [
        (PLACE, "Niets opent deze procedure: vul opened_by, by_hand of yearly in.")
    ]


@pytest.mark.parametrize(
    ("line", "place", "part"),
    [
        ("termen: []", "[termen]", "Deze instelling bestaat niet. Bedoelde u"),
        ("opened_by: [brief]", "[opened_by 1]", "Deze waarde is niet toegestaan."),
        ("yearly: augustus", "[yearly]", "augustus"),
        ("right: veto", "[right]", "Kies uit: 'advies', 'instemming'"),
        ("terms: [{term: WOR-23-1, starts: []}]", "[terms 1].starts", ""),
        ("terms: [{starts: [ontvangen_op]}]", "[terms 1].term", "Deze instelling ontbreekt"),
        ("papers: [{kind: agenda, records: {gevolgd: subject}}]", "[papers 1 records].gevolgd", "Kies uit"),
        ("tasks: [{text: ''}]", "[tasks 1].text", "mag niet leeg"),
    ],
)
def test_what_has_the_wrong_shape_is_told_with_its_place(
    tmp_path: Path, line: str, place: str, part: str
) -> None:
    ((found, text),) = problems(tmp_path, f"{CASE}{line}\n")
    assert found == f"{PLACE} {place}"
    assert part in text


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("not_before: ontvangen_op", "not_before: ontvangen", "ontvangen"),
        ("not_before: ontvangen_op", "needs: reden", "reden"),
        ("not_before: ontvangen_op", "when: {aard: [ja]}", "aard"),
        ("records: besluit_op", "records: besluitop", "besluitop"),
        ("answers: {gevolgd: ja}", "answers: {volgt: ja}", "volgt"),
    ],
)
def test_the_common_file_names_only_events_that_exist(tmp_path: Path, old: str, new: str, name: str) -> None:
    """A slip here would silently let a check or a letter do nothing."""
    assert COMMON.count(old) == 1
    assert problems(tmp_path, common=COMMON.replace(old, new)) == [
        ("procedures/gebeurtenissen.yaml", f"De gebeurtenis '{name}' bestaat niet.")
    ]


def test_an_answer_of_an_unknown_sort(tmp_path: Path) -> None:
    ((place, text),) = problems(tmp_path, common=COMMON.replace("answer: keuze", "answer: getal"))
    assert place == "procedures/gebeurtenissen.yaml [events gevolgd].answer"
    assert "'dag', 'keuze' of 'tekst'" in text


def test_the_same_id_twice(tmp_path: Path) -> None:
    assert problems(tmp_path, tweede=CASE) == [("procedures zaak", "Dit id staat er 2 keer; houd er één.")]


def test_a_file_that_is_no_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    ((place, text),) = problems(tmp_path, "id: zaak\nname: [open\n")
    assert place.startswith(f"{PLACE} regel ")
    assert "geen geldige YAML" in text


def test_without_the_common_file_nothing_can_be_read(tmp_path: Path) -> None:
    assert problems(tmp_path, common=None) == [
        ("procedures/gebeurtenissen.yaml", "Dit bestand ontbreekt of is niet leesbaar; zet het terug.")
    ]


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        CASE + "terms: [{term: WMS-99, starts: [gisteren]}]\n",
        tweede=CASE.replace("id: zaak", "id: tweede").replace("by_hand: true\n", ""),
        derde="naam: fout\n",
        common=COMMON.replace("not_before: ontvangen_op", "not_before: ooit"),
    )
    places = [place for place, _ in found]
    assert places.count(f"{PLACE} [terms]") == 2
    assert "procedures/tweede.yaml" in places
    assert "procedures/derde.yaml [naam]" in places
    assert "procedures/gebeurtenissen.yaml" in places


def test_nothing_of_a_faulty_folder_is_used(tmp_path: Path) -> None:
    """One good file beside a bad one is not loaded by itself: rules are whole or not at all."""
    good = CASE.replace("id: zaak", "id: goed")
    assert problems(tmp_path, CASE.replace("regimes: [wor]", "regimes: []"), goed=good)

"""The law as data: it is complete, it is checked, and all faults come at once."""

import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from pipeline.dates import Unit
from pipeline.errors import SettingsError
from pipeline.procedures.terms import Extension, TermKind, compute
from pipeline.settings.law import load_law, load_rights

CONFIG = Path(__file__).parents[2] / "config"
LAW = load_law(CONFIG)
RIGHTS = load_rights(CONFIG)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    for folder in ("law", "calendar"):
        shutil.copytree(CONFIG / folder, tmp_path / folder)
    return tmp_path


def spoil(config: Path, file: str, old: str, new: str) -> None:
    path = config / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(config: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_law(config)
    return [str(problem) for problem in caught.value.problems]


# --- what the law says -----------------------------------------------------------------

TERMS = {
    "WMS-6-2": ("WMS", 3, Unit.MAAND, Extension.ATW, "V"),
    "WMS-34-1": ("WMS", 6, Unit.WEEK, Extension.UNSETTLED, "V"),
    "WMS-34-2": ("WMS", 6, Unit.WEEK, Extension.ATW, "V"),
    "WMS-32-1-oud": ("WMS", 3, Unit.MAAND, Extension.ATW, "V"),
    "WMS-32-1-oud-b": ("WMS", 6, Unit.WEEK, Extension.ATW, "V"),
    "WMS-33-1-oud": ("WMS", 3, Unit.MAAND, Extension.ATW, "V"),
    "WMS-32-3-nietigheid": ("WMS", 6, Unit.WEEK, Extension.ATW, "P"),
    "WMS-36-3": ("WMS", 1, Unit.MAAND, Extension.ATW, "V"),
    "WMS-21-1": ("WMS", 2, Unit.JAAR, Extension.NONE, "V"),
    "WMS-25-2": ("WMS", 2, Unit.JAAR, Extension.NONE, "V"),
    "WMS-29-3": ("WMS", 5, Unit.JAAR, Extension.NONE, "V"),
    "WOR-14-2-g": ("WOR", 7, Unit.DAG, Extension.NONE, "V"),
    "WOR-23-1": ("WOR", 2, Unit.WEEK, Extension.ATW, "V"),
    "WOR-25-6": ("WOR", 1, Unit.MAAND, Extension.UNSETTLED, "V"),
    "WOR-26-2": ("WOR", 1, Unit.MAAND, Extension.ATW, "V"),
    "WOR-27-5": ("WOR", 1, Unit.MAAND, Extension.ATW, "V"),
    "WMCZ-14-beroep": ("Wmcz 2018", 3, Unit.MAAND, Extension.NONE, "P"),
}


@pytest.mark.parametrize("name", sorted(TERMS))
def test_numbers_of_the_law(name: str) -> None:
    """Length, unit, extension and confidence, checked against the articles named in the id."""
    term = LAW.terms[name]
    assert (term.law, term.length, term.unit, term.extension, term.confidence) == TERMS[name]


def test_no_number_where_the_law_has_none() -> None:
    """WMS 24 lid 1 g, WOR 25, Wmcz 7 and 8 leave the number to others; a prompt has none at all."""
    others = ("WMS-24-1-g", "WOR-25-adviestermijn", "WMCZ-7", "WMCZ-8", "WMCZ-8-nietigheid")
    prompts = [term for term in LAW.terms.values() if term.kind is TermKind.PROMPT]
    assert all(LAW.terms[name].length is None for name in others)
    assert all(term.length is None for term in prompts)


def test_unverified_terms_are_marked() -> None:
    marked = {name for name, term in LAW.terms.items() if term.status.value == "unverified"}
    assert marked >= {"WMS-32-1-oud", "WMS-32-1-oud-b", "WMS-33-1-oud", "WMCZ-8-nietigheid"}
    assert LAW.terms["WMS-8-2-h"].only_warns


def test_every_term_speaks_dutch_to_people() -> None:
    """No research English in what a secretary reads."""
    english = re.compile(
        r"\b(the|must|within|board|council|decision|after|weeks?\b(?=\s+after))\b", re.IGNORECASE
    )
    for term in LAW.terms.values():
        for text in (term.name, term.event, term.must, term.lapse, term.not_for, *term.notes):
            assert not english.search(text), (term.id, text)


def test_a_deadline_says_what_happens_when_it_lapses() -> None:
    """Every statutory deadline of council or board with a legal consequence names it."""
    for name in ("WMS-6-2", "WMS-34-2", "WMS-32-3-nietigheid", "WMS-36-3", "WOR-26-2", "WOR-27-5"):
        assert LAW.terms[name].lapse


def test_each_text_that_was_read_is_of_a_day() -> None:
    """The WMS was read as it stood on 13 July 2015, the WOR as on 1 January 2020; the others were not."""
    assert LAW.text_read == {"WMS": date(2015, 7, 13), "WOR": date(2020, 1, 1)}


# --- calendar --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2024, "01-01 03-29 04-01 04-27 05-05 05-09 05-10 05-20 12-25 12-26 12-27"),
        (2025, "01-01 04-18 04-21 04-26 05-05 05-29 05-30 06-09 12-25 12-26"),
        (2026, "01-01 01-02 04-03 04-06 04-27 05-05 05-14 05-15 05-25 12-25 12-26"),
        (2027, "01-01 03-26 03-29 04-27 05-05 05-06 05-07 05-17 12-25 12-26"),
        (2028, "01-01 04-14 04-17 04-27 04-28 05-05 05-25 05-26 06-05 12-25 12-26"),
        (2031, "01-01 04-11 04-14 04-26 05-05 05-22 06-02 12-25 12-26"),
    ],
)
def test_rest_days(year: int, days: str) -> None:
    """Algemene termijnenwet art. 3: feestdagen, Goede Vrijdag and the days put on a par."""
    found = sorted(f"{day:%m-%d}" for day in LAW.calendar.names if day.year == year)
    assert found == days.split()


def test_days_that_only_look_like_holidays_are_working_days() -> None:
    """24 and 31 December, the day after Hemelvaart in a year without decree (2029)."""
    for day in (date(2026, 12, 24), date(2026, 12, 31), date(2029, 5, 11)):
        assert LAW.calendar.is_working_day(day)


def test_decrees_are_unknown_from_2029() -> None:
    assert LAW.calendar.decrees_known(date(2028, 12, 31))
    assert not LAW.calendar.decrees_known(date(2029, 1, 1))


@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
def test_school_holidays_are_whole_weeks(region: str) -> None:
    """From a Saturday; 9, 16 or 44 days, the advised May week 7: it runs on into the meivakantie."""
    lengths = {"kerstvakantie": 16, "zomervakantie": 44, "extra meiweek": 7}
    for period in LAW.school_holidays[region].periods:
        assert period.first.weekday() == 5
        assert (period.last - period.first).days + 1 == lengths.get(period.name, 9)


def test_school_holidays_of_six_years() -> None:
    counted = Counter(period.name for period in LAW.school_holidays["zuid"].periods)
    assert counted["zomervakantie"] == counted["kerstvakantie"] == counted["herfstvakantie"] == 6


def test_the_two_faults_of_the_open_list_are_put_right() -> None:
    """Voorjaarsvakantie zuid ends on 21 February 2027 and 18 February 2029, not in March."""
    ends = {
        period.last for period in LAW.school_holidays["zuid"].periods if period.name == "voorjaarsvakantie"
    }
    assert {date(2027, 2, 21), date(2029, 2, 18)} <= ends


def test_advised_and_paraphrased_periods_are_marked() -> None:
    noord = LAW.school_holidays["noord"].periods
    herfst = next(period for period in noord if period.first == date(2026, 10, 10))
    assert (herfst.obligatory, herfst.confidence) == (False, "P")
    kerst = next(period for period in noord if period.first == date(2027, 12, 25))
    assert (kerst.obligatory, kerst.confidence) == (True, "V")


# --- rights ----------------------------------------------------------------------------


def test_the_catalogue_is_complete() -> None:
    """WMS 10 a-j, 11 a-r and h1, 12 a-r, 13 a-l; WOR 25 a-n, 27 a-m; 116 in all."""
    assert len(RIGHTS) == 116
    ids = {right.id for right in RIGHTS}
    expected = {
        "WMS-10": "abcdefghij",
        "WMS-11": "abcdefghijklmnopqr",
        "WMS-12": "abcdefghijklmnopqr",
        "WMS-13": "abcdefghijkl",
        "WMS-14-1": "ab",
        "WMS-14-2": "abcdefgh",
        "WMS-14-3": "abcde",
        "WMS-16-2": "abc",
        "WOR-25": "abcdefghijklmn",
        "WOR-27": "abcdefghijklm",
    }
    assert {f"{article}-{letter}" for article, letters in expected.items() for letter in letters} <= ids
    assert {"WMS-11-h1", "WMS-11a", "WMS-14a", "WMS-16-3", "WOR-30", "WOR-32", "WMCZ-7", "WMCZ-8"} <= ids


def test_every_right_can_be_cited_in_one_way_only() -> None:
    """No two rights share law, article, lid and onderdeel."""
    places = Counter((one.law, one.article, one.lid, one.onderdeel) for one in RIGHTS)
    assert [place for place, count in places.items() if count > 1] == []


def test_right_holders() -> None:
    """WMS 12 belongs to the staff, 14 lid 2 to the parents, 14 lid 3 to the pupils, 11 to all."""
    holder = {right.id: (right.right, right.geleding) for right in RIGHTS}
    assert holder["WMS-12-b"] == ("instemming", "personeel")
    assert holder["WMS-14-2-c"] == ("instemming", "ouders")
    assert holder["WMS-14-3-b"] == ("instemming", "leerlingen")
    assert holder["WMS-11-n"] == ("advies", "hele raad")
    assert holder["WOR-27-d"] == ("instemming", "hele raad")


def test_validity_of_a_right() -> None:
    """WMS 11 onder h1 exists since 1 January 2017."""
    right = next(one for one in RIGHTS if one.id == "WMS-11-h1")
    assert not right.is_valid_on(date(2016, 12, 31))
    assert right.is_valid_on(date(2017, 1, 1))


# --- faults ----------------------------------------------------------------------------


def test_all_faults_of_all_files_come_at_once(config: Path) -> None:
    """An unknown key, a missing basis, a bad day and an overlap: four problems, each with its place."""
    spoil(config, "law/terms.yaml", "  name: overleg op verzoek", "  naam: overleg op verzoek")
    spoil(
        config, "law/terms.yaml", '- id: WMS-6-2\n  law: WMS\n  article: "6"\n', "- id: WMS-6-2\n  law: WMS\n"
    )
    spoil(config, "calendar/feestdagen.yaml", "month: 5, day: 5", "month: 2, day: 30")
    spoil(
        config,
        "calendar/schoolvakanties.yaml",
        "first: 2024-12-21, last: 2025-01-05",
        "first: 2024-12-21, last: 2025-02-20",
    )
    found = problems(config)
    assert any("WMS-6-1" in line and "naam" in line for line in found)
    assert any("WMS-6-2" in line and "article" in line for line in found)
    assert any("feestdagen.yaml" in line for line in found)
    assert any("overlapt" in line and "noord" in line for line in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  length: 6\n  unit: week\n  extension: atw", "  length: 6\n  extension: atw", "horen bij elkaar"),
        ("  length: 6\n  unit: week\n  extension: atw", "  extension: atw", "wie het getal geeft"),
        ("  length: 6\n  unit: week\n  extension: atw", "  length: 0\n  unit: week", "te klein"),
        ('month_day: "04-30"', 'month_day: "04-31"', "bestaat niet"),
        ("- id: WMS-7-3", "- id: WMS-6-1", "2 keer"),
        ("laws:\n", "wetten: {}\nlaws:\n", "laws of terms"),
        ("next: WMS-32-1-oud-b", "next: WMS-32-9", "WMS-32-9"),
        ("- id: WMS-6-1\n  law: WMS", "- id: WMS-6-1\n  law: WMX", "WMX"),
        ("  direction: back\n", "  direction: back\n  extension: atw\n", "vooruit wordt geteld"),
        ("- id: WMS-8-1\n", "- id: WMS-8-1\n  valid_from: 2017-01-01\n  valid_until: 2016-01-01\n", "draai"),
        ("    valid_from: 2007-01-01\n", "", "valid_from"),
        ("  actor: beide\n", "  actor: niemand\n", "Kies uit"),
    ],
)  # fmt: skip
def test_a_fault_in_a_term_is_named_in_dutch(config: Path, old: str, new: str, said: str) -> None:
    spoil(config, "law/terms.yaml", old, new)
    assert any(said in line for line in problems(config))


def test_missing_and_broken_files(config: Path) -> None:
    """A file that is gone and one that is no YAML are both named; neither crashes."""
    (config / "law" / "terms.yaml").unlink()
    (config / "calendar" / "feestdagen.yaml").write_text("act: ]", encoding="utf-8")
    (config / "calendar" / "schoolvakanties.yaml").write_text("", encoding="utf-8")
    found = problems(config)
    assert any("terms.yaml" in line and "ontbreekt" in line for line in found)
    assert any("feestdagen.yaml regel 1" in line for line in found)
    assert any("schoolvakanties.yaml" in line and "leeg" in line for line in found)


def test_an_unknown_region_is_named(config: Path) -> None:
    spoil(
        config,
        "calendar/schoolvakanties.yaml",
        "      noord: {first: 2024-10-26",
        "      oost: {first: 2024-10-26",
    )
    assert any("oost" in line for line in problems(config))


def test_a_fault_in_the_rights_is_named(config: Path) -> None:
    spoil(config, "law/rights.yaml", "  right: instemming", "  right: vetorecht")
    spoil(config, "law/rights.yaml", "- id: WMS-10-c", "- id: WMS-10-b")
    with pytest.raises(SettingsError) as caught:
        load_rights(config)
    found = [str(problem) for problem in caught.value.problems]
    assert any("WMS-10-a" in line and "Kies uit" in line for line in found)
    assert any("WMS-10-b" in line and "2 keer" in line for line in found)


def test_all_faults_of_the_rights_come_at_once(config: Path) -> None:
    """A missing basis, an unknown key in a row and beside the rows, and days that overlap."""
    spoil(
        config,
        "law/rights.yaml",
        '- id: WMS-10-a\n  law: WMS\n  article: "10"\n',
        "- id: WMS-10-a\n  law: WMS\n",
    )
    spoil(config, "law/rights.yaml", "- id: WMS-10-c\n", "- id: WMS-10-c\n  wie: ouders\n")
    spoil(config, "law/rights.yaml", "rights:\n", "rechten: []\nrights:\n")
    spoil(config, "law/rights.yaml", "- id: WMS-10-e\n", "- id: WMS-10-d\n")
    with pytest.raises(SettingsError) as caught:
        load_rights(config)
    found = [str(problem) for problem in caught.value.problems]
    assert len(found) == 4
    assert any("WMS-10-a" in line and "article" in line for line in found)
    assert any("WMS-10-c" in line and "wie" in line for line in found)
    assert any("[rechten]" in line for line in found)
    assert any("WMS-10-d" in line and "meer dan één regel" in line for line in found)


def test_two_ids_for_one_place_in_the_law_are_a_fault(config: Path) -> None:
    spoil(config, "law/rights.yaml", "  onderdeel: c\n", "  onderdeel: b\n")
    with pytest.raises(SettingsError) as caught:
        load_rights(config)
    (problem,) = caught.value.problems
    assert "WMS-10-b en WMS-10-c" in problem.text


def test_a_right_may_change_on_a_day(config: Path) -> None:
    """Two rows with one id: the old text until the end of 2027, the new one from 2028."""
    old = '- id: WMS-10-c\n  law: WMS\n  article: "10"\n  onderdeel: c\n'
    rest = "  right: {}\n  organ: mr\n  geleding: hele raad\n  label: x\n  keywords: []\n  confidence: V\n"
    new = f"{old}{rest.format('advies')}  valid_from: 2028-01-01\n{old}  valid_until: 2027-12-31\n"
    spoil(config, "law/rights.yaml", old, new)
    both = [right for right in load_rights(config) if right.id == "WMS-10-c"]
    assert [right.right for right in both if right.is_valid_on(date(2027, 12, 31))] == ["instemming"]
    assert [right.right for right in both if right.is_valid_on(date(2028, 1, 1))] == ["advies"]


def test_a_term_may_change_on_a_day(config: Path) -> None:
    """WMS 34 lid 2, if it became eight weeks on 1 January 2028: the day of the trigger decides."""
    head = '- id: WMS-34-2\n  law: WMS\n  article: "34"\n  paragraph: "2"\n'
    rest = "  kind: deadline\n  name: x\n  event: y\n  actor: raad\n  must: z\n  confidence: {text: V}\n"
    new = (
        f"{head}{rest}  length: 8\n  unit: week\n  valid_from: 2028-01-01\n{head}  valid_until: 2027-12-31\n"
    )
    spoil(config, "law/terms.yaml", head, new)
    law = load_law(config)
    term = law.terms["WMS-34-2"]
    assert (term.length, term.on(date(2027, 12, 31)).length) == (8, 6)
    assert len(law.terms) == len(LAW.terms)
    before, after = (compute(term, day, law.calendar) for day in (date(2027, 12, 31), date(2028, 1, 1)))
    assert (before.strict, after.strict) == (date(2028, 2, 11), date(2028, 2, 26))
    spoil(config, "law/terms.yaml", "  valid_until: 2027-12-31\n", "")
    assert any("WMS-34-2" in line and "2 keer" in line for line in problems(config))


def test_no_code_runs_from_a_file(config: Path) -> None:
    """YAML is read safely: a tag that would call Python is a fault."""
    (config / "law" / "terms.yaml").write_text("!!python/object/apply:os.getcwd []", encoding="utf-8")
    assert any("terms.yaml" in line for line in problems(config))


def test_shipped_files_are_plain_yaml() -> None:
    """Every shipped file is one table."""
    for file in sorted((CONFIG / "law").glob("*.yaml")) + sorted((CONFIG / "calendar").glob("*.yaml")):
        assert isinstance(yaml.safe_load(file.read_text(encoding="utf-8")), dict)

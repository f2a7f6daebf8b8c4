"""raad.toml, reglement.toml and dienst.toml: good files become values, faults are told all at once."""

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings.council import CouncilSettings, load_council
from pipeline.settings.machine import load_machine
from pipeline.values import Address, Kind, SenderRole

GOOD = """
[raad]
naam = "CMR Voorbeeld"
kort = "CMR"
orgaan = "cmr"
regime = "wms-vo"
regio = "noord"
bevoegd_gezag = "Stichting Voorbeeld"
postbus = "CMR@voorbeeld.example"
[secretaris]
naam = "S. Voorbeeld"
e-mail = "s@voorbeeld.example"
[voorzitter]
naam = "V. Voorbeeld"
e-mail = "v@voorbeeld.example"
[[relaties]]
naam = "Bestuur"
e-mail = "@bestuur.example"
rol = "bevoegd_gezag"
"""

BYLAWS = """
[termijn.instemmingsverzoek]
lengte = 6
eenheid = "week"
artikel = "21"
zonder_schoolvakanties = true
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_good_files_become_values(tmp_path: Path) -> None:
    settings = load_council(write(tmp_path, "raad.toml", GOOD), write(tmp_path, "reglement.toml", BYLAWS))
    assert settings.council.mailbox.email == "cmr@voorbeeld.example"
    assert settings.council.relations[0].role is SenderRole.BEVOEGD_GEZAG
    assert [term.kind for term in settings.terms] == [Kind.INSTEMMINGSVERZOEK]
    assert settings.council.pause_minutes == 10


def test_three_mistakes_in_two_files_are_all_reported_with_their_place(tmp_path: Path) -> None:
    raad = GOOD.replace('e-mail = "@bestuur.example"', 'emial = "@bestuur.example"').replace(
        '"cmr"\n', '"kmr"\n'
    )
    with pytest.raises(SettingsError) as caught:
        load_council(
            write(tmp_path, "raad.toml", raad),
            write(tmp_path, "reglement.toml", BYLAWS.replace("lengte = 6", 'lengte = "zes"')),
        )
    told = caught.value.for_secretary()
    assert "raad.toml [relaties 1].emial: Deze instelling bestaat niet. Bedoelde u" in told
    assert "e-mail" in told
    assert "raad.toml [raad].orgaan: Deze waarde is niet toegestaan. Kies uit:" in told
    assert "reglement.toml [termijn instemmingsverzoek].lengte: Hier hoort een geheel getal" in told


def test_a_syntax_fault_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="problem") as caught:
        load_council(write(tmp_path, "raad.toml", "[raad\nnaam="), None)
    assert caught.value.problems[0].place == "raad.toml"


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_council(tmp_path / "raad.toml", None)
    assert "init" in caught.value.problems[0].text


def test_without_machine_file_mail_stays_in_the_data_folder(tmp_path: Path) -> None:
    machine = load_machine((tmp_path / "none.toml",), tmp_path)
    assert (machine.mailbox.folder, machine.outbox) == (tmp_path / "postbus", tmp_path / "uit")


def test_an_unknown_key_in_the_machine_file_is_a_fault(tmp_path: Path) -> None:
    path = write(tmp_path, "dienst.toml", '[verzending]\nserver = "mail.example"\nport = 25\n')
    with pytest.raises(SettingsError) as caught:
        load_machine((path,), tmp_path)
    assert "poort" in caught.value.problems[0].text


@pytest.mark.parametrize("group", ["leden", "Openbaar", "PMR+OMR", "a/b", "", " PMR", "PMR.", "x" * 41])
def test_a_group_name_that_could_be_read_as_something_else_is_a_fault(tmp_path: Path, group: str) -> None:
    raad = GOOD.replace("[secretaris]", f'groepen = ["PMR", "{group}"]\n[secretaris]')
    with pytest.raises(SettingsError) as caught:
        load_council(write(tmp_path, "raad.toml", raad), None)
    (problem,) = caught.value.problems
    assert problem.place.startswith("raad.toml [raad groepen")


def test_ordinary_groups_are_taken_as_they_are_written(tmp_path: Path) -> None:
    groups = '["PMR", "Commissie HR", "Ouder-leerlinggeleding"]'
    raad = GOOD.replace("[secretaris]", f"groepen = {groups}\n[secretaris]")
    settings = load_council(write(tmp_path, "raad.toml", raad), None)
    assert settings.council.groups == ("PMR", "Commissie HR", "Ouder-leerlinggeleding")


# --- deputy, reminders, own rights -----------------------------------------------------

DEPUTY = """
[vervanging]
naam = "D. Voorbeeld"
e-mail = "D@voorbeeld.example"
afwezig = [
  {van = 2027-05-01, tot_en_met = 2027-05-09},
  {van = 2026-12-21, tot_en_met = 2027-01-03},
]
"""

RIGHT = """
[[rechten]]
naam = "Huisvesting"
recht = "advies"
houder = "ouders"
grondslag = "reglement artikel 30"
geldig_van = 2026-09-01
"""


def load(folder: Path, more: str) -> CouncilSettings:
    return load_council(write(folder, "raad.toml", GOOD + more), None)


def told(folder: Path, more: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, more)
    return [str(problem) for problem in caught.value.problems]


def test_without_these_blocks_there_is_no_deputy_and_reminders_come_as_usual(tmp_path: Path) -> None:
    settings = load(tmp_path, "")
    assert (settings.council.deputy, settings.council.absences, settings.rights) == (None, (), ())
    assert settings.council.reminder_days == (14, 7, 2, 0, -1)


def test_a_deputy_and_the_absences_of_the_secretary(tmp_path: Path) -> None:
    """Soonest first; post of the deputy is the council's own."""
    council = load(tmp_path, DEPUTY).council
    assert council.deputy == Address(email="d@voorbeeld.example", name="D. Voorbeeld")
    assert "d@voorbeeld.example" in council.own_addresses
    winter, spring = council.absences
    assert (winter.first, spring.last) == (date(2026, 12, 21), date(2027, 5, 9))
    assert winter.covers(date(2026, 12, 21))
    assert winter.covers(date(2027, 1, 3))
    assert not winter.covers(date(2027, 1, 4))


def test_every_reversed_or_overlapping_absence_is_told(tmp_path: Path) -> None:
    turned = DEPUTY.replace("2027-05-09", "2027-04-30")
    overlapping = turned.replace("afwezig = [", "afwezig = [\n  {van = 2027-01-03, tot_en_met = 2027-01-08},")
    first, second = told(tmp_path, overlapping)
    assert first.startswith(
        "raad.toml [vervanging].afwezig: De afwezigheid (3 januari 2027 t/m 8 januari 2027)"
    )
    assert "overlapt" in first
    assert "30 april 2027, vóór haar begin op 1 mei 2027: draai de datums om" in second


@pytest.mark.parametrize("value", ['"21 december"', "2026-12-21T09:00:00", "20261221"])
def test_a_day_that_is_no_day_is_told_with_an_example(tmp_path: Path, value: str) -> None:
    (line,) = told(tmp_path, DEPUTY.replace("2026-12-21", value))
    assert line.startswith("raad.toml [vervanging afwezig 2].van: ")
    assert "2026-11-03" in line


def test_reminders_are_sorted_and_given_once(tmp_path: Path) -> None:
    settings = load(tmp_path, "[bewaking]\nherinneringen = [0, 7, -1, 30, 7]\n")
    assert settings.council.reminder_days == (30, 7, 0, -1)


@pytest.mark.parametrize(("days", "said"), [("61", "te groot"), ("-31", "te klein"), ('"7"', "geheel getal")])
def test_a_reminder_that_makes_no_sense_is_told(tmp_path: Path, days: str, said: str) -> None:
    (line,) = told(tmp_path, f"[bewaking]\nherinneringen = [7, {days}]\n")
    assert line.startswith("raad.toml [bewaking herinneringen 2]")
    assert said in line


def test_own_rights_are_numbered_in_the_order_of_the_file(tmp_path: Path) -> None:
    settings = load(tmp_path, RIGHT + RIGHT.replace("Huisvesting", "Schoonmaak"))
    assert [(one.id, one.label, one.organ) for one in settings.rights] == [
        ("EIGEN-1", "Huisvesting", "cmr"),
        ("EIGEN-2", "Schoonmaak", "cmr"),
    ]


def test_an_unknown_region_and_right_holder_are_told_with_the_choices(tmp_path: Path) -> None:
    raad = GOOD.replace('"noord"', '"oost"')
    raad += RIGHT.replace("advies", "veto").replace("ouders", "iedereen")
    with pytest.raises(SettingsError) as caught:
        load_council(write(tmp_path, "raad.toml", raad), None)
    places = {problem.place: problem.text for problem in caught.value.problems}
    assert set(places) == {
        "raad.toml [raad].regio",
        "raad.toml [rechten 1].recht",
        "raad.toml [rechten 1].houder",
    }
    assert "noord" in places["raad.toml [raad].regio"]


def test_the_example_and_the_demo_are_good(tmp_path: Path) -> None:
    """With every hash taken away before a setting the example still holds: its explanation is right."""
    config = Path(__file__).parents[2] / "config"
    example = (config / "raad.example.toml").read_text("utf-8")
    filled = re.sub(r"(?m)^# (\[|\]|  \{|[a-z_-]+ = )", r"\1", example)
    settings = load_council(write(tmp_path, "raad.toml", filled), config / "reglement.example.toml")
    assert [one.label for one in settings.rights] == ["Huisvestingsplan"]
    assert len(settings.council.absences) == 1
    demo = load_council(config / "demo" / "raad.toml", config / "demo" / "reglement.toml").council
    assert demo.deputy is not None

"""raad.toml, reglement.toml and dienst.toml: good files become values, faults are told all at once."""

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings.council import load_council
from pipeline.settings.machine import load_machine
from pipeline.values import Kind, SenderRole

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
    assert (machine.postbus, machine.outbox) == (tmp_path / "postbus", tmp_path / "uit")


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

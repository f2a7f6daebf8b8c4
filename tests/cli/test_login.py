"""The command ``login``: what has to be permitted, and whether it works."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from microsoft_fake import Fake, running
from playing import Play

from pipeline import cli
from pipeline.cli.access import Wanted, explained, permissions

Command = Callable[..., tuple[int, str, str]]

MACHINE = """
[postbus]
soort = "{soort}"

[imap]
server = "outlook.office365.com"
gebruiker = "mr@zandhof.example"
aanmelding = "oauth"

[verzending]
wijze = "{wijze}"
server = "smtp.office365.com"
aanmelding = "oauth"

[microsoft365]
tenant = "tenant-1"
app = "app-1"
postbus = "mr@zandhof.example"
aanmelding = "{aanmelding}"
geheim_variabele = "MS_GEHEIM"
"""


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    monkeypatch.setenv("MS_GEHEIM", "geheim-1")
    with running(tmp_path, monkeypatch) as fake:
        fake.login.secrets["app-1"] = "geheim-1"
        fake.mailbox()
        yield fake


@pytest.fixture
def login(play: Play, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    def run(
        *words: str, soort: str = "microsoft365", wijze: str = "microsoft365", aanmelding: str = "geheim"
    ) -> tuple[int, str, str]:
        text = MACHINE.format(soort=soort, wijze=wijze, aanmelding=aanmelding)
        (play.data / "dienst.toml").write_text(text, "utf-8")
        where = ("--werkmap", str(play.root), "--data", str(play.data))
        monkeypatch.setattr(sys, "argv", ["stukkenstroom", "login", *words, *where])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(str(ended.value.code or 0)), told.out, told.err

    return run


def test_an_application_hears_what_it_needs_and_that_it_works(fake: Fake, login: Command) -> None:
    code, out, _ = login()
    assert code == 0
    assert "Machtigingen (van het soort Toepassing): Mail.ReadWrite, Mail.Send." in out
    assert "PrimarySmtpAddress -eq 'mr@zandhof.example'" in out
    assert '-Role "Application Mail.Send" -CustomResourceScope Stukkenstroom' in out
    assert "New-ApplicationAccessPolicy -AppId app-1" in out
    assert out.endswith("De aanmelding is gelukt, en de postbus is te lezen.\n")


def test_only_to_show_asks_nothing(fake: Fake, login: Command) -> None:
    assert login("--dry-run")[0] == 0
    assert fake.requests == []


def test_a_wrong_secret_fails(fake: Fake, login: Command) -> None:
    fake.login.secrets["app-1"] = "een ander"
    code, _, err = login()
    assert code == 3
    assert "weigert het geheim van de toepassing (AADSTS7000215)" in err


def test_a_mailbox_that_may_not_be_seen_needs_a_person(fake: Fake, login: Command) -> None:
    fake.mailboxes.clear()
    code, out, _ = login()
    assert code == 1
    assert "De aanmelding is gelukt, maar: De dienst heeft geen toegang" in out


def test_a_person_signs_in_by_device_code(fake: Fake, login: Command, play: Play) -> None:
    code, out, _ = login(aanmelding="apparaatcode")
    assert code == 0
    assert "(van het soort Gedelegeerd): Mail.ReadWrite.Shared, Mail.Send.Shared, offline_access." in out
    assert "Open https://microsoft.com/devicelogin en typ daar de code ABCD-1234 in, binnen 15 minuten" in out
    assert (play.data / "microsoft365.json").is_file()
    assert len(fake.login.devices) == 1


def test_a_person_who_is_refused_is_told(fake: Fake, login: Command, play: Play) -> None:
    fake.fault_login("invalid_grant", 70000)
    code, _, err = login(aanmelding="apparaatcode")
    assert code == 3
    assert "AADSTS70000" in err
    assert not (play.data / "microsoft365.json").exists()


def test_imap_and_smtp_need_a_token_of_their_own(fake: Fake, login: Command) -> None:
    code, out, _ = login(soort="imap", wijze="smtp")
    assert code == 0
    assert "IMAP.AccessAsApp, SMTP.SendAsApp." in out
    assert all("outlook.office365.com" in scope for scope, _ in fake.login.tokens.values())
    code, out, _ = login(soort="imap", wijze="smtp", aanmelding="apparaatcode")
    assert code == 0
    assert "IMAP.AccessAsUser.All, SMTP.Send, offline_access." in out


def test_for_programs_there_is_json_only(fake: Fake, login: Command) -> None:
    code, out, err = login("--json")
    assert code == 0
    assert json.loads(out) == {
        "aangemeld": True,
        "postbus": "mr@zandhof.example",
        "toegang": True,
        "machtigingen": ["Mail.ReadWrite", "Mail.Send"],
    }
    assert "New-ManagementScope" in err


def test_without_microsoft_365_it_is_wrong_use(login: Command, play: Play) -> None:
    code, out, err = login(soort="map", wijze="map")
    assert (code, out) == (2, "")
    assert err.startswith("Volgens dienst.toml wordt Microsoft 365 niet gebruikt.")


@pytest.mark.parametrize("by_person", [True, False])
def test_of_a_folder_one_site_is_asked(by_person: bool) -> None:  # noqa: FBT001
    wanted = Wanted(
        tenant="t",
        app="a",
        mailbox="m@x.example",
        by_person=by_person,
        reads=False,
        sends=False,
        drive=True,
        imap=False,
        smtp=False,
    )
    assert [name for name in permissions(wanted) if name != "offline_access"] == ["Sites.Selected"]
    assert "-Permissions Write" in explained(wanted)
    assert "Application Mail" not in explained(wanted)

"""dienst.toml: what stands outside the werkmap, and what happens without it."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings.accounts import ImapAccount, Mailbox, MicrosoftAccount, SignIn
from pipeline.settings.machine import Machine, load_machine
from pipeline.values import LinkFolder

FULL = """
[postbus]
map = "/srv/post"
[verzending]
wijze = "smtp"
server = "mail.veenrijk.example"
poort = 465
beveiliging = "tls"
gebruiker = "dienst"
wachtwoord_variabele = "MIJN_WACHTWOORD"
domeinen = ["@Veenrijk.example", "ouders.example"]
[map]
rust_seconden = 20
[lezen]
wachtwoorden_bestand = "/etc/stukkenstroom/wachtwoorden.txt"
[ontvangst]
server = ["MX.Veenrijk.example", "mx2.veenrijk.example"]
"""


def load(folder: Path, text: str) -> Machine:
    path = folder / "dienst.toml"
    path.write_text(text, encoding="utf-8")
    return load_machine((path,), folder / "data")


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, text)
    return [str(problem) for problem in caught.value.problems]


def test_everything_in_the_file_arrives(tmp_path: Path) -> None:
    """Domains are compared with lower-case addresses, so they are lower case and without ``@``."""
    assert load(tmp_path, FULL) == Machine(
        mailbox=Mailbox(sort="map", folder=Path("/srv/post")),
        imap=None,
        microsoft=None,
        transport="smtp",
        outbox=tmp_path / "data" / "uit",
        smtp_host="mail.veenrijk.example",
        smtp_port=465,
        smtp_security="tls",
        smtp_user="dienst",
        smtp_oauth=False,
        smtp_password_variable="MIJN_WACHTWOORD",  # noqa: S106  # the name of a variable, no password
        domains=("veenrijk.example", "ouders.example"),
        settle_seconds=20,
        passwords_file=Path("/etc/stukkenstroom/wachtwoorden.txt"),
        servers=("mx.veenrijk.example", "mx2.veenrijk.example"),
    )


SERVER = '[imap]\nserver = "imap.veenrijk.example"\ngebruiker = "cmr"\n'
ACCOUNTS = """
[postbus]
soort = "imap"
postvak = "INBOX.Raad"
na_verwerking = "markeren"
verwerkt = "Stukkenstroom"
vanaf = 2027-01-01
[imap]
server = "imap.veenrijk.example"
gebruiker = "cmr@veenrijk.example"
aanmelding = "oauth"
[microsoft365]
tenant = "veenrijk.example"
app = "11111111-2222-3333-4444-555555555555"
postbus = "CMR@veenrijk.example"
certificaat = "sleutel.pem"
"""


def test_a_mailbox_on_a_server_has_its_account(tmp_path: Path) -> None:
    machine = load(tmp_path, ACCOUNTS)
    data = tmp_path / "data"
    assert machine.mailbox == Mailbox(
        sort="imap",
        folder=data / "postbus",
        inbox="INBOX.Raad",
        keeps=True,
        done="Stukkenstroom",
        since=date(2027, 1, 1),
    )
    assert machine.imap == ImapAccount(
        host="imap.veenrijk.example",
        port=993,
        security="tls",
        user="cmr@veenrijk.example",
        oauth=True,
        password_variable="STUKKENSTROOM_IMAP_WACHTWOORD",  # noqa: S106  # the name of a variable
    )
    assert machine.microsoft == MicrosoftAccount(
        tenant="veenrijk.example",
        app="11111111-2222-3333-4444-555555555555",
        mailbox="cmr@veenrijk.example",
        sign_in=SignIn.CERTIFICAAT,
        certificate=data / "sleutel.pem",
        secret_variable="STUKKENSTROOM_MS365_GEHEIM",  # noqa: S106  # the name of a variable
    )


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('[postbus]\nsoort = "imap"\n', ["[imap].server", "[imap].gebruiker"]),
        (
            '[verzending]\nwijze = "microsoft365"\n[microsoft365]\ntenant = "x"\n',
            ["[microsoft365].app", "[microsoft365].postbus"],
        ),
        ('[verzending]\nwijze = "smtp"\n', ["[verzending].server"]),
        (
            'microsoft365.postbus = "x"\n[verzending]\nwijze = "smtp"\nserver = "x"\naanmelding = "oauth"\n',
            ["[microsoft365].tenant", "[microsoft365].app"],
        ),
    ],
)
def test_what_was_chosen_must_be_filled_in(tmp_path: Path, text: str, places: list[str]) -> None:
    found = problems(tmp_path, text)
    assert [one.partition(":")[0] for one in found] == [f"dienst.toml {place}" for place in places]


def test_one_receiving_server_needs_no_list(tmp_path: Path) -> None:
    assert load(tmp_path, '[ontvangst]\nserver = "mx.veenrijk.example"\n').servers == ("mx.veenrijk.example",)
    assert load(tmp_path, "[ontvangst]\n").servers == ()


def test_without_a_file_nothing_leaves_this_machine(tmp_path: Path) -> None:
    machine = load_machine((), tmp_path)
    assert (machine.transport, machine.smtp_host, machine.domains) == ("map", "", ())


def test_an_empty_file_says_the_same_as_none(tmp_path: Path) -> None:
    assert load(tmp_path, "") == load_machine((), tmp_path / "data")


def test_relative_folders_start_in_the_data_folder(tmp_path: Path) -> None:
    machine = load(tmp_path, '[postbus]\nmap = "in/mail"\n[verzending]\nmap = "weg"\n')
    assert machine.mailbox.folder == tmp_path / "data" / "in" / "mail"
    assert machine.outbox == tmp_path / "data" / "weg"


def test_the_first_file_that_exists_wins(tmp_path: Path) -> None:
    for name, seconds in (("a.toml", 1), ("b.toml", 2)):
        (tmp_path / name).write_text(f"[map]\nrust_seconden = {seconds}\n", encoding="utf-8")
    places = (tmp_path / "none.toml", tmp_path / "b.toml", tmp_path / "a.toml")
    assert load_machine(places, tmp_path).settle_seconds == 2


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    """With a byte order mark and CR LF."""
    path = tmp_path / "dienst.toml"
    path.write_bytes(b"\xef\xbb\xbf[map]\r\nrust_seconden = 7\r\n")
    assert load_machine((path,), tmp_path).settle_seconds == 7


def test_an_empty_day_means_all_post(tmp_path: Path) -> None:
    assert load(tmp_path, '[postbus]\nvanaf = ""\n').mailbox.since is None


@pytest.mark.parametrize(
    "name", ["../elders", "/srv/klaar", "Raad/Klaar", "..", ".", " ", "C:klaar", "a\\\\b"]
)
def test_done_mail_never_leaves_a_folder_on_this_machine(tmp_path: Path, name: str) -> None:
    """At a server a name may have levels; there it leads nowhere else."""
    (problem,) = problems(tmp_path, f'[postbus]\nverwerkt = "{name}"\n')
    assert problem.startswith("dienst.toml [postbus].verwerkt: Bij een map is dit de naam van één map")
    at_server = f'[postbus]\nsoort = "imap"\nverwerkt = "Raad/Klaar"\n{SERVER}'
    assert load(tmp_path, at_server).mailbox.done == "Raad/Klaar"


@pytest.mark.parametrize("told", ['"2027-01-01"', "2027-01-01T08:00:00", "2027", '"ooit"'])
def test_what_is_no_day_is_told_with_what_a_day_looks_like(tmp_path: Path, told: str) -> None:
    (problem,) = problems(tmp_path, f"[postbus]\nvanaf = {told}\n")
    assert problem.startswith("dienst.toml [postbus].vanaf: Hier hoort een datum zonder aanhalingstekens")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[verzending]\nwijze = "post"\n', "dienst.toml [verzending].wijze"),
        ("[verzending]\npoort = 0\n", "dienst.toml [verzending].poort"),
        ("[verzending]\npoort = 65536\n", "dienst.toml [verzending].poort"),
        ('[verzending]\nbeveiliging = "ssl"\n', "dienst.toml [verzending].beveiliging"),
        ('[verzending]\ndomeinen = "veenrijk.example"\n', "dienst.toml [verzending].domeinen"),
        ("[map]\nrust_seconden = -1\n", "dienst.toml [map].rust_seconden"),
        ("[map]\nrust_seconden = 301\n", "dienst.toml [map].rust_seconden"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(place)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, "[verzending]\npoort = 0\n[map]\nrust_seconden = -1\n[postbus]\nmapje = 'x'\n")
    assert len(found) == 3


def test_a_syntax_fault_names_the_file(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "[verzending\n")
    assert problem.startswith("dienst.toml")


# --- links -----------------------------------------------------------------------------

LINKS = '[verzending]\nte_groot = "koppeling"\n[koppeling]\nmap = "{map}"\nadres = "{address}"\n'


def test_a_bundle_that_is_too_large_goes_in_parts_unless_a_link_was_chosen(tmp_path: Path) -> None:
    assert load(tmp_path, "").link_days == 0
    chosen = load(tmp_path, LINKS.format(map="/srv/www/mr", address="https://school.example/mr/"))
    assert chosen.link_days == 60
    assert chosen.links == LinkFolder(
        folder=Path("/srv/www/mr"), written="/srv/www/mr", address="https://school.example/mr"
    )


def test_links_that_are_out_there_keep_their_folder_when_new_bundles_go_in_parts(tmp_path: Path) -> None:
    text = LINKS.format(map="web", address="https://school.example/mr").replace('"koppeling"', '"delen"')
    machine = load(tmp_path, text + "bewaren_dagen = 7\n")
    assert machine.link_days == 0
    assert machine.links is not None
    assert machine.links.folder == tmp_path / "data" / "web"


@pytest.mark.parametrize(
    ("map_", "address", "places"),
    [
        ("", "", ["map", "adres"]),
        ("web", "", ["adres"]),
        ("", "https://school.example", ["map"]),
    ],
)
def test_a_link_needs_a_folder_and_its_address(
    tmp_path: Path, map_: str, address: str, places: list[str]
) -> None:
    found = problems(tmp_path, LINKS.format(map=map_, address=address))
    assert [one.partition(":")[0] for one in found] == [
        f"dienst.toml [koppeling].{place}" for place in places
    ]


@pytest.mark.parametrize(
    "address",
    [
        "http://school.example/mr",
        "school.example/mr",
        "ftp://school.example/mr",
        "https:///mr",
        "https://mr:geheim@school.example/mr",
        "https://school.example/mr?map=1",
        "https://school.example/mr#top",
        "https://school.example:poort/mr",
        "https://school .example/mr",
    ],
)
def test_an_address_to_which_no_file_name_can_be_added_safely_is_told(tmp_path: Path, address: str) -> None:
    (problem,) = problems(tmp_path, LINKS.format(map="web", address=address))
    assert problem.startswith("dienst.toml [koppeling].adres: Geef het adres zoals https://")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://127.0.0.1:8080/mr", "http://127.0.0.1:8080/mr"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:81/", "http://[::1]:81"),
        ("https://s.example/Gedeelde documenten/mr", "https://s.example/Gedeelde%20documenten/mr"),
        ("https://s.example/Gedeelde%20documenten", "https://s.example/Gedeelde%20documenten"),
        ("https://s.example/:f:/r/ré & 'mr'", "https://s.example/:f:/r/r%C3%A9%20%26%20%27mr%27"),
    ],
)
def test_an_address_is_written_as_it_stands_in_a_mail(tmp_path: Path, written: str, address: str) -> None:
    machine = load(tmp_path, LINKS.format(map="web", address=written))
    assert machine.links is not None
    assert machine.links.address == address

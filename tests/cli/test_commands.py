"""The command line: exit codes, JSON keys, and Dutch sentences without the inside of the program."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pypdfium2
import pytest
from fakes import pdf_of
from playing import COUNCIL, MEETING, NOW, REQUEST, Play, copy_council, mail, word

from pipeline import __version__, cli
from pipeline.cli.options import command_line
from pipeline.values import MeetingPlace, Place

ROOT = Path(__file__).parents[2]
COMMANDS = (
    ("init",),
    ("demo",),
    ("once",),
    ("run",),
    ("status",),
    ("classify",),
    ("deadlines",),
    ("deadlines", "compute"),
    ("bundle",),
    ("send",),
    ("overnemen",),
    ("login",),
    ("procedure",),
    ("procedure", "show"),
    ("procedure", "event"),
    ("journal",),
    ("journal", "verify"),
    ("templates",),
    ("templates", "check"),
)

CLASSIFY = {
    *("file", "part", "name", "verdict", "kind", "confidence", "review", "starts_procedure", "evidence"),
    *("regime", "rights", "subject", "sender", "document_date", "answer_date", "decision_date"),
}
COMPUTE = {"id", "term", "trigger", "strict", "last_day", "advised", "steps", "basis", "warnings"}
DEADLINES = {"dossier", "procedure", "term", "strict", "last_day", "actor", "state", "basis", "warnings"}
BUNDLE = {"file", "edition", "pages", "papers", "placeholders", "losses", "seconds"}
PAPER = {"item", "number", "title", "source", "sha256", "first_page", "pages"}
SEND = {"member", "to", "edition", "file", "sha256", "state", "reason"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, object]]:
        """Read every line of stdout as JSON; there is nothing else."""
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Said]

_INSIDE = re.compile(r"Traceback|Error\b|Exception|pipeline\.|site-packages|0x[0-9a-f]{6}|\bNone\b")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Run a command in this process; whatever it says is looked over for the inside of the program."""
    monkeypatch.setenv("STUKKENSTROOM_ZONDER_LIBREOFFICE", "1")
    for name in ("STUKKENSTROOM_WERKMAP", "STUKKENSTROOM_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["stukkenstroom", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        assert not _INSIDE.search(told.out + told.err), told
        return Said(code=int(str(ended.value.code or 0)), out=told.out, err=told.err)

    return run


def at(play: Play, *, now: str = NOW) -> tuple[object, ...]:
    return ("--werkmap", play.root, "--data", play.data, "--now", now)


# --- help ------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), *COMMANDS])
def test_help_is_dutch(command: Command, words: tuple[str, ...]) -> None:
    said = command(*words, "--help")
    assert said.code == 0
    assert said.out.startswith("Gebruik: ")
    assert not re.search(r"\b(Usage|Options|Commands|Show this|Arguments|and exit)\b", said.out)
    assert "Toon deze uitleg en stop." in said.out


def test_a_command_that_can_do_without_another_says_so(command: Command) -> None:
    assert command("deadlines", "--help").out.splitlines()[0].endswith("deadlines [OPTIES] [OPDRACHT …]")
    assert command("journal", "--help").out.splitlines()[0].endswith("journal [OPTIES] OPDRACHT …")


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("classify", "BESTAND"),
        ("bundle", "VERGADERMAP"),
        ("send", "VERGADERMAP"),
        ("init", "MAP"),
        ("demo", "MAP"),
    ],
)
def test_an_argument_is_explained_under_its_own_heading(command: Command, name: str, argument: str) -> None:
    before, options = command(name, "--help").out.split("Opties:")
    assert re.search(rf"^Argumenten:\n  {argument}  [A-Z].+\.$", before, re.MULTILINE | re.DOTALL)
    assert all(line.lstrip().startswith("--") for line in options.strip().splitlines())


def test_every_command_is_looked_at() -> None:
    found = {
        (name,) if inner is None else (name, inner)
        for name, group in cli.cli.commands.items()
        for inner in (None, *getattr(group, "commands", {}))
    }
    assert found == set(COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    """So that it answers at once."""
    heavy = ("pydantic", "sqlalchemy", "docx", "docxtpl", "openpyxl", "pypdf", "pypdfium2", "lxml", "yaml")
    script = (
        "import sys; sys.argv = ['stukkenstroom', '--help']\n"
        "from pipeline import cli\n"
        "try: cli.main()\n"
        f"finally: print('loaded', [name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.endswith("loaded []\n")


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "bestaat-niet"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "bestaat niet" in done.stderr


def test_the_version_is_told_without_an_installation(tmp_path: Path) -> None:
    """Also from a checkout: no metadata of an installed package is asked for."""
    script = (
        "import sys; sys.argv = ['stukkenstroom', '--version']\n"
        "import importlib.metadata as data; data.version = None\n"
        "from pipeline import cli\n"
        "cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{__version__}\n", "")


def test_a_bug_ends_with_3_and_a_reference_to_the_log(
    command: Command, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(cli.cli.commands, "stuk", click.Command("stuk", callback=broken))
    said = command("stuk")
    assert (said.code, said.out) == (3, "")
    found = re.fullmatch(r"Er ging iets mis\. .+ \(ONBEKEND, ref ([0-9a-f]{8})\)\n", said.err)
    assert found is not None
    (record,) = caplog.records
    assert found[1] in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


# --- wrong use -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("verzin",),
        ("once", "--verzin"),
        ("classify",),
        ("classify", "bestaat-niet.pdf"),
        ("bundle", "bestaat-niet"),
        ("send", "bestaat-niet"),
        ("once",),
        ("once", "--werkmap"),
        ("deadlines",),
        ("deadlines", "compute"),
        ("deadlines", "compute", "--length", "zes"),
        ("deadlines", "compute", "--json=ja"),
        ("classify", "--raad", "/", __file__),
        ("bundle", __file__),
        ("once", "te", "veel"),
        ("deadlines", "compute", "--term", "WMS-99-9", "--trigger", "2026-01-01"),
        ("deadlines", "compute", "--term", "WMS-34-2", "--trigger", "2026-13-01"),
        ("deadlines", "compute", "--file", "bestaat-niet.jsonl"),
        ("classify", "--now", "gisteren", "x"),
        ("classify", "--raad", "bestaat-niet.toml", __file__),
    ],
)
def test_wrong_use_is_told_in_dutch(command: Command, words: tuple[str, ...]) -> None:
    said = command(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.strip()
    assert not re.search(r"\b(Invalid|Missing|No such|does not|not a valid|requires|Got)\b", said.err)


@pytest.mark.parametrize(
    "words",
    [
        ("once",),
        ("status",),
        ("run",),
        ("demo",),
        ("classify",),
        ("classify", "bestaat-niet.pdf"),
        ("bundle", "bestaat-niet"),
        ("send", "bestaat-niet"),
        ("deadlines",),
        ("deadlines", "compute"),
        ("journal", "verify"),
        ("templates", "check"),
        ("overnemen",),
        ("login",),
    ],
)
def test_a_wrong_moment_is_told_before_anything_else(command: Command, words: tuple[str, ...]) -> None:
    """Also where there is no werkmap, or something is missing: one fault at a time, nothing touched."""
    said = command(*words, "--now", "gisteren")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("'gisteren' is geen datum of moment.")
    assert not list(Path.cwd().iterdir())


def test_what_is_missing_is_named_in_a_clean_sentence(command: Command) -> None:
    assert command("classify").err.startswith("Er ontbreekt iets op de opdrachtregel: BESTAND. ")
    assert command("init").err.startswith("Er ontbreekt iets op de opdrachtregel: MAP. ")


# --- classify --------------------------------------------------------------------------


def test_classify_tells_every_part(command: Command, tmp_path: Path, new_council: Play) -> None:
    request = word(tmp_path / "verzoek.docx", REQUEST)
    path = tmp_path / "1.eml"
    path.write_bytes(mail("Instemmingsverzoek vakantierooster", "Bijgaand ons verzoek.\n\nGroet\n", request))
    said = command("classify", path, "--json", "--raad", new_council.place(Place.INSTELLINGEN, "raad.toml"))
    assert said.code == 0
    assert [set(row) for row in said.rows] == [CLASSIFY] * 3
    whole, note, paper = said.rows
    assert (whole["verdict"], whole["kind"]) == ("container", None)
    assert (note["verdict"], note["kind"], note["starts_procedure"]) == ("covering_note", None, "nee")
    assert (paper["verdict"], paper["kind"], paper["starts_procedure"]) == (
        "paper",
        "instemmingsverzoek",
        "ja",
    )
    assert paper["answer_date"] == "2027-01-14"  # "vóór 15 januari" leaves the 14th
    assert paper["document_date"] == "2026-11-16"


def test_classify_tells_a_person_a_block_for_each_file(
    command: Command, tmp_path: Path, new_council: Play
) -> None:
    """The file once, then each part: its kind as people call it, how sure, and by what it was known."""
    request = word(tmp_path / "verzoek.docx", REQUEST)
    path, odd = tmp_path / "1.eml", tmp_path / "spel.exe"
    path.write_bytes(mail("Instemmingsverzoek vakantierooster", "Bijgaand ons verzoek.\n\nGroet\n", request))
    odd.write_bytes(b"MZ\x90\x00" + bytes(500))
    raad = new_council.place(Place.INSTELLINGEN, "raad.toml")
    said = command("classify", path, odd, "--raad", raad)
    assert said.code == 1
    of_mail, of_program = (block.splitlines() for block in said.out.strip().split("\n\n"))
    assert of_mail[:2] == [str(path), "  tekst van de mail: begeleidende tekst"]
    assert re.fullmatch(r"  verzoek\.docx: Instemmingsverzoek \(\d\d%\)", of_mail[2])
    assert re.fullmatch(r"    herkend aan: [^;]+(; [^;]+){0,2}", of_mail[3])
    assert of_program == [
        str(odd),
        "  bestand dat niet wordt geopend",
        "    iemand moet dit beoordelen: Dit is een programma. Het is bewaard, maar wordt niet geopend.",
    ]


def test_classify_of_what_a_person_must_see_ends_with_1(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "leeg.pdf"
    path.write_bytes(b"%PDF-1.4\nniets")
    said = command("classify", path, "--json")
    assert said.code == 1
    assert (said.rows[0]["kind"], said.rows[0]["review"]) == (None, True)


def test_classify_of_an_empty_file_asks_for_a_person(command: Command, tmp_path: Path) -> None:
    """DESIGN, section 5: its verdict is ``empty`` and it has no kind."""
    (tmp_path / "leeg.pdf").write_bytes(b"")
    said = command("classify", "--json", tmp_path / "leeg.pdf")
    (row,) = said.rows
    assert (said.code, row["verdict"], row["kind"], row["review"]) == (1, "empty", None, True)
    assert row["confidence"] == 0.0
    assert "Er zit niets in." in command("classify", tmp_path / "leeg.pdf").out


def test_classify_leaves_everything_as_it_was(command: Command, lived: Play) -> None:
    before = lived.tree()
    command("classify", next(lived.place(Place.ARCHIEF).rglob("*.docx")), "--werkmap", lived.root)
    assert lived.tree() == before


# --- deadlines -------------------------------------------------------------------------

VECTORS = (
    ({"term": "WMS-34-2", "trigger": "2026-04-02"}, "2026-05-14", "2026-05-18", None),
    ({"term": "WOR-25-6", "trigger": "2026-01-31"}, "2026-02-28", "2026-03-02", None),
    ({"term": "WMS-34-2", "trigger": "2026-06-24"}, "2026-08-05", "2026-08-05", None),
    (
        {
            "length": 6,
            "unit": "week",
            "basis": "reglement",
            "exclude": "schoolvakanties",
            "region": "noord",
            "trigger": "2026-11-30",
        },
        "2027-01-27",
        None,
        None,
    ),
    ({"length": 7, "unit": "dag", "before": "2026-05-21"}, None, "2026-05-14", "2026-05-13"),
)


@pytest.mark.parametrize(("question", "strict", "last", "advised"), VECTORS)
def test_a_term_is_computed(
    command: Command, question: dict[str, object], strict: str | None, last: str | None, advised: str | None
) -> None:
    options = [word for key, value in question.items() for word in (f"--{key}", value)]
    said = command("deadlines", "compute", "--json", *options)
    (row,) = said.rows
    assert (said.code, set(row)) == (0, COMPUTE)
    assert strict is None or row["strict"] == strict
    assert last is None or row["last_day"] == last
    assert advised is None or row["advised"] == advised
    assert row["steps"]
    assert set(row["steps"][0]) == {"date", "text"}  # type: ignore[index]
    if "term" in question:
        assert set(row["basis"]) == {"law", "article", "paragraph", "confidence"}  # type: ignore[call-overload]


def test_many_questions_are_answered_and_a_bad_one_is_told(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "vragen.jsonl"
    rows = [{"id": number, **question} for number, (question, *_) in enumerate(VECTORS)]
    bad = ['{"id": "fout", "term": "bestaat niet", "trigger": "2026-01-01"}', "geen json", "[1]"]
    path.write_text("\n".join([*map(json.dumps, rows), *bad]), "utf-8")
    said = command("deadlines", "compute", "--file", path)
    assert said.code == 1
    assert [row["id"] for row in said.rows] == [0, 1, 2, 3, 4, "fout", None, None]
    assert [set(row) for row in said.rows[5:]] == [{"id", "error"}] * 3
    assert all(set(row) == COMPUTE for row in said.rows[:5])


def test_running_terms_are_listed_with_a_calendar(command: Command, lived: Play, tmp_path: Path) -> None:
    ics = tmp_path / "termijnen.ics"
    said = command("deadlines", "--json", "--ics", ics, *at(lived))
    (row,) = said.rows
    assert set(row) == DEADLINES
    assert (row["dossier"], row["procedure"]) == ("2026-0001", "instemmingsverzoek")
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert said.code in {0, 1}


def test_a_calendar_does_not_make_its_own_folder(command: Command, play: Play, tmp_path: Path) -> None:
    said = command("deadlines", "--ics", tmp_path / "weg" / "termijnen.ics", *at(play))
    assert (said.code, said.out) == (2, "")
    assert f"De map {tmp_path / 'weg'} bestaat niet." in said.err
    assert not (tmp_path / "weg").exists()


# --- procedures ------------------------------------------------------------------------

PROCEDURE = {
    *("dossier", "procedure", "title", "state", "right_holder", "terms", "done", "to_do", "events"),
}


def test_a_procedure_is_shown_with_everything_that_was_told(command: Command, lived: Play) -> None:
    """Of the request of 16 November: six weeks outside the holidays end on 13 January 2027."""
    (row,) = command("procedure", "show", "2026-0001", "--json", *at(lived)).rows
    assert set(row) == PROCEDURE
    assert (row["procedure"], row["state"]) == ("instemming-wms", "ontvangen")
    said = command("procedure", "show", "2026-0001", *at(lived))
    assert "uiterlijk woensdag 13 januari 2027" in said.out
    assert "Ontvangen op (ontvangen_op): 2026-11-16 [post]" in said.out
    assert said.code == 1


def test_an_event_is_recorded_and_taken_back(command: Command, lived: Play) -> None:
    told = ("procedure", "event", "2026-0001", "op_agenda")
    (row,) = command(*told, "8-12-2026", "--json", *at(lived)).rows
    assert row["state"] == "op_agenda"
    said = command(*told, "--terugnemen", *at(lived))
    assert said.out.startswith("Vastgelegd.\n")
    assert "Op de agenda van (op_agenda): 2026-12-08 [opdracht] (teruggenomen)" in said.out
    (row,) = command("procedure", "show", "2026-0001", "--json", *at(lived)).rows
    assert row["state"] == "ontvangen"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("2026-0099", "op_agenda", "8-12-2026"), "Er is geen procedure met kenmerk 2026-0099."),
        (("2026-0001", "op_agenda", "31-11-2026"), "'31-11-2026' is geen bestaande dag."),
        (("2026-0001", "besluit_raad_op", "1-12-2026"), "1 december 2026 moet nog komen."),
        (
            ("2026-0001", "toverspreuk", "1-12-2026"),
            "De gebeurtenis 'toverspreuk' hoort niet bij deze procedure.",
        ),
        (("2026-0001", "op_agenda"), "Geef een antwoord of --terugnemen"),
    ],
)
def test_what_the_card_would_refuse_is_wrong_use(
    command: Command, lived: Play, words: tuple[str, ...], says: str
) -> None:
    said = command("procedure", "event", *words, *at(lived))
    assert (said.code, said.out) == (2, "")
    assert says in said.err


# --- bundle ----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plain folder with numbered sub-folders, outside any werkmap."""
    base = tmp_path / "2026-12-08 Overleg"
    (base / "01 Opening").mkdir(parents=True)
    word(base / "02 Plan" / "a Brief.docx", ("Brief over het plan",))
    (base / "02 Plan" / "b Tabel.pdf").write_bytes(pdf_of([["een"], ["twee"]]))
    word(base / "03 Personeel" / "vertrouwelijk PMR" / "Salaris.docx", ("Salaris van Truus",))
    return base


def test_a_plain_folder_becomes_a_bundle(command: Command, folder: Path, tmp_path: Path) -> None:
    """Without LibreOffice, in the current folder, an edition for each group."""
    said = command("bundle", folder, "--json")
    assert said.code == 0
    assert [set(row) for row in said.rows] == [BUNDLE] * 2
    assert {frozenset(paper) for row in said.rows for paper in row["papers"]} == {frozenset(PAPER)}  # type: ignore[attr-defined]
    for row in said.rows:
        path = Path(str(row["file"]))
        assert path.parent == tmp_path
        with pypdfium2.PdfDocument(path) as pdf:
            assert len(pdf) == row["pages"]
    assert {row["edition"] for row in said.rows} == {"leden", "PMR"}


def test_one_edition_and_a_place_can_be_asked_for(command: Command, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit" / "bundel.pdf"
    said = command("bundle", folder, "--edition", "leden", "--out", out, "--json")
    assert [row["file"] for row in said.rows] == [str(out)]
    with pypdfium2.PdfDocument(out) as pdf:
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert "Truus" not in text
    assert "Salaris" not in text


def test_an_unknown_edition_is_told(command: Command, folder: Path) -> None:
    said = command("bundle", folder, "--edition", "ouders")
    assert said.code == 2
    assert "leden" in said.err


def test_a_folder_without_numbers_is_told(command: Command, tmp_path: Path) -> None:
    (tmp_path / "map" / "zomaar").mkdir(parents=True)
    said = command("bundle", tmp_path / "map")
    assert said.code == 2
    assert "01 Opening" in said.err


def test_what_cannot_be_read_ends_with_1_and_a_placeholder(command: Command, folder: Path) -> None:
    (folder / "02 Plan" / "c Kapot.pdf").write_bytes(b"%PDF-1.4 kapot")
    said = command("bundle", folder, "--edition", "leden", "--json")
    (row,) = said.rows
    assert said.code == 1
    assert [set(one) for one in row["placeholders"]] == [{"number", "source", "reason"}]  # type: ignore[attr-defined]


@pytest.mark.skipif(not Path("/usr/bin/soffice").exists(), reason="no LibreOffice here")
def test_a_plain_folder_becomes_a_bundle_with_libreoffice(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STUKKENSTROOM_ZONDER_LIBREOFFICE")
    said = command("bundle", folder, "--edition", "leden", "--json")
    assert said.code == 0
    assert not said.rows[0]["placeholders"]


# --- once, status, send ----------------------------------------------------------------


def test_once_ends_with_1_as_long_as_something_waits(command: Command, lived: Play) -> None:
    first, second = command("once", "--json", *at(lived)), command("once", "--json", *at(lived))
    assert (first.code, first.out) == (second.code, second.out)
    assert first.code == 1
    assert [set(row) for row in first.rows] == [{"wacht_op_u"}]
    assert command("status", "--json", *at(lived)).out == first.out


def test_once_ends_with_0_when_nothing_waits(command: Command, play: Play) -> None:
    said = command("once", *at(play))
    assert (said.code, said.out) == (0, "Klaar. Er wacht niets op u.\n")


def test_status_only_looks_and_so_is_never_done(command: Command, play: Play) -> None:
    assert command("status", *at(play)).out == "Er wacht niets op u.\n"


def test_status_begins_with_what_waits(command: Command, lived: Play) -> None:
    assert command("status", *at(lived)).out.startswith("Dit wacht op u:\n- ")


def test_three_mistakes_in_the_settings_are_told_at_once(command: Command, play: Play) -> None:
    """Exit 2, nothing touched, each with its place."""
    play.settings(COUNCIL.replace('orgaan = "mr"', 'orgaan = "club"'))
    bylaws = play.place(Place.INSTELLINGEN, "reglement.toml")
    bylaws.write_text(bylaws.read_text("utf-8").replace("lengte = 6", 'lengte = "zes"', 1), "utf-8")
    (play.data / "dienst.toml").write_text('[verzending]\nwijze = "postduif"\n')
    before = play.tree()
    said = command("once", *at(play))
    assert (said.code, said.out) == (2, "")
    assert all(name in said.err for name in ("raad.toml", "reglement.toml", "dienst.toml"))
    assert play.tree() == before


def test_a_werkmap_that_is_away_ends_with_3(command: Command, play: Play) -> None:
    play.place(".stukkenstroom", "werkmap.json").unlink()
    before = play.tree()
    said = command("once", *at(play))
    assert (said.code, said.out) == (3, "")
    assert "niet bereikbaar" in said.err
    assert play.tree() == before


@pytest.mark.parametrize(
    "words",
    [
        ("once",),
        ("run",),
        ("status",),
        ("deadlines",),
        ("overnemen",),
        ("login",),
        ("journal", "verify"),
        ("templates", "check"),
        ("classify", __file__),
    ],
)
def test_a_werkmap_that_does_not_exist_is_wrong_use(
    command: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A typing error is not a share that is away; nothing is made."""
    said = command(*words, "--werkmap", tmp_path / "rad", "--data", tmp_path / "dienst")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"De map {tmp_path / 'rad'} bestaat niet.")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_no_werkmap_cannot_be_taken_over(command: Command, tmp_path: Path) -> None:
    (tmp_path / "raad").mkdir()
    said = command("overnemen", "--werkmap", tmp_path / "raad", "--data", tmp_path / "dienst")
    assert (said.code, said.out) == (3, "")
    assert "kenmerk ontbreekt" in said.err
    assert [path.name for path in tmp_path.rglob("*")] == ["raad"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are text here")
def test_a_name_that_is_no_text_stops_nothing(command: Command, play: Play) -> None:
    """Not that paper, and not the one beside it."""
    for name in (b"re\xebel.pdf", b"gewoon.pdf"):
        (play.place(Place.INKOMEND) / os.fsdecode(name)).write_bytes(pdf_of([[repr(name)]]))
    said = command("once", *at(play))
    assert said.code == 1
    assert not list(play.place(Place.INKOMEND).iterdir())
    assert "reëel" in said.out
    assert "gewoon" in said.out


def test_another_installation_is_refused_until_it_takes_over(command: Command, play: Play) -> None:
    (play.data / "installatie").write_text("een andere")
    before = play.tree()
    said = command("once", *at(play))
    assert (said.code, said.out) == (2, "")
    assert "stukkenstroom overnemen" in said.err
    assert play.tree() == before
    assert command("overnemen", "--werkmap", play.root, "--data", play.data).code == 0
    assert command("once", *at(play)).code == 0


def test_two_at_once_are_refused(command: Command, play: Play) -> None:
    with play.office():
        said = command("once", *at(play))
    assert said.code == 2
    assert "draait al" in said.err


def approved(new_council: Play, tmp_path: Path) -> Play:
    play = copy_council(new_council, tmp_path / "goedgekeurd")
    word(play.meeting / "03 Plan" / "Brief.docx", ("Brief over het plan",))
    play.once()
    return play


def test_a_dry_run_tells_who_gets_what_and_changes_nothing(
    command: Command, new_council: Play, tmp_path: Path
) -> None:
    play = approved(new_council, tmp_path)
    before = play.tree()
    said = command("send", play.meeting, "--dry-run", "--json", *at(play))
    assert [set(row) for row in said.rows] == [SEND] * 4
    assert {row["state"] for row in said.rows} == {"gepland", "afdruk"}
    assert {row["reason"] for row in said.rows if row["to"]} == {"nog niet goedgekeurd"}
    play.approve()
    after = command("send", play.meeting, "--dry-run", "--json", *at(play))
    assert {row["reason"] for row in after.rows if row["to"]} == {""}
    assert not play.mails()
    assert {path for path in play.tree() if "/Bundel/" not in path} - set(before) == {
        f"Vergaderingen/{MEETING}/Versturen/{MEETING} - leden - concept 1.pdf"
    }


def test_send_sends_what_is_approved_and_only_that(
    command: Command, new_council: Play, tmp_path: Path
) -> None:
    play = approved(new_council, tmp_path)
    said = command("send", play.meeting, *at(play))
    assert said.code == 2
    assert MeetingPlace.VERSTUREN in said.err
    play.approve()
    sent = command("send", play.meeting, "--json", *at(play))
    assert sent.code == 0
    assert sorted(str(row["state"]) for row in sent.rows) == ["afdruk", "verzonden", "verzonden", "verzonden"]
    assert len(play.mails()) == 4


def test_send_needs_a_werkmap(command: Command, folder: Path) -> None:
    said = command("send", folder)
    assert said.code == 2
    assert "werkmap" in said.err


# --- making and checking ---------------------------------------------------------------


def test_init_makes_a_werkmap_that_works(command: Command, tmp_path: Path) -> None:
    said = command("init", tmp_path / "raad", "--data", tmp_path / "dienst")
    assert said.code == 0
    for name in ("raad.toml", "reglement.toml", "leden.xlsx", "rooster.xlsx"):
        assert (tmp_path / "raad" / Place.INSTELLINGEN / name).is_file()
    assert (tmp_path / "raad" / "LEES MIJ.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "raad" / Place.INKOMEND).is_dir()
    once = command("once", "--werkmap", tmp_path / "raad", "--data", tmp_path / "dienst", "--now", NOW)
    assert once.code in {0, 1}


def test_the_hint_of_init_can_be_copied_to_a_shell(command: Command, tmp_path: Path) -> None:
    """Also when a path holds a quote or a space."""
    root, data = tmp_path / "OR van 't Veer", tmp_path / "de dienst"
    line = re.search(r"stukkenstroom run .*", command("init", root, "--data", data).out)
    assert line is not None
    assert shlex.split(line[0]) == ["stukkenstroom", "run", "--werkmap", str(root), "--data", str(data)]


@pytest.mark.parametrize(
    ("script", "typed", "again"),
    [
        ("/huis/pipeline/__main__.py", ["python3", "-m", "pipeline", "demo"], "python3 -m pipeline once"),
        (
            "/huis/pipeline/__main__.py",
            [".venv/bin/python", "-X", "utf8", "-m", "pipeline", "demo"],
            ".venv/bin/python -m pipeline once",
        ),
        (
            "/huis/mijn venv/bin/stukkenstroom",
            ["python", "stukkenstroom"],
            "'/huis/mijn venv/bin/stukkenstroom' once",
        ),
        ("/huis/python/pytest/__main__.py", ["python", "-m", "pytest"], "stukkenstroom once"),
    ],
)
def test_a_command_is_named_as_the_program_was_started(
    monkeypatch: pytest.MonkeyPatch, script: str, typed: list[str], again: str
) -> None:
    """So that it runs, also where ``stukkenstroom`` is not on the path."""
    monkeypatch.setattr(sys, "argv", [script])
    monkeypatch.setattr(sys, "orig_argv", typed)
    monkeypatch.setenv("PATH", "")
    assert command_line(("once",)) == again


def test_a_program_on_the_path_is_named_without_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "stukkenstroom"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", [str(program)])
    assert command_line(("once", "--werkmap", "raad 1")) == "stukkenstroom once --werkmap 'raad 1'"


def test_init_leaves_a_folder_that_holds_something(command: Command, tmp_path: Path) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "iets.txt").write_text("van mij")
    said = command("init", tmp_path / "vol")
    assert said.code == 2
    assert os.listdir(tmp_path / "vol") == ["iets.txt"]  # noqa: PTH208


def test_init_inside_a_werkmap_is_refused(command: Command, play: Play) -> None:
    assert command("init", play.root / "nog een").code == 2


def test_the_journal_is_verified(command: Command, lived: Play) -> None:
    import sqlite3  # noqa: PLC0415

    assert command("journal", "verify", *at(lived)).code == 0
    with sqlite3.connect(lived.data / "journaal.sqlite3") as connection:
        connection.execute("update lines set event = 'anders' where seq = 3")
    said = command("journal", "verify", *at(lived))
    assert said.code == 1
    assert "regel 3" in said.out


def test_the_journal_proves_that_every_part_has_its_verdict(command: Command, lived: Play) -> None:
    said = command("journal", "verify", *at(lived))
    assert said.code == 0
    assert "Post: 2. Delen daarin: 5. Oordelen: 5." in said.out
    rows = command("journal", "verify", "--json", *at(lived)).rows
    counted = [int(str(row["parts"])) for row in rows if "verdict" in row]
    (total,) = [row for row in rows if "arrivals" in row]
    assert (total["parts"], total["verdicts"]) == (sum(counted), sum(counted))
    next(lived.place(Place.ARCHIEF).rglob("2026-0001-01*.docx")).unlink()
    said = command("journal", "verify", *at(lived))
    assert said.code == 1
    assert "2026-0001-01" in said.out
    broken = command("journal", "verify", "--json", *at(lived))
    assert broken.code == 1
    assert [row["finding"] for row in broken.rows if "finding" in row] == ["not-in-archive"]


def test_without_a_journal_there_is_nothing_to_verify(command: Command, play: Play, tmp_path: Path) -> None:
    """A wrong data folder is told, not filled; whether it exists or not."""
    (tmp_path / "leeg").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for folder in (tmp_path / "leeg", tmp_path / "bestaat niet"):
        said = command("journal", "verify", "--werkmap", play.root, "--data", folder)
        assert (said.code, said.out) == (2, "")
        assert "geen journaal" in said.err
    assert sorted(tmp_path.rglob("*")) == before


def test_templates_are_checked(command: Command, play: Play) -> None:
    assert command("templates", "check", *at(play)).code == 0
    word(play.place(Place.SJABLONEN, "voorblad.docx"), ("Welkom {{ raadsnaam }}",))
    said = command("templates", "check", "--json", *at(play))
    assert said.code == 1
    assert any("raadsnaam" in str(row["text"]) for row in said.rows)
    assert all(set(row) == {"place", "text"} for row in said.rows)

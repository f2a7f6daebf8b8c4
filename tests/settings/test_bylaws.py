"""reglement.toml: the council's own terms, and what is told when a number is missing."""

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.procedures.terms import Pauses, bylaw_term
from pipeline.settings.bylaws import BylawsFile, bylaw_terms
from pipeline.settings.council import load_council
from pipeline.settings.problems import read_toml, validate
from pipeline.values import Actor, BylawTerm, Kind

RAAD = Path(__file__).parents[2] / "config" / "raad.example.toml"
REST = 'eenheid = "week"\nartikel = "21"\nzonder_schoolvakanties = true\n'


def terms(text: str) -> tuple[BylawTerm, ...]:
    table, problems = read_toml(text, "reglement.toml")
    file, more = validate(BylawsFile, table, "reglement.toml")
    assert problems == more == ()
    assert file is not None
    return bylaw_terms(file)


def problems(folder: Path, text: str) -> list[str]:
    path = folder / "reglement.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_council(RAAD, path)
    return [str(problem) for problem in caught.value.problems]


def test_a_term_starts_on_receipt_unless_the_reglement_says_when_complete() -> None:
    plain, complete = (
        f"[termijn.adviesaanvraag]\nlengte = 6\n{REST}",
        f'[termijn.instemmingsverzoek]\nlengte = 4\nbegint = "volledig"\n{REST}',
    )
    advice, consent = terms(plain + complete)
    assert (advice.starts_when_complete, consent.starts_when_complete) == (False, True)
    assert bylaw_term(advice).event == "de adviesaanvraag is ontvangen"
    assert bylaw_term(consent).event == "het instemmingsverzoek is volledig ontvangen"


def test_a_reglement_may_leave_out_the_summer_only() -> None:
    (advice,) = terms(f"[termijn.adviesaanvraag]\nlengte = 6\nalleen_zomervakantie = true\n{REST}")
    assert bylaw_term(advice).pauses is Pauses.ZOMERVAKANTIE


def test_a_meeting_on_request_binds_both() -> None:
    """WMS 6 lid 1 gives no number; the reglement may."""
    (meeting,) = terms(f"[termijn.overleg]\nlengte = 2\n{REST}")
    term = bylaw_term(meeting)
    assert meeting.kind is Kind.UITNODIGING
    assert (term.id, term.name, term.actor) == (
        "reglement-termijn_overleg",
        "overleg op verzoek",
        Actor.BEIDE,
    )
    assert term.event == "het verzoek om overleg is ontvangen"


@pytest.mark.parametrize(
    ("block", "what"),
    [
        ("adviesaanvraag", "het advies"),
        ("instemmingsverzoek", "de instemming"),
        ("overleg", "een overleg op verzoek"),
    ],
)
@pytest.mark.parametrize("length", ["", "lengte = 0\n", "lengte = -6\n"])
def test_a_block_without_a_number_says_what_to_fill_in(
    tmp_path: Path, block: str, what: str, length: str
) -> None:
    """WMS 24 lid 1 onder g leaves the number to the reglement: none is made up."""
    (told,) = problems(tmp_path, f"[termijn.{block}]\n{length}{REST}")
    assert told.startswith(f"reglement.toml [termijn {block}].lengte: ")
    assert f"Het reglement geeft geen termijn voor {what}: vul hem in" in told


def test_all_faults_of_a_reglement_are_told_at_once(tmp_path: Path) -> None:
    text = f'[termijn.adviesaanvraag]\nbegint = "ooit"\n{REST}[termijn.overleg]\nlengte = "twee"\n{REST}'
    told = problems(tmp_path, text)
    assert len(told) == 3
    assert any("begint" in line and "Kies uit" in line for line in told)
    assert any("[termijn overleg].lengte: Hier hoort een geheel getal" in line for line in told)

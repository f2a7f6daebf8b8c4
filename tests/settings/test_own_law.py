"""wet.toml: what somebody read in the official text raises a fact; every wrong block is told at once."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.classify.citations import CatalogueRight
from pipeline.dates import Unit
from pipeline.errors import SettingsError
from pipeline.procedures.terms import Extension, Status, Term, WarningCode, compute
from pipeline.settings.law import Law, load_law, load_rights
from pipeline.settings.own_law import load_own_law

CONFIG = Path(__file__).parents[2] / "config"
LAW = load_law(CONFIG)
RIGHTS = load_rights(CONFIG)
TODAY = date(2026, 11, 23)
READ = 'gelezen_op = 2026-11-03\ndoor = "M. Voorbeeld"\nbron = "wetten.overheid.nl"\n'


def load(folder: Path, *blocks: str, today: date = TODAY) -> tuple[Law, tuple[CatalogueRight, ...]]:
    path = folder / "wet.toml"
    path.write_text("".join(f"[[gelezen]]\n{block}\n" for block in blocks), encoding="utf-8")
    return load_own_law(path, LAW, RIGHTS, today)


def raised(folder: Path, name: str, *lines: str) -> Term:
    law, _ = load(folder, f'termijn = "{name}"\n{READ}' + "\n".join(lines))
    return law.terms[name]


def problems(folder: Path, *blocks: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, *blocks)
    return [str(problem) for problem in caught.value.problems]


def test_without_the_file_the_law_stays_as_it_is_shipped() -> None:
    assert load_own_law(None, LAW, RIGHTS, TODAY) == (LAW, RIGHTS)


def test_a_paraphrased_term_that_was_read_may_close(tmp_path: Path) -> None:
    """WMS 32 lid 3 is shipped as P; once read it counts as read verbatim, and says by whom."""
    term = raised(tmp_path, "WMS-32-3-nietigheid", 'verlenging = "geldt"')
    assert (term.confidence, term.number_confidence, term.extension_confidence) == ("V", "V", "V")
    assert term.may_close
    assert term.notes[-1] == "Gelezen door M. Voorbeeld op 3 november 2026 (wetten.overheid.nl)."
    found = {warning.code for warning in compute(term, date(2026, 11, 13), LAW.calendar).warnings}
    assert not found & {WarningCode.BRON_NIET_LETTERLIJK, WarningCode.VERLENGING_EIGEN_LEZING}


def test_the_extension_stays_doubted_until_it_was_read_too(tmp_path: Path) -> None:
    assert raised(tmp_path, "WMS-32-3-nietigheid").extension_confidence == "K"


def test_a_term_that_only_warned_runs_once_it_was_read(tmp_path: Path) -> None:
    term = raised(tmp_path, "WMS-32-1-oud", 'verlenging = "geldt niet"')
    assert LAW.terms["WMS-32-1-oud"].only_warns
    assert (term.status, term.only_warns, term.extension) == (Status.KNOWN, False, Extension.NONE)


def test_another_number_is_taken_and_the_old_one_is_told(tmp_path: Path) -> None:
    term = raised(tmp_path, "WMS-32-3-nietigheid", "lengte = 2", 'eenheid = "maand"')
    assert (term.length, term.unit) == (2, Unit.MAAND)
    assert term.notes[-1].endswith("daarbij is 6 weken gewijzigd in 2 maanden.")


def test_a_number_that_was_not_found_can_be_given(tmp_path: Path) -> None:
    """Wmcz 2018 art. 8: shipped without any number."""
    term = raised(tmp_path, "WMCZ-8-nietigheid", "lengte = 3", 'eenheid = "maand"', 'verlenging = "geldt"')
    assert compute(term, date(2026, 9, 1), LAW.calendar).strict == date(2026, 12, 1)
    assert not term.only_warns


def test_a_day_that_was_assumed_stays_doubted_until_the_day_was_read(tmp_path: Path) -> None:
    """WMS 8 lid 2 onder h: the text was read, the 31st of August is an assumption."""
    assert raised(tmp_path, "WMS-8-2-h").only_warns
    term = raised(tmp_path, "WMS-8-2-h", 'dag = "09-30"')
    assert (term.month_day, term.only_warns) == ((9, 30), False)
    assert term.notes[-1].endswith("daarbij is 31 augustus gewijzigd in 30 september.")


def test_a_prompt_that_was_read_is_certain_without_a_number(tmp_path: Path) -> None:
    assert not raised(tmp_path, "WOR-6").only_warns


def test_changes_before_the_day_of_reading_are_read_with_it(tmp_path: Path) -> None:
    """WMS 36 lid 3 was amended in 2017: whoever read it in 2026 read that too."""
    assert LAW.terms["WMS-36-3"].amendments
    assert raised(tmp_path, "WMS-36-3").amendments == ()


def test_a_right_that_was_read_holds_the_words_of_the_law(tmp_path: Path) -> None:
    law, rights = load(tmp_path, f'recht = "WMCZ-8"\ntekst = "De woorden van de wet."\n{READ}')
    before = next(right for right in RIGHTS if right.id == "WMCZ-8")
    after = next(right for right in rights if right.id == "WMCZ-8")
    assert (before.confidence, after.confidence, after.text) == ("K", "V", "De woorden van de wet.")
    assert (before.read_on, after.read_on) == (None, date(2026, 11, 3))
    assert [right for right in rights if right.id != "WMCZ-8"] == [
        right for right in RIGHTS if right.id != "WMCZ-8"
    ]
    assert law == LAW


@pytest.mark.parametrize(
    ("block", "key", "said"),
    [
        (f'termijn = "WMS-34-3"\n{READ}', "termijn", "WMS-34-2"),
        (f'recht = "WMS-11-z9"\ntekst = "x"\n{READ}', "recht", "bestaat niet"),
        (READ, "termijn", "één termijn of één recht"),
        (f'termijn = "WMS-34-2"\nrecht = "WMS-11-n"\ntekst = "x"\n{READ}', "termijn", "niet allebei"),
        (
            'termijn = "WMS-34-2"\n' + READ.replace("2026-11-03", "2026-11-24"),
            "gelezen_op",
            "24 november 2026 ligt in de toekomst",
        ),
        (
            'termijn = "WMS-32-3-nietigheid"\n' + READ.replace("2026-11-03", "2016-12-31"),
            "gelezen_op",
            "geldt pas vanaf 1 januari 2017",
        ),
        (
            'recht = "WMS-11-h1"\ntekst = "x"\n' + READ.replace("2026-11-03", "2016-12-31"),
            "gelezen_op",
            "gold niet op 31 december 2016",
        ),
        (f'termijn = "WMS-34-2"\nlengte = 6\n{READ}', "lengte", "horen bij elkaar"),
        (f'termijn = "WMS-34-2"\nlengte = 90\neenheid = "jaar"\n{READ}', "lengte", "Klopt het getal?"),
        (f'termijn = "WMS-34-2"\nlengte = 66\neenheid = "week"\n{READ}', "lengte", "Klopt het getal?"),
        (f'termijn = "WMS-8-1"\nlengte = 6\neenheid = "week"\n{READ}', "lengte", "hoort geen getal"),
        (f'termijn = "WMS-8-2-b"\nlength = 1\n{READ}', "length", "bestaat niet"),
        (f'termijn = "WMS-8-2-b"\nlengte = 1\neenheid = "week"\n{READ}', "lengte", "gebruik dag"),
        (f'termijn = "WMS-24-1-g"\nlengte = 6\neenheid = "week"\n{READ}', "lengte", "reglement.toml"),
        (f'termijn = "WMCZ-8-nietigheid"\n{READ}', "lengte", "geef ook lengte, eenheid en verlenging"),
        (f'termijn = "WMS-34-2"\ndag = "04-30"\n{READ}', "dag", "geen vaste dag"),
        (f'termijn = "WMS-8-2-b"\ndag = "02-30"\n{READ}', "dag", "bestaat niet"),
        (f'termijn = "WMS-8-2-b"\nverlenging = "geldt"\n{READ}', "verlenging", "kan niet worden verlengd"),
        (f'termijn = "WOR-14-2-g"\nverlenging = "geldt"\n{READ}', "verlenging", "kan niet worden verlengd"),
        (f'termijn = "WMS-34-2"\ntekst = "x"\n{READ}', "tekst", "hoort bij een recht"),
        (f'recht = "WMS-11-n"\n{READ}', "tekst", "woorden van de wet"),
        (f'recht = "WMS-11-n"\ntekst = "x"\nverlenging = "geldt"\n{READ}', "verlenging", "bij een termijn"),
        ('termijn = "WMS-34-2"\n' + READ.replace("door", "wie"), "wie", "bestaat niet"),
    ],
)
def test_a_wrong_block_is_told_with_its_place_and_remedy(
    tmp_path: Path, block: str, key: str, said: str
) -> None:
    found = problems(tmp_path, block)
    assert any(line.startswith(f"wet.toml [gelezen 1].{key}: ") and said in line for line in found)


def test_all_wrong_blocks_are_told_at_once(tmp_path: Path) -> None:
    good = f'termijn = "WMS-34-2"\n{READ}'
    found = problems(tmp_path, good, good, f'termijn = "WMS-99"\n{READ}', f'recht = "WMS-11-n"\n{READ}')
    assert [line.split(":")[0] for line in found] == [
        "wet.toml [gelezen 2].termijn",
        "wet.toml [gelezen 3].termijn",
        "wet.toml [gelezen 4].tekst",
    ]


def test_the_example_holds_when_its_hashes_are_taken_away(tmp_path: Path) -> None:
    text = (CONFIG / "wet.example.toml").read_text("utf-8")
    start = text.index("# [[gelezen]]")
    path = tmp_path / "wet.toml"
    path.write_text(
        text[:start] + text[start:].replace("\n# ", "\n")[2:].replace("Bij een", "# Bij een"), "utf-8"
    )
    law, rights = load_own_law(path, LAW, RIGHTS, TODAY)
    assert law.terms["WMS-32-3-nietigheid"].may_close
    assert next(right for right in rights if right.id == "WMS-11-h1").confidence == "V"

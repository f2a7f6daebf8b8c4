"""The checklist as config/law/checklist.yaml gives it."""

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings.checklist import load_checklist
from pipeline.settings.law import load_rights
from pipeline.toetsing.checklist import Severity

CONFIG = Path(__file__).parents[2] / "config"
WHOLE = (CONFIG / "law" / "checklist.yaml").read_text(encoding="utf-8")


def problems_of(tmp_path: Path, text: str | None) -> tuple[str, ...]:
    (tmp_path / "law").mkdir(exist_ok=True)
    if text is not None:
        (tmp_path / "law" / "checklist.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_checklist(tmp_path)
    return tuple(str(problem) for problem in caught.value.problems)


def test_every_point_of_the_law_stands_in_its_list() -> None:
    """WMS 18 points and 6 of custom; WOR 25 nine, WOR 27 six, WOR 30 two."""
    lists = {one.id: [item.id for item in one.items] for one in load_checklist(CONFIG).lists}
    assert lists == {
        "wms": [*(f"W{number}" for number in range(1, 19)), *(f"G{number}" for number in range(1, 7))],
        "wor_30": ["B1", "B2"],
        "wor_25": [f"O{number}" for number in range(1, 10)],
        "wor_27": [f"I{number}" for number in range(1, 7)],
    }


def test_wor_27_lid_2_asks_no_measures_and_wor_25_lid_3_does() -> None:
    lines = {one.id: " ".join(item.missing for item in one.items) for one in load_checklist(CONFIG).lists}
    assert "maatregelen" in lines["wor_25"]
    assert "maatregelen" not in lines["wor_27"]


def test_every_right_that_a_point_belongs_to_stands_in_the_catalogue() -> None:
    known = {right.id for right in load_rights(CONFIG)}
    lists = load_checklist(CONFIG).lists
    named = {name for one in lists for item in one.items for name in item.only.rights}
    named |= {name for one in lists for name in one.rights}
    assert len(named) == 15
    assert named <= known


def test_only_points_of_the_law_are_asked_for_in_a_letter() -> None:
    items = [item for one in load_checklist(CONFIG).lists for item in one.items]
    assert {item.severity for item in items if item.missing} == {Severity.WETTELIJK}


@pytest.mark.parametrize("name", ["W5", "W6", "W7"])
def test_for_the_whole_council_8_lid_6_is_our_own_reading_of_8_lid_1(name: str) -> None:
    """WMS 8 lid 6 speaks of a voorstel to a geleding; confidence K for the whole council."""
    items = {item.id: item for one in load_checklist(CONFIG).lists for item in one.items}
    whole = items[name].whole_council
    assert whole is not None
    assert (items[name].confidence, whole.confidence) == ("V", "K")
    assert whole.basis.startswith("eigen lezing van WMS 8 lid 1")


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('    basis: "WMS 18"\n', "", "W18", "ontbreekt"),
        ('    basis: "WMS 18"\n', '    basis: "WMS 18"\n    bassis: x\n', "W18", "bestaat niet"),
        ("  - id: W18\n", "  - id: W17\n", "W17", "2 keer"),
        ("  - id: I6\n", "  - id: W1\n", "W1", "2 keer"),
        ('"te nemen besluit"', '"te nemen besluit ("', "W1", "klopt niet"),
        ('"te nemen besluit"', '"{gemeente} besluit"', "W1", "klopt niet"),
        ("    check: op_tijd\n", "    check: optijd\n", "W8", "niet toegestaan"),
        ("gevolgen voor {groepen}", "gevolgen", "W6", "{groepen}"),
        ('missing: "de fusie-effectrapportage"', 'missing: "voor {groepen}"', "W14", "{groepen}"),
        ("  regimes: [wor]\n  kinds: [instem", "  regimes: [wob]\n  kinds: [instem", "wor_27", "toegestaan"),
        ("not_read:\n- regime: wmcz\n", "not_read:\n- regim: wmcz\n", "regim", "bestaat niet"),
        ("secrecy:\n", "geheim:\n", "secrecy", "ontbreekt"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    assert old in WHOLE
    found = problems_of(tmp_path, WHOLE.replace(old, new, 1))
    assert any(place in one and words in one for one in found), found


def test_a_point_that_nothing_can_find_is_a_mistake(tmp_path: Path) -> None:
    old = 'found: ["(fusie-effectrapportage|fusie effectrapportage|fusie-effect-rapportage|fer)"]'
    assert old in WHOLE
    (found,) = problems_of(tmp_path, WHOLE.replace(f"    {old}\n", "", 1))
    assert "W14" in found
    assert "nooit gevonden" in found


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = WHOLE.replace('    basis: "WMS 18"\n', "").replace("  - id: I6\n", "  - id: I5\n")
    text = text.replace('"te nemen besluit"', '"te nemen besluit ("', 1)
    found = " | ".join(problems_of(tmp_path, text))
    assert all(part in found for part in ("W18", "I5", "klopt niet"))


@pytest.mark.parametrize("text", [None, "", "wms: [", "- wms"])
def test_a_missing_or_broken_file_is_said_plainly(tmp_path: Path, text: str | None) -> None:
    found = problems_of(tmp_path, text)
    assert any("checklist.yaml" in one for one in found)

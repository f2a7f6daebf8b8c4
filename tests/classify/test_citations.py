"""Citations: every written form means one right; an article of another text means none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classify.citations import Citation, CitationState, find_citations
from pipeline.settings.law import load_rights

RIGHTS = load_rights(Path(__file__).parents[2] / "config")


def find(text: str) -> tuple[Citation, ...]:
    return find_citations(text, RIGHTS)


def ids(text: str) -> list[str]:
    return [found.right.id for found in find(text) if found.right]


@pytest.mark.parametrize(
    "text",
    [
        "artikel 11, aanhef en onder n, WMS",
        "artikel 11 lid 1 onder n van de Wms",
        "adviesrecht vlg art 11 lid 1n WMS",
        "art. 11n WMS",
        "artikel 11, eerste lid, onderdeel n, van de Wet medezeggenschap op scholen",
        "(artikel 11, lid 1, sub n WMS)",
        "art. 11.1.n WMS",
        "art.11 sub n WMS",
        "artikel 11 letter n van de WMS",
        "artikel 11 lid 1 (n) WMS",
        "artikel 11 n van de WMS",
        "onderdeel n van artikel 11 WMS",
        "artikel 11 van de WMS, onder n",
        "WMS art. 11, onder n",
        "de Wet medezeggenschap op scholen (WMS), artikel 11 onder n",
        "WMS 11 n",
        "ARTIKEL 11 ONDER N WMS",
        "artikel 11,\naanhef en\nonder n, WMS",
    ],
)
def test_all_forms_mean_one_right(text: str) -> None:
    """WMS 11 onder n: nieuwbouw or verbouwing."""
    assert ids(f"Wij vragen uw advies op grond van {text}.") == ["WMS-11-n"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("artikel 25 lid 1 sub e WOR", ["WOR-25-e"]),
        ("art. 25.1.e WOR", ["WOR-25-e"]),
        ("artikel 27, eerste lid, aanhef en onder d van de Wet op de ondernemingsraden", ["WOR-27-d"]),
        ("artikel 27 lid 1k WOR", ["WOR-27-k"]),
        ("WOR 27.1.k", ["WOR-27-k"]),
        ("artikel 30 WOR", ["WOR-30"]),
        ("artikel 14, tweede lid, onderdeel c, WMS", ["WMS-14-2-c"]),
        ("het derde lid, onderdeel c, van artikel 14 van de WMS", ["WMS-14-3-c"]),
        ("artikel 16 lid 3 WMS", ["WMS-16-3"]),
        ("artikel 12 lid 2 WMS", ["WMS-12-2"]),
        ("artikel 23 lid 2 WMS", ["WMS-23-2"]),
        ("artikel 14a WMS", ["WMS-14a"]),
        ("artikel 7 Wmcz 2018", ["WMCZ-7"]),
        ("artikel 10 onder b en h WMS", ["WMS-10-b", "WMS-10-h"]),
        ("artikel 12 lid 1 onder b, h en i WMS", ["WMS-12-b", "WMS-12-h", "WMS-12-i"]),
        ("artikel 25 lid 1 onder a t/m d WOR", ["WOR-25-a", "WOR-25-b", "WOR-25-c", "WOR-25-d"]),
        ("artikelen 10b, 11f en 12h WMS", ["WMS-10-b", "WMS-11-f", "WMS-12-h"]),
        ("artikel 10 onder b en artikel 11 onder f WMS", ["WMS-10-b", "WMS-11-f"]),
        ("artikel 10 onder b WMS en artikel 11 onder f", ["WMS-10-b", "WMS-11-f"]),
        ("artikel 27 lid 1 onder d jo. artikel 25 lid 1 onder e WOR", ["WOR-27-d", "WOR-25-e"]),
        ("artikel 10 onder b van de wet. De WMS schrijft dat voor.", ["WMS-10-b"]),
    ],
)
def test_other_rights_and_lists(text: str, expected: list[str]) -> None:
    """Articles of three laws, with leden, lists, ranges and articles in a row."""
    assert ids(text) == expected


def test_h1_is_an_onderdeel_of_its_own() -> None:
    """WMS 11 onder h1 (bestuurders) is not onderdeel h (schoolleiding) with lid 1."""
    for text in ("artikel 11 onder h1 WMS", "11 h1 WMS", "WMS art. 11h1", "artikel 11, lid 1, onder h1, WMS"):
        assert ids(text) == ["WMS-11-h1"], text
    for text in ("artikel 11 lid 1 onder h WMS", "artikel 11h WMS"):
        assert ids(text) == ["WMS-11-h"], text


@pytest.mark.parametrize(
    "text",
    [
        "artikel 12 van het medezeggenschapsreglement",
        "artikel 12 lid 1 onder b van ons reglement",
        "art. 10 van het huishoudelijk reglement",
        "artikel 11 onder n van het medezeggenschapsstatuut",
        "artikel 21 lid 2 van de statuten",
        "artikel 10 cao po",
        "de cao VO, artikel 12 lid 1 onder b",
        "Zoals in het reglement staat in artikel 12 lid 1 onder b",
        "artikel 25 lid 1 onder e van de Awb",
        "artikel 27 AVG",
        "artikel 10 onder b van de Wet op het primair onderwijs",
        "artikel 12 van het GMR-reglement; de WMS geldt ook",
        "Op 11 november komen 12 leden, 10 ouders en 25 leerlingen bijeen; zie de WMS.",
        "vergaderstuk 11a en 12b over de WOR-scholing",
    ],
)
def test_an_article_of_another_text_is_no_hit(text: str) -> None:
    """The reglement's, statuut's, cao's or another law's article is never the law's."""
    assert ids(text) == []
    assert [found for found in find(text) if found.state is CitationState.GEVONDEN] == []


def test_law_and_reglement_side_by_side() -> None:
    text = "Op grond van artikel 12 lid 1 onder b van de WMS en artikel 12 van het reglement vragen wij dit."
    assert ids(text) == ["WMS-12-b"]
    assert len(find(text)) == 1


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("artikel 11, eerste lid, onderdeel n", CitationState.ONZEKER),
        ("art. 11a WMS", CitationState.ONZEKER),
        ("artikel 14c WMS", CitationState.ONZEKER),
        ("artikel 25 WOR", CitationState.ALLEEN_ARTIKEL),
        ("artikel 16 lid 2 WMS", CitationState.ALLEEN_ARTIKEL),
        ("artikel 8 lid 2 onder b WMS", CitationState.GEEN_RECHT),
        ("artikel 31a WOR", CitationState.GEEN_RECHT),
        ("artikel 11 onder z WMS", CitationState.BESTAAT_NIET),
        ("artikel 13 lid 1 onder q WMS", CitationState.BESTAAT_NIET),
    ],
)
def test_what_is_not_one_right_says_so(text: str, state: CitationState) -> None:
    """No right is given, and a Dutch sentence says what is the matter."""
    (found,) = find(text)
    assert found.state is state
    assert found.right is None
    assert found.explain()


def test_without_a_law_the_regime_suggests_and_nothing_more() -> None:
    """``artikel 12`` without WMS beside it may be the reglement's: the hit stays uncertain."""
    (found,) = find_citations("Wij vragen instemming (artikel 12 lid 1 onder b).", RIGHTS, default_law="WMS")
    assert (found.state, found.law) == (CitationState.ONZEKER, "WMS")
    assert [right.id for right in found.options] == ["WMS-12-b"]


def test_an_uncertain_article_names_its_options() -> None:
    """``11a`` is the article on the OPR, or onderdeel a (lesrooster)."""
    (found,) = find("art. 11a WMS")
    assert {right.id for right in found.options} == {"WMS-11a", "WMS-11-a"}


def test_the_sentence_goes_with_the_hit() -> None:
    """Evidence for the secretary: the sentence, one line, not its neighbours."""
    text = (
        "Geachte raad.\n\nWij leggen u het plan voor, conform art. 10 onder b\nvan de WMS. Graag horen wij u."
    )
    (found,) = find(text)
    assert found.sentence == "Wij leggen u het plan voor, conform art. 10 onder b van de WMS."


def test_the_same_article_twice_is_one_citation() -> None:
    """A certain hit wins from an uncertain one of the same article."""
    text = (
        "Betreft artikel 11 onder f. Dit is artikel 11 onder f van de WMS. Nogmaals: artikel 11 onder f WMS."
    )
    assert ids(text) == ["WMS-11-f"]
    assert len(find(text)) == 1


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: right.id)
def test_every_right_is_found_by_its_own_citation(right: object) -> None:
    """Written out in full, each of the catalogue's rights is found back."""
    assert hasattr(right, "law")
    parts = [f"artikel {right.article}"]
    parts += [f"lid {right.lid}"] if right.lid else []
    parts += [f"onder {right.onderdeel}"] if right.onderdeel else []
    found = find(f"Dit berust op {', '.join(parts)}, {right.law}.")
    options = [option.id for citation in found for option in citation.options]
    assert right.id in options
    assert len(found) == 1
    if right.id != "WMS-11a":
        assert found[0].right == right.as_right()


@given(st.text(alphabet=st.sampled_from("artikel 11.,()\n onderWMSWORlidbenjo/"), max_size=200))
def test_no_text_crashes_the_parser(text: str) -> None:
    """Every hit carries its sentence and lies inside the text."""
    for found in find(text):
        assert len(found.sentence) <= 240
        assert text[found.start].isdigit()

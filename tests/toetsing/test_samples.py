"""The sample requests, held against the law, beside what a jurist ticked by hand before the check was run.

``G`` found, ``N`` not found, ``Z`` for a person to judge; a point of the law that is not named is not
asked. Where the check is more careful than the jurist, that stands in ``DEVIATIONS``.
"""

from datetime import date
from functools import cache

import pytest
from test_examine import PAPERS, SAMPLES, bench_of, expectation, named, of_sample

from pipeline.classify.citations import CatalogueRight, CitationState, find_citations
from pipeline.edges import shipped
from pipeline.settings.checklist import load_checklist
from pipeline.toetsing.case import Assessment, FindingState, RequestCase
from pipeline.toetsing.checklist import Checklist, RightFacts, Severity
from pipeline.toetsing.plan import check_request
from pipeline.values import Document, Kind

LETTERS = {
    FindingState.GEVONDEN: "G",
    FindingState.NIET_GEVONDEN: "N",
    FindingState.ZELF_BEOORDELEN: "Z",
}
RECEIVED = date(2026, 11, 16)
KINDS = ("adviesaanvraag", "instemmingsverzoek")
REQUESTS = [
    (paper.name, part["part"])
    for paper in PAPERS
    if paper.name.startswith(KINDS)
    for part in expectation(paper)["parts"]
    if part["kind"] in KINDS
]
COUNCILS = {
    "adviesaanvraag-04-wor-logistiek.docx": ("wor", "or"),
    "adviesaanvraag-05-clientenraad-maaltijden.html": ("wmcz", "clientenraad"),
    "adviesaanvraag-08-po-schooltijden.txt": ("wms-po", "mr"),
    "adviesaanvraag-11-gmr-ocr-fusie.txt": ("wms-po", "gmr"),
    "adviesaanvraag-14-langdradig-bovenschools.pdf": ("wms-po", "gmr"),
    "adviesaanvraag-15-formulier.docx": ("wor", "or"),
    "instemmingsverzoek-04-wor-personeelsvolgsysteem.pdf": ("wor", "or"),
    "instemmingsverzoek-07-goedkeuring-schoolplan.txt": ("wms-po", "mr"),
    "instemmingsverzoek-10-mbo-werktijden.txt": ("wor", "or"),
}
"""Regime and organ where they are not those of the CMR; every letter is held as if nothing came with it."""

BY_HAND = {
    "adviesaanvraag-01-begroting-2027.eml": "W1G W2G W3G W5G W6G W7G W8Z W9G W10N W11N W18Z",
    "adviesaanvraag-02-lessentabel.eml": "W1G W2G W3G W5G W6G W7Z W8Z W9G W10Z W18Z",
    "adviesaanvraag-03-slordig-parkeren.eml": "W1Z W2N W3Z W5Z W6N W7N W8Z W9N W10Z W18Z",
    "adviesaanvraag-04-wor-logistiek.docx": "O1G O2Z O3G O4G O5G O6G O7Z",
    "adviesaanvraag-06-doorgestuurd-rector.eml": "W1G W2G W3G W5Z W6N W7N W8Z W9N W10Z W18Z",
    "adviesaanvraag-07-vreemde-afzender.eml": "W1G W2G W3G W5N W6N W7N W8Z W9N W10Z W13Z W18Z",
    "adviesaanvraag-08-po-schooltijden.txt": "W1G W2N W3G W5N W6N W7N W8Z W9N W10Z W18Z",
    "adviesaanvraag-11-gmr-ocr-fusie.txt": "W1G W2Z W3G W5G W6G W7N W8Z W9N W10N W14G W18Z",
    "adviesaanvraag-13-dubbel-leeg-versleuteld.eml": "W1G W2G W3G W5N W6G W7N W8Z W9N W10Z W13Z W18Z",
    "adviesaanvraag-14-langdradig-bovenschools.pdf": "W1G W2Z W3G W5G W6G W7G W8Z W9G W10N W18Z",
    "adviesaanvraag-15-formulier.docx": "O1Z O2Z O3Z O4G O5N O6N O7Z",
    "instemmingsverzoek-01-formatieplan.docx": "W1G W2G W3G W4G W5G W6N W7G W10Z W18Z",
    "instemmingsverzoek-03-verzuimprotocol.eml": "W1Z W2G W3G W4N W5G W6N W7N W10Z W18Z",
    "instemmingsverzoek-04-wor-personeelsvolgsysteem.pdf": "I1G I2G I3Z I4G I5Z I6Z",
    "instemmingsverzoek-05-personeel-en-ouders.eml": "W1G W2G W3G W4N W5N W6N W7N W10Z W18Z",
    "instemmingsverzoek-06-klachtenregeling.eml": "W1G W2G W3G W5G W6G W7N W10N W18Z",
    "instemmingsverzoek-08-ouderbijdrage-latin1.eml": "W1G W2Z W3G W4Z W5Z W6N W7N W10Z W18Z",
    "instemmingsverzoek-09-statuut.eml": "W1G W2G W3G W5N W6N W7N W10Z W17G W18Z",
    "instemmingsverzoek-10-mbo-werktijden.txt": "I1Z I2G I3G I4N I5Z I6Z",
    "instemmingsverzoek-11-mail-als-bijlage.eml": "W1G W2G W3G W4N W5N W6N W7Z W10Z W18Z",
}

DEVIATIONS = {
    # "voorgenornen" and "bij lage": words that a scan broke
    "adviesaanvraag-11-gmr-ocr-fusie.txt": {"W1Z", "W10Z"},
    # two pages of reasons and measures without the words for them
    "adviesaanvraag-14-langdradig-bovenschools.pdf": {"W5Z", "W7Z"},
    # "niets aan de begeleiding": a measure by its word, not by its meaning
    "instemmingsverzoek-03-verzuimprotocol.eml": {"W7Z"},
    # what the data are meant for is perhaps the reason
    "instemmingsverzoek-04-wor-personeelsvolgsysteem.pdf": {"I2Z"},
    # "omdat" gives the reason of a consequence, not of the plan
    "instemmingsverzoek-05-personeel-en-ouders.eml": {"W5Z"},
}
"""Every one of them leaves to a person what the jurist decided; none finds what is not there."""


@cache
def checklist() -> Checklist:
    return load_checklist(shipped.config_folder())


def facts_of(one: CatalogueRight) -> RightFacts:
    parts = [
        f"artikel {one.article}",
        one.lid and f"lid {one.lid}",
        one.onderdeel and f"onder {one.onderdeel}",
    ]
    return RightFacts(
        id=one.id,
        law=one.law,
        article=" ".join(part for part in parts if part),
        right=one.right,
        organ=one.organ,
        geleding=one.geleding,
        label=one.label,
        text=one.text,
        keywords=one.keywords,
        sectors=one.sectors,
        later=one.later,
    )


def held(name: str, part: str) -> Assessment:
    rights = bench_of(None).rights
    document: Document = named(of_sample(SAMPLES / name), part).document
    assert document.reading is not None
    text = document.reading.text
    citations = find_citations(text, rights)
    regime, organ = COUNCILS.get(name, ("wms-vo", "cmr"))
    case = RequestCase(
        text=text,
        kind=Kind(next(one["kind"] for one in expectation(SAMPLES / name)["parts"] if one["part"] == part)),
        regime=regime,
        organ=organ,
        cited=tuple(
            facts_of(one) for c in citations if c.state is CitationState.GEVONDEN for one in c.options
        ),
        possible=tuple(
            facts_of(one) for c in citations if c.state is CitationState.ALLEEN_ARTIKEL for one in c.options
        ),
        facts=document.facts,
        received=document.facts.document_date or RECEIVED,
    )
    return check_request(case, checklist(), tuple(facts_of(one) for one in rights))


def ticks(assessment: Assessment) -> set[str]:
    return {
        f"{one.item}{LETTERS[one.state]}"
        for one in assessment.findings
        if one.severity is Severity.WETTELIJK and one.state in LETTERS
    }


@pytest.mark.parametrize(("name", "part"), REQUESTS, ids=lambda value: value[:40])
def test_every_point_of_the_law_gets_a_finding(name: str, part: str) -> None:
    """One finding per point of the list that was used, in its order; never a refusal."""
    assessment = held(name, part)
    used = next((one for one in checklist().lists if one.title == assessment.title), None)
    assert [one.item for one in assessment.findings] == [item.id for item in used.items] if used else True
    assert (used is None) == (COUNCILS.get(name, ("", ""))[0] == "wmcz")
    assert all(len(one.sentence) <= 240 for one in assessment.findings)
    assert assessment.conclusions


@pytest.mark.parametrize("name", BY_HAND)
def test_a_sample_is_held_as_a_jurist_would(name: str) -> None:
    (part,) = (part for paper, part in REQUESTS if paper == name)
    expected = set(BY_HAND[name].split())
    deviations = {tick.rstrip("GNZ"): tick for tick in DEVIATIONS.get(name, set())}
    assert ticks(held(name, part)) == {deviations.get(tick.rstrip("GNZ"), tick) for tick in expected}


def test_every_deviation_only_leaves_more_to_a_person() -> None:
    assert {tick[-1] for deviations in DEVIATIONS.values() for tick in deviations} == {"Z"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("adviesaanvraag-08-po-schooltijden.txt", "wijzen op artikel 13 lid 1 onder f WMS"),
        ("adviesaanvraag-11-gmr-ocr-fusie.txt", "wijzen op artikel 10 onder h WMS"),
        ("instemmingsverzoek-08-ouderbijdrage-latin1.eml", "geldt niet voor de CMR"),
        ("adviesaanvraag-05-clientenraad-maaltijden.html", "Wmcz 2018"),
    ],
)
def test_what_is_odd_about_the_right_is_said(name: str, words: str) -> None:
    """Tussenschoolse opvang and fusie are rights of consent; WMS 13 is not for secondary schools."""
    (part,) = (part for paper, part in REQUESTS if paper == name)
    assert words in " ".join(held(name, part).conclusions)


@pytest.mark.parametrize(
    ("name", "said", "silent"),
    [
        ("adviesaanvraag-04-wor-logistiek.docx", "tot het moment van bekendmaking", "voor wie"),
        ("adviesaanvraag-06-doorgestuurd-rector.eml", "het stuk", "hoe lang, voor wie"),
    ],
)
def test_secrecy_in_a_sample_is_quoted(name: str, said: str, silent: str) -> None:
    (part,) = (part for paper, part in REQUESTS if paper == name)
    (flag,) = held(name, part).flags
    assert said in flag
    assert f"Het zegt niet: {silent}." in flag

"""The sample papers are complete: each has its expectation, and each kind has its samples."""

import json
from collections import Counter
from datetime import date
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from pipeline.values import Kind, PartVerdict, StartsProcedure

SAMPLES = Path(__file__).parent / "samples"
SUFFIX = ".expected.json"
PAPERS = sorted(p for p in SAMPLES.iterdir() if not p.name.endswith((SUFFIX, ".md")))
REQUIRED_KEYS = {"part", "verdict", "kind", "must_review"}
OPTIONAL_KEYS = {"starts_procedure", "document_date", "answer_date", "subject", "follows"}
WITH_KIND = {PartVerdict.PAPER, PartVerdict.BODY_IS_LETTER}


def expectation(paper: Path) -> dict[str, Any]:
    return json.loads(paper.with_name(paper.name + SUFFIX).read_text(encoding="utf-8"))


def expected_parts() -> list[dict[str, Any]]:
    return [part for paper in PAPERS for part in expectation(paper)["parts"]]


def numbers_within(message: Message, prefix: str = "") -> set[str]:
    children = message.get_payload() if message.is_multipart() else []
    found = set()
    for index, child in enumerate(children, start=1):
        found |= {f"{prefix}{index}"} | numbers_within(child, f"{prefix}{index}.")
    return found


def test_every_sample_has_an_expectation_and_the_other_way_round() -> None:
    expectations = {p.name.removesuffix(SUFFIX) for p in SAMPLES.glob(f"*{SUFFIX}")}
    assert {p.name for p in PAPERS} == expectations


def test_there_are_at_least_sixty_samples() -> None:
    assert len(PAPERS) >= 60


def test_the_readme_counts_the_papers_per_kind() -> None:
    counts = Counter(part["kind"] for part in expected_parts())
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [kind for kind in Kind if f"| {kind} | {counts[kind.value]} |" not in readme] == []


def test_every_kind_is_expected_in_at_least_two_samples() -> None:
    counts = Counter(part["kind"] for part in expected_parts())
    assert [kind for kind in Kind if counts[kind.value] < 2] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.name)
def test_the_name_starts_with_a_kind(paper: Path) -> None:
    assert paper.name.split("-")[0] in set(Kind)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.name)
def test_the_expectation_has_the_documented_form(paper: Path) -> None:
    expected = expectation(paper)
    assert set(expected) == {"council", "parts", "why"}
    assert isinstance(expected["council"], bool)
    assert expected["why"].strip()
    assert expected["parts"]
    for part in expected["parts"]:
        assert set(part) >= REQUIRED_KEYS
        assert set(part) <= REQUIRED_KEYS | OPTIONAL_KEYS
        assert part["must_review"] in (True, False, None)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.name)
def test_expected_values_are_legal(paper: Path) -> None:
    for part in expectation(paper)["parts"]:
        verdict = PartVerdict(part["verdict"])
        assert (part["kind"] is not None) == (verdict in WITH_KIND)
        if part["kind"] is not None:
            Kind(part["kind"])
        if "starts_procedure" in part:
            StartsProcedure(part["starts_procedure"])
        for key in ("document_date", "answer_date"):
            if part.get(key) is not None:
                date.fromisoformat(part[key])
        assert part.get("follows", "advies") in ("advies", "instemming")


@pytest.mark.parametrize("paper", [p for p in PAPERS if p.suffix == ".eml"], ids=lambda p: p.name)
def test_every_mail_parses_and_holds_the_named_parts(paper: Path) -> None:
    """A mail may be broken, but it has a body, and every file the expectation names is in it."""
    message = message_from_bytes(paper.read_bytes(), policy=policy.default)
    present = {"body"} | {part.get_filename() for part in message.walk()} | numbers_within(message)
    assert message["From"]
    assert {part["part"] for part in expectation(paper)["parts"]} <= present


@pytest.mark.parametrize("paper", [p for p in PAPERS if p.suffix != ".eml"], ids=lambda p: p.name)
def test_a_plain_file_is_its_own_only_part(paper: Path) -> None:
    assert [part["part"] for part in expectation(paper)["parts"]] == [paper.name]

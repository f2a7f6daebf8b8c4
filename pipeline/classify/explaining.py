"""Tell in Dutch by which words something learned recognises a paper, and where they stand. Pure."""

import re
from collections.abc import Iterator

from pipeline.classify.features import NUMBER
from pipeline.classify.page import Page
from pipeline.classify.rules import shown
from pipeline.folding import Zone
from pipeline.values import Evidence, Opinion, Term


def learned_evidence(opinion: Opinion, page: Page) -> Iterator[Evidence]:
    """Name the words that spoke most for the likeliest kind, each with the sentence it stands in.

    Words that are not found again, as those with a number in them, are passed over.
    """
    for term in opinion.terms:
        titles = (page.title, page.subject, page.file_name)
        places = (_place(term, zone) for zone in (titles if term.in_title else (page.body,)))
        found = next((place for place in places if place), None)
        if found is not None:
            zone, match = found
            cue = f"komt vaak voor in zulke stukken: \u201c{shown(zone, match)}\u201d"
            yield Evidence(cue=cue, sentence=zone.sentence_at(*match.span()), weight=term.weight)


def _place(term: Term, zone: Zone) -> tuple[Zone, re.Match[str]] | None:
    if NUMBER in term.words:
        return None
    words = r"\W{1,5}".join(map(re.escape, term.words.split()))
    match = re.search(rf"(?<!\w){words}(?!\w)", zone.folded)
    return (zone, match) if match else None

"""Classify, decided: direction first, then trust, then cues, then whether a person must look.

Pure: a paper and the rules go in, a verdict comes out. The order is fixed: who speaks
(``direction.py``), what the cues say (``rules.py``), what speaks against deciding without a
person (``chain.py``). What was learned (``model.py``) gives the probability and may contradict; by itself
it files only what it has no doubt of and what starts nothing. The doubts stay the last word.
"""

import math
from dataclasses import replace

from pipeline.classify.case import ANNEX, Case, Paper, is_ample
from pipeline.classify.chain import CAUTIONS, DOUBTS, has_too_little_text
from pipeline.classify.direction import Direction, Speaker, find_speaker
from pipeline.classify.explaining import learned_evidence
from pipeline.classify.features import features_of
from pipeline.classify.model import opinion_of
from pipeline.classify.page import Page, read_page
from pipeline.classify.regime import find_regime
from pipeline.classify.rules import KindRule, KindRules, Score, Writer, score_kinds
from pipeline.classify.shape import is_in_articles, shape_of
from pipeline.classify.stage import is_reminder
from pipeline.values import (
    ASKED,
    Classified,
    Evidence,
    Held,
    Judgement,
    Kind,
    Model,
    Opinion,
    SenderRole,
    StartsProcedure,
    Verdict,
)

__all__ = ["Paper", "judge", "rank"]

_TOO_LITTLE = "Er staat te weinig leesbare tekst in het stuk om het te beoordelen."
_FLOOR = 1.0
_HALVING = 1.5
_MOST_CONFIDENT = 0.99
_STRONG_ACT = 4.0
_TOPIC_SHARE = 0.35
_WRONG_SIDE = -7.0
_RIGHT_SIDE = 1.0
_BULK_NEWS, _BULK_ALONE = 5.0, 2.0
_BULK_REQUEST = -6.0
_NO_GREETING = -6.0
_COMPLAINT_TO_NOBODY = -3.0
_IN_ARTICLES = -4.0
_DOCUMENT_AS_LETTER = -3.0
_GROUND = 1.5
_CLAIM = 2.0
_CLAIM_ON_ANNEX = 1.5
_FROM_CONSTITUENCY = 2.0
_PLAIN_LETTER = 2.0
_ANNEX = 3.0
_MOST_EVIDENCE = 12
_BY_SENDER = {
    (Kind.KLACHT_OF_BRIEF_ACHTERBAN, SenderRole.BEVOEGD_GEZAG): -4.0,
    (Kind.KLACHT_OF_BRIEF_ACHTERBAN, SenderRole.RAAD): -4.0,
    (Kind.ADVIES_OF_INSTEMMING_RAAD, SenderRole.BEVOEGD_GEZAG): -3.0,
    (Kind.ADVIES_OF_INSTEMMING_RAAD, SenderRole.BEKEND): -6.0,
    (Kind.INITIATIEFVOORSTEL, SenderRole.BEKEND): -4.0,
    (Kind.BESLUIT_NA_ADVIES, SenderRole.BEKEND): -4.0,
    (Kind.BESLUIT_NA_ADVIES, SenderRole.ONBEKEND): -2.0,
    (Kind.REACTIE_INITIATIEF, SenderRole.BEKEND): -4.0,
    (Kind.INFORMATIEVERSTREKKING, SenderRole.BEKEND): -4.0,
    (Kind.INFORMATIEVERSTREKKING, SenderRole.ONBEKEND): -2.0,
}
"""What it says of a kind that a paper comes from this sender."""
_SENDERS = {
    SenderRole.BEVOEGD_GEZAG: "bevoegd gezag",
    SenderRole.RAAD: "de raad zelf",
    SenderRole.BEKEND: "een bekende buitenstaander",
    SenderRole.ONBEKEND: "een onbekende",
}


def judge(paper: Paper, kinds: KindRules, model: Model | None = None) -> Verdict:
    """Say what a paper is, or that a person must.

    Args:
        paper: The paper with everything the judgement may rest on.
        kinds: All kinds, from ``config/soorten.yaml``.
        model: What was learned; None: the cues alone must tell.

    Returns:
        ``Classified`` when no doubt was found, else ``Held`` with the best guess and the doubts
        in Dutch. A paper without enough text has no guess.
    """
    if has_too_little_text(paper.text):
        return Held(judgement=None, reasons=(_TOO_LITTLE,))
    page, speaker, ranked = look(paper, kinds)
    learned = None if _is_plain_annex(page, ranked) else model
    opinion = opinion_of(learned, features_of(paper, page, speaker, ranked)) if learned else None
    ranked = weighed(ranked, opinion)
    case = Case(
        paper=paper,
        page=page,
        speaker=speaker,
        ranked=ranked,
        confidence=opinion.chances[ranked[0].rule.kind] if opinion else confidence_of(ranked),
        opinion=opinion,
    )
    doubts = {doubt: reason for doubt in DOUBTS if (reason := doubt(case))}
    judgement = _judgement(case, held=bool(doubts))
    if not doubts:
        return Classified(judgement=judgement)
    cautions = dict.fromkeys(CAUTIONS[doubt] for doubt in doubts if doubt in CAUTIONS)
    return Held(judgement=judgement, reasons=tuple(doubts.values()), cautions=tuple(cautions))


def look(paper: Paper, kinds: KindRules) -> tuple[Page, Speaker, tuple[Score, ...]]:
    """Give all that is seen of a paper: its zones, who speaks, and all kinds, best first."""
    page = read_page(paper.text, paper.subject, paper.file_name)
    speaker = find_speaker(page, paper.facts, paper.sender_role, paper.council)
    return page, speaker, rank(paper, page, speaker, kinds)


def weighed(ranked: tuple[Score, ...], opinion: Opinion | None) -> tuple[Score, ...]:
    """Let what was learned guess first: it has weighed the cues too, with everything else.

    Only many cues that all name one kind come before it; a person looks then.
    """
    if opinion is None or is_ample(ranked):
        return ranked
    guess = next(score for score in ranked if score.rule.kind is opinion.best)
    return (guess, *(score for score in ranked if score is not guess))


def rank(paper: Paper, page: Page, speaker: Speaker, kinds: KindRules) -> tuple[Score, ...]:
    """Score all kinds, best first.

    On top of the cues: the wrong side of the table counts against a kind, a strong act outweighs
    its topic, bulk mail is news, a list of numbered items is an agenda.
    """
    scores = score_kinds(kinds, page, subject_is_own=paper.is_mail_body)
    in_articles = is_in_articles(page)
    scores = [
        _with(score, *_circumstances(score, paper, page, speaker), *_form(score, paper, page, in_articles))
        for score in scores
    ]
    scores = [_with(score, *_by_default(score, scores, paper, page, speaker)) for score in scores]
    strongest_act = max((score.points for score in scores if score.rule.is_act), default=0.0)
    if strongest_act >= _STRONG_ACT:
        scores = [_damped(score) for score in scores]
    return tuple(sorted(scores, key=lambda score: -score.points))


def confidence_of(ranked: tuple[Score, ...]) -> float:
    """Turn the lead of the best kind into 0-1; it grows with the lead and with nothing else.

    The lead is counted over the second best, or over a floor of one point when that is weaker;
    each 1.5 points of lead halve the remaining doubt: 1.5 gives 0.5, 3 gives 0.75.
    """
    points = [score.points for score in ranked] + [0.0, 0.0]
    lead = max(0.0, points[0] - max(points[1], _FLOOR))
    return round(min(_MOST_CONFIDENT, 1 - math.pow(0.5, lead / _HALVING)), 3)


# --- circumstances ---------------------------------------------------------------------


def _circumstances(score: Score, paper: Paper, page: Page, speaker: Speaker) -> list[Evidence]:
    rule = score.rule
    found = [
        _side(rule, score, speaker),
        _bulk(rule, score, paper),
        _role(rule, paper) if score.points > 0 else None,
        _ground(rule, score, paper, speaker),
        shape_of(rule.kind, page),
    ]
    return [evidence for evidence in found if evidence is not None]


def _side(rule: KindRule, score: Score, speaker: Speaker) -> Evidence | None:
    wanted = {Writer.BESTUUR: Direction.INKOMEND, Writer.RAAD: Direction.EIGEN}.get(rule.writer)
    if wanted is None or speaker.direction is Direction.ONBEKEND or score.points <= 0:
        return None
    if speaker.direction is wanted:
        who = "het bestuur schrijft" if wanted is Direction.INKOMEND else "de raad schrijft zelf"
        return Evidence(cue=who, sentence=_first_sentence(speaker), weight=_RIGHT_SIDE)
    who = "de raad schrijft zelf" if wanted is Direction.INKOMEND else "het bestuur schrijft"
    return Evidence(cue=who, sentence=_first_sentence(speaker), weight=_WRONG_SIDE)


def _first_sentence(speaker: Speaker) -> str:
    strongest = max(speaker.evidence, key=lambda evidence: evidence.weight, default=None)
    return strongest.sentence if strongest else ""


def _bulk(rule: KindRule, score: Score, paper: Paper) -> Evidence | None:
    """Mail to a list asks nothing; it is news when it looks like news: courses are sold by the list too."""
    if not paper.bulk or not (rule.kind is Kind.NIEUWSBRIEF or rule.starts_procedure):
        return None
    news = _BULK_NEWS if score.points > 0 else _BULK_ALONE
    weight = news if rule.kind is Kind.NIEUWSBRIEF else _BULK_REQUEST
    return Evidence(cue="aan een verzendlijst gestuurd", sentence="", weight=weight)


def _role(rule: KindRule, paper: Paper) -> Evidence | None:
    """Some kinds hardly ever come from some senders; a stranger counts only where trust is known."""
    weight = _BY_SENDER.get((rule.kind, paper.sender_role))
    if weight is None or paper.council is None:
        return None
    return Evidence(cue=f"afzender: {_SENDERS[paper.sender_role]}", sentence="", weight=weight)


def _ground(rule: KindRule, score: Score, paper: Paper, speaker: Speaker) -> Evidence | None:
    """The board names the article that gives the council this right."""
    asked = ASKED.get(rule.kind)
    named = [right for right in paper.rights if right.right == asked]
    if not named or score.in_text <= 0 or speaker.direction is not Direction.INKOMEND:
        return None
    return Evidence(cue=f"noemt een artikel over {asked}", sentence="", weight=_GROUND)


def _form(score: Score, paper: Paper, page: Page, in_articles: bool) -> list[Evidence]:  # noqa: FBT001 - private
    """A letter is addressed to somebody, a paper about something is not."""
    rule = score.rule
    is_to_nobody = not page.has_salutation and not paper.is_mail_body and not paper.facts.addressee
    if rule.is_act and rule.writer is not Writer.IEDER and is_to_nobody:
        strong = any(item.weight >= _STRONG_ACT for item in score.evidence)
        named = strong and (rule.starts_procedure or score.in_title >= _STRONG_ACT)
        return [] if named else [Evidence(cue="geen aanhef", sentence="", weight=_NO_GREETING)]
    if rule.kind is Kind.KLACHT_OF_BRIEF_ACHTERBAN and is_to_nobody and score.in_title < _STRONG_ACT:
        return [Evidence(cue="geen aanhef", sentence="", weight=_COMPLAINT_TO_NOBODY)]
    if (rule.is_act or rule.kind is Kind.VERKIEZING) and in_articles:
        return [Evidence(cue="een tekst in artikelen", sentence="", weight=_IN_ARTICLES)]
    if rule.is_document and (page.has_salutation or paper.is_mail_body):
        return [Evidence(cue="het is een brief", sentence="", weight=_DOCUMENT_AS_LETTER)]
    return []


# --- what a paper is when nothing else claims it ------------------------------------------


def _by_default(
    score: Score, scores: list[Score], paper: Paper, page: Page, speaker: Speaker
) -> list[Evidence]:
    others = [other for other in scores if other.rule.kind is not score.rule.kind]
    if score.rule.kind is Kind.KLACHT_OF_BRIEF_ACHTERBAN:
        return _plain_letter(score, others, paper, page, speaker)
    return _annex(others, page) if score.rule.kind is Kind.OVERIG else []


def _plain_letter(
    score: Score, others: list[Score], paper: Paper, page: Page, speaker: Speaker
) -> list[Evidence]:
    """A signed letter to the council by somebody who shows to belong to those it stands for."""
    is_outsider = paper.sender_role is SenderRole.ONBEKEND or (
        paper.sender_role is SenderRole.SECRETARIS_MAP and not speaker.from_board
    )
    is_letter = page.has_salutation and speaker.addressed_to_council and page.is_signed and not paper.bulk
    is_claimed = any(other.points >= _CLAIM for other in others) or any(_asks(other) for other in others)
    if not is_outsider or not is_letter or is_claimed or score.in_text < _FROM_CONSTITUENCY:
        return []
    return [Evidence(cue="een brief aan de raad, met naam eronder", sentence="", weight=_PLAIN_LETTER)]


def _annex(others: list[Score], page: Page) -> list[Evidence]:
    """A file that is called an annex, and is nothing else."""
    is_claimed = any(other.points >= _CLAIM_ON_ANNEX or _asks(other) for other in others)
    if is_claimed or not _is_called_annex(page):
        return []
    return [Evidence(cue=ANNEX, sentence="", weight=_ANNEX)]


def _is_plain_annex(page: Page, ranked: tuple[Score, ...]) -> bool:
    """A file that is called an annex and asks nothing: the subject of its mail is that of the letter."""
    first = ranked[0].rule
    is_plain = (first.is_document or first.kind is Kind.OVERIG) and not any(_asks(one) for one in ranked)
    return is_plain and _is_called_annex(page)


def _is_called_annex(page: Page) -> bool:
    """The file is named an annex, and does not begin as a letter."""
    return page.file_name.folded.startswith("bijlage") and not page.has_salutation


def _asks(score: Score) -> bool:
    """Tell whether the text, however weakly, speaks of a request."""
    return score.rule.starts_procedure and score.in_text > 0


def _with(score: Score, *found: Evidence) -> Score:
    if not found:
        return score
    points = score.points + sum(evidence.weight for evidence in found)
    return replace(score, points=points, evidence=(*score.evidence, *found))


def _damped(score: Score) -> Score:
    return score if score.rule.is_act else replace(score, points=score.points * _TOPIC_SHARE)


# --- judgement -------------------------------------------------------------------------


def _judgement(case: Case, *, held: bool) -> Judgement:
    best, opinion = case.best, case.opinion
    agrees = opinion is not None and opinion.best is best.rule.kind
    evidence = [
        *sorted(best.evidence, key=lambda item: -abs(item.weight))[:_MOST_EVIDENCE],
        *(learned_evidence(opinion, case.page) if opinion and agrees else ()),
    ]
    says_something = best.points > 0 or opinion is not None
    kind = best.rule.kind if says_something else Kind.OVERIG
    subkind = best.subkind if best.points > 0 else None
    return Judgement(
        kind=kind,
        subkind=subkind.id if subkind else "",
        confidence=case.confidence,
        evidence=tuple(evidence) if says_something else (),
        likeliest=(kind, _second(case, kind)),
        starts_procedure=_starts(case, held=held),
        regime=find_regime(case.page, case.paper),
        rights=case.paper.rights if best.rule.writer is not Writer.IEDER else (),
        follows=_follows(case),
    )


def _second(case: Case, first: Kind) -> Kind:
    """Give the next most likely kind."""
    if case.opinion is None:
        return next(score.rule.kind for score in case.ranked if score.rule.kind is not first)
    return max(
        (kind for kind in case.opinion.chances if kind is not first), key=case.opinion.chances.__getitem__
    )


def _starts(case: Case, *, held: bool) -> StartsProcedure:
    """Only a request that nobody has to look at starts by itself, and only from a trusted road.

    A reminder starts nothing: what it reminds of did. A note of the board that says nothing
    plainly may be a request in loose words, so a person is asked that too.
    """
    if is_reminder(case):
        return StartsProcedure.NEE
    best = case.best
    if best.rule.starts_procedure and best.points > 0:
        trusted = case.paper.council is not None and case.paper.sender_role in (
            SenderRole.BEVOEGD_GEZAG,
            SenderRole.SECRETARIS_MAP,
        )
        return StartsProcedure.JA if trusted and not held else StartsProcedure.VRAAG
    says_little = best.points <= 1 and case.paper.sender_role is SenderRole.BEVOEGD_GEZAG
    is_open = held and (case.may_be_request or says_little)
    return StartsProcedure.VRAAG if is_open else StartsProcedure.NEE


def _follows(case: Case) -> str:
    if case.best.rule.kind is not Kind.BESLUIT_NA_ADVIES or case.best.subkind is None:
        return ""
    return case.best.subkind.follows

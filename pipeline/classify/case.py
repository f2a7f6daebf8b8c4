"""A paper to be judged, and all that is known of it when the doubts are asked. Pure."""

from dataclasses import dataclass
from datetime import date

from pipeline.classify.direction import Speaker
from pipeline.classify.page import Page
from pipeline.classify.rules import STRONG, Score
from pipeline.values import Council, Facts, Opinion, Right, SenderRole

CLEAR_LEAD = 2.5
"""A kind that leads by fewer points than this does not clearly come before the other."""
SURE = 0.9
"""Probability from which a paper is filed without a person, when the cues clearly say the same.

This and the next three were chosen on 748 letters of five writers, half of them pairs that are hard to tell
apart, each judged by a model that knew nothing of that writer: of what was filed 98.6 % is right.
"""
SURE_OF_LITTLE = 0.95
"""The same, when the cues say little or nothing, or weakly something else."""
SURE_TO_START = 0.96
"""The same, for a request: it starts a procedure."""
SURE_WITH_MANY_CUES = 0.55
"""The same, for a request that many cues name, when what was learned guesses the same."""
BEYOND_DOUBT = 0.97
"""Probability from which one plain sentence makes a request."""
CERTAIN = 0.98
"""Probability from which the board need not ask in a plain sentence, when the cues clearly say the same."""
AMPLE, AMPLE_LEAD = 7.0, 3.0
"""Points, and lead in points, of a kind that many cues name."""
PLAIN = 3.0
"""Points from which the cues clearly say what a paper is."""
ANNEX, SURE_OF_ANNEX = "heet een bijlage", 0.5
"""What is said of a file that only calls itself an annex; and the probability from which that is enough:
it lies with its letter, wherever that goes."""
HARDLY_A_CUE = 1.0
"""So few points say nothing."""


def is_ample(ranked: tuple[Score, ...]) -> bool:
    """Tell whether so many cues name the first of the kinds that nothing else may guess first."""
    best, second = ranked[0], ranked[1]
    return best.points >= AMPLE and best.points - second.points >= AMPLE_LEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper to be judged.

    Attributes:
        text: What it says; of a mail only what the sender wrote now.
        facts: What the text says of itself.
        subject: Subject of the mail it came in; empty for a file.
        sender_role: What the sender is to the council.
        sender_doubt: Dutch, why a known address is not believed; empty otherwise.
        bulk: It came with the headers of a mailing list.
        file_name: Name of the file; empty for the body of a mail.
        is_mail_body: It is the body of a mail, so that the mail's subject is its own.
        rights: Rights of the council that the text appeals to.
        council: The council; None when none was given, so that trust is not known.
        certainty: How sure the reading of scanned pages is, 0 to 1; 1 when there are none.
        unread: Dutch sentences on what of it was not read; empty when all was.
        day: Day on which it came; None when not known.
        first_sent: Day on which the original of a forwarded mail was sent; None when it was not forwarded.
        beside: What the mail said in which it lay; empty for the mail itself and for a file.
    """

    text: str
    facts: Facts
    subject: str = ""
    sender_role: SenderRole = SenderRole.ONBEKEND
    sender_doubt: str = ""
    bulk: bool = False
    file_name: str = ""
    is_mail_body: bool = False
    rights: tuple[Right, ...] = ()
    council: Council | None = None
    certainty: float = 1.0
    unread: str = ""
    day: date | None = None
    first_sent: date | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that is known when the doubts are asked.

    Attributes:
        paper: The paper.
        page: Its zones.
        speaker: Who speaks.
        ranked: All kinds, best first; at least two.
        confidence: 0 to 1.
        opinion: What was learned says; None without a model.
    """

    paper: Paper
    page: Page
    speaker: Speaker
    ranked: tuple[Score, ...]
    confidence: float
    opinion: Opinion | None = None

    @property
    def best(self) -> Score:
        """The best kind."""
        return self.ranked[0]

    @property
    def has_cue(self) -> bool:
        """Something can be pointed at that speaks for the best kind, or what was learned has no doubt."""
        opinion, rule = self.opinion, self.best.rule
        is_learned = opinion is not None and opinion.chances[rule.kind] >= SURE_OF_LITTLE
        return self.best.points > HARDLY_A_CUE or (is_learned and not rule.starts_procedure)

    @property
    def is_request(self) -> bool:
        """The best kind can start a procedure."""
        return self.best.rule.starts_procedure and self.best.points > 0

    @property
    def may_be_request(self) -> bool:
        """The best kind can start a procedure, or comes hardly before one that can."""
        second = self.ranked[1]
        is_near = second.points >= STRONG and self.best.points - second.points < CLEAR_LEAD
        return self.is_request or (second.rule.starts_procedure and is_near)

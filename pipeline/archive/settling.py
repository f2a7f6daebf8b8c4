"""What is put down as what a paper is: what a person said, what was sure, never what was only guessed.

Pure: values in, values out.
"""

from dataclasses import replace

from pipeline.values import ASKED, Held, HeldPaper, Judgement, Kind, StartsProcedure

REQUESTS = tuple(ASKED)
"""Kinds that begin a procedure."""
ENDS_A_TERM = (Kind.BESLUIT_NA_ADVIES, Kind.REACTIE_INITIATIEF)
"""Kinds with which the board answers; a decision also begins the term to go against it."""
OF_A_TERM = (*REQUESTS, *ENDS_A_TERM)
"""Kinds that begin or end a term: what may be one of them follows no other paper unseen."""


def settled(judgement: Judgement | None, kind: Kind) -> Judgement:
    """Make the judgement of a person: certain, and a request starts its procedure.

    Args:
        judgement: What was guessed; its rights are kept.
        kind: What the person says.
    """
    return Judgement(
        kind=kind,
        confidence=1.0,
        evidence=(),
        likeliest=(kind,),
        starts_procedure=StartsProcedure.JA if kind in REQUESTS else StartsProcedure.NEE,
        regime=judgement.regime if judgement else "",
        rights=judgement.rights if judgement else (),
    )


def as_overig(guess: Judgement) -> Judgement:
    """Make of a guess about an annex that it is another paper; the guess is only remembered."""
    return replace(
        settled(guess, Kind.OVERIG), confidence=0.0, likeliest=(Kind.OVERIG, guess.kind), rights=()
    )


def no_annex(judgement: Judgement) -> Held:
    """Hold what came with a request and can begin or end a term in another matter."""
    return Held(judgement=judgement, reasons=(_OTHER_MATTER,))


_OTHER_MATTER = (
    "Dit kwam samen met een verzoek binnen, maar kan zelf bij een andere zaak een termijn beginnen of "
    "eindigen. Leg het bij die zaak, of in de map van zijn soort."
)


def must_stay(follower: HeldPaper) -> bool:
    """Tell whether a paper that waited for the decision about another one needs one of its own.

    So does a decision or reaction, and what may be a request and was not sure itself: beside a request that
    was sure they are held like that too.
    """
    guess = follower.verdict.judgement
    if guess is None:
        return False
    return guess.kind in ENDS_A_TERM or (not follower.is_sure and guess.kind in OF_A_TERM)


def followed(follower: HeldPaper) -> Judgement:
    """Give what is put down of a paper that follows another one, of which a person decided."""
    guess = follower.verdict.judgement
    if guess is None:
        return settled(None, Kind.OVERIG)
    return guess if follower.is_sure else as_overig(guess)


def released(follower: HeldPaper) -> HeldPaper:
    """Hold a paper by itself that waited for another one; the first reason spoke of that."""
    verdict = follower.verdict
    reasons = verdict.reasons[1:] or (_ALONE,)
    held = Held(judgement=verdict.judgement, reasons=reasons, cautions=verdict.cautions)
    return replace(follower, verdict=held, follows="")


_ALONE = "Over het stuk waar dit bij hoort is besloten. Dit stuk kan zelf een termijn beginnen of eindigen."

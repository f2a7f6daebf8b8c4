"""What a folder says of a new file laid in it: which kind it is, where it belongs, or that it is several.

Pure. The kind that was chosen is that of the letter itself; what came along with it is judged as
the rest of any mail. An empty file starts nothing. A file out of which nothing would be filed or
held is held whole, with the reason: who laid it there expects to see it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.archive.plan import Judged
from pipeline.archive.settling import REQUESTS, settled
from pipeline.values import (
    Arrival,
    Classified,
    Disposition,
    Document,
    Dossier,
    Facts,
    Filed,
    Held,
    HeldPaper,
    Kind,
    Message,
    Obstacle,
    Origin,
    Part,
    PartVerdict,
    StartsProcedure,
)

WHOLE = "geheel"
"""Variant of a paper that is the file or mail as it came, and not one of its parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the folder says in which a new file was laid.

    Attributes:
        folder: Its name in ``Te beoordelen/``.
        labels: Dutch name of each kind.
        kind: The kind it stands for; None when it stands for none.
        into: The matter it stands for; None when it stands for none. Neither: it is several things.
    """

    folder: str
    labels: Mapping[Kind, str]
    kind: Kind | None = None
    into: Dossier | None = None


def as_chosen(judged: tuple[Judged, ...], choice: Choice) -> tuple[Judged, ...]:
    """Let what a person chose for a new file count for its papers."""
    if choice.into is not None:
        return tuple(belongs(paper) for paper in judged)
    if choice.kind is None:
        return tuple(_several(paper) for paper in judged)
    main = _main(judged, choice.kind)
    return tuple(_settled(paper, choice.kind, choice) if paper is main else paper for paper in judged)


def belongs(paper: Judged) -> Judged:
    """Make the paper of somebody who said to which matter it belongs: it is sure, and starts nothing.

    She did not say what it is: a guess that was not sure is not put down as if she had.
    """
    is_sure = isinstance(paper.verdict, Classified)
    kind = paper.verdict.judgement.kind if is_sure and paper.verdict.judgement else Kind.OVERIG
    judgement = replace(settled(paper.verdict.judgement, kind), starts_procedure=StartsProcedure.NEE)
    return replace(paper, verdict=Classified(judgement=judgement))


def _several(paper: Judged) -> Judged:
    return replace(paper, verdict=Held(judgement=paper.verdict.judgement, reasons=(_DROPPED_AS_SEVERAL,)))


_DROPPED_AS_SEVERAL = (
    "U legde dit stuk in 'Meer dan één'. Het is nu ingeschreven: sleep het daar opnieuw heen en vul het blad "
    "in dat er dan naast komt te liggen."
)


def _settled(paper: Judged, kind: Kind, choice: Choice) -> Judged:
    """Give the letter the kind that was chosen; what is empty is no letter, and waits."""
    if paper.document.obstacle is Obstacle.EMPTY:
        own = paper.verdict.reasons if isinstance(paper.verdict, Held) else ()
        return replace(paper, verdict=Held(judgement=None, reasons=(*own, _empty(choice))))
    return replace(
        paper, verdict=Classified(judgement=settled(paper.verdict.judgement, kind)), is_chosen=True
    )


def _empty(choice: Choice) -> str:
    begins = " en er begint geen termijn" if choice.kind in REQUESTS else ""
    return f"U legde het in '{choice.folder}', maar het is leeg: het is niet opgeborgen{begins}."


def _main(judged: tuple[Judged, ...], kind: Kind) -> Judged | None:
    """Find the paper that is the letter itself.

    That is a paper which is surely of the kind that was chosen, else the text of the mail; else
    what looks like that kind, then what is not called an annex, then what could be read.
    """
    papers = tuple(paper for paper in judged if paper.document.is_paper)
    bodies = tuple(one for one in papers if one.document.verdict is PartVerdict.BODY_IS_LETTER)
    letters = tuple(one for one in papers if not one.document.is_called_annex)
    in_order = (
        *(one for one in (*bodies, *letters) if _is_of(one, kind) and isinstance(one.verdict, Classified)),
        *bodies,
        *(one for one in letters if _is_of(one, kind)),
        *letters,
        *papers,
        *judged,
    )
    return next(iter(in_order), None)


def _is_of(paper: Judged, kind: Kind) -> bool:
    return paper.verdict.judgement is not None and paper.verdict.judgement.kind is kind


# --- a file out of which nothing comes ----------------------------------------------------


def held_whole(
    arrival: Arrival,
    message: Message | None,
    documents: tuple[Document, ...],
    choice: Choice,
    earlier: tuple[Filed | HeldPaper, ...],
) -> tuple[Judged, ...]:
    """Hold a file as it came of which no part is filed or held; nothing when it lies there as was chosen.

    Args:
        arrival: What was laid in the folder.
        message: The mail it is; None for another file.
        documents: Its parts.
        choice: What the folder says.
        earlier: Papers with the same bytes that were here before.
    """
    if any(_lies_as_chosen(one, choice) for one in earlier):
        return ()
    whole = Part(
        number=documents[0].part.number,
        name=arrival.name,
        content_type="message/rfc822" if message else documents[0].part.content_type,
        disposition=Disposition.FILE,
        content_id="",
        sha256=arrival.sha256,
        size_bytes=arrival.size_bytes,
    )
    own = tuple(dict.fromkeys(one.reason for one in documents if _tells_why(one)))
    told = _was_here(earlier, choice) if earlier else _comes_to_nothing(choice)
    judged = Judged(
        origin=Origin(
            arrival=arrival.key,
            part=whole.number,
            name=arrival.name,
            sender=message.sender.email if message and message.sender else "",
            mail_subject=message.subject if message else "",
            variant=WHOLE,
        ),
        document=Document(
            part=whole,
            verdict=PartVerdict.OTHER,
            reason=told,
            facts=earlier[0].facts if earlier and not message else Facts(),
        ),
        verdict=Held(judgement=None, reasons=(*own, told)),
        received=arrival.received,
        correspondent=message.sender if message else None,
    )
    return (judged,)


def _lies_as_chosen(earlier: Filed | HeldPaper, choice: Choice) -> bool:
    """Tell whether a paper that was here before lies already where the folder says."""
    if not isinstance(earlier, Filed):
        return False
    belongs_there = choice.into is not None and earlier.dossier == choice.into.number
    return belongs_there or earlier.kind is choice.kind


def _tells_why(document: Document) -> bool:
    """Tell whether a part says why nothing came of it; wrappings and second versions of a text do not."""
    is_wrapping = document.verdict in (PartVerdict.CONTAINER, PartVerdict.SIGNATURE_PICTURE)
    return not is_wrapping and (document.verdict is not PartVerdict.DUPLICATE or document.came_before)


def _comes_to_nothing(choice: Choice) -> str:
    return (
        f"U legde het in '{choice.folder}', maar er is niets uit opgeborgen en er is niets begonnen. Hoort "
        "het daar toch, sleep het dan opnieuw naar die map. Wilt u het alleen bewaren, sleep het dan naar "
        "'Overig'."
    )


def _was_here(earlier: tuple[Filed | HeldPaper, ...], choice: Choice) -> str:
    filed = [one for one in earlier if isinstance(one, Filed)]
    if not filed:
        return (
            f"U legde het in '{choice.folder}', maar het ligt nog in 'Te beoordelen'. Sleep dat stuk naar de "
            "juiste map; dit kunt u daarna naar 'Overig' slepen."
        )
    named = " en ".join(f"{choice.labels[one.kind]} ({one.kenmerk})" for one in filed)
    return (
        f"U legde het in '{choice.folder}', maar het is al opgeborgen als {named}; er is niets opnieuw "
        f"begonnen. Was dat niet goed, leg dan eerst een kopie van {filed[0].kenmerk} in 'Terug te draaien'. "
        "Is het meer dan één ding, sleep het dan naar 'Meer dan één'."
    )

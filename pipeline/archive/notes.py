"""The texts that lie beside papers: why a paper is held, and the side-car of a filed one.

Pure. Dutch for the secretary; the side-car is JSON that outlives the program.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from pipeline.archive import naming
from pipeline.archive.siblings import A_MAIL, has_no_cue
from pipeline.archive.steps import steps_for
from pipeline.dates import dutch_date, legal_day
from pipeline.values import (
    Dossier,
    Evidence,
    Filed,
    HeldPaper,
    Judgement,
    Kind,
    Place,
    Procedure,
    Signature,
)

_LINE = "\r\n"
_CUES = 6
_CUT_OFF = 140
"""A quotation longer than this may have been cut out of a longer text."""
WHY_ENDING = " - waarom.txt"
TEXT_ENDING = " - tekst.txt"
_READ_BY_MACHINE = (
    "De computer heeft deze tekst uit de scan gehaald; er kunnen leesfouten in staan. "
    "De scan zelf is het stuk."
)


ASKING_ENDING = " - vraag om leesbaar exemplaar.eml"
OUR_ENDINGS = (WHY_ENDING, ASKING_ENDING)
"""What lies beside a held paper and is ours."""


def asking_name(place: str) -> str:
    """Name the draft of the mail that asks for a readable copy, beside a held paper."""
    return f"{place}{ASKING_ENDING}"


def why_name(place: str) -> str:
    """Name the note beside a held paper."""
    return f"{place}{WHY_ENDING}"


def why_held(paper: HeldPaper, labels: Mapping[Kind, str], folders: Mapping[Kind, str]) -> str:
    """Write why a paper is held, what it probably is, what came with it and what to do.

    Args:
        paper: The held paper.
        labels: Dutch name of each kind.
        folders: Folder of each kind in ``Te beoordelen/``.
    """
    judgement = paper.verdict.judgement
    blocks = [
        [f"Stuk:      {paper.place}", *_origin_lines(paper)],
        ["Waarom dit wacht op u:", *(f"- {_as_sentence(reason)}" for reason in paper.verdict.reasons)],
        *(_guess_blocks(judgement, labels) if judgement and not has_no_cue(paper) else ()),
        signature_lines(paper.signatures),
        [f"Uit {paper.came_in or A_MAIL}:", *(f"- {sibling}" for sibling in paper.siblings)],
        ["Wat kunt u doen:", *(f"- {step}" for step in steps_for(paper, folders))],
    ]
    return (_LINE * 2).join(_LINE.join(block) for block in blocks if len(block) > 1) + _LINE


def signature_lines(signatures: Sequence[Signature]) -> list[str]:
    """Tell of the digital signatures on a paper, below a heading; nothing when there are none."""
    lines = [f"- {_signature(one)}" for one in signatures]
    return ["Digitale handtekening:", *lines] if lines else []


def _signature(one: Signature) -> str:
    by = f" door {one.signer}" if one.signer else ""
    on = f" op {dutch_date(legal_day(one.signed_at))}" if one.signed_at else ""
    if not one.intact:
        return (
            f"De digitale handtekening{by.replace(' door ', ' van ')}{on} klopt niet: het bestand is daarna "
            "gewijzigd of de handtekening is beschadigd. Vraag de afzender om een nieuw, ondertekend stuk."
        )
    since = (
        "daarna is er iets in het bestand toegevoegd of gewijzigd. Vraag de afzender zo nodig om het "
        "exemplaar zoals het is ondertekend"
        if one.changed_since
        else "sinds de ondertekening niet gewijzigd"
    )
    return f"Digitaal ondertekend{by}{on}; {since}. Wie er werkelijk heeft ondertekend, is niet nagegaan."


def _origin_lines(paper: HeldPaper) -> list[str]:
    received = ", of ".join(f"{dutch_date(day.day)} ({day.source})" for day in paper.received.candidates)
    lines = [f"Ontvangen: {received}"]
    if paper.origin.sender:
        lines.append(f"Van:       {paper.origin.sender}")
    if paper.origin.mail_subject:
        lines.append(f"Mail:      {paper.origin.mail_subject}")
    return lines


def _as_sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "?", "!")) else ".")


def _guess_blocks(judgement: Judgement, labels: Mapping[Kind, str]) -> tuple[list[str], ...]:
    """Tell what it probably is and why."""
    strongest, kind = judgement.evidence[:_CUES], labels[judgement.kind]
    speaking = [one for one in strongest if one.weight > 0]
    contrary = [one for one in strongest if one.weight <= 0]
    return (
        ["Het lijkt het meest op:", *(f"- {labels[one]}" for one in judgement.likeliest)],
        [f"Wat wijst op '{kind}':", *_quoted(speaking)],
        [f"Wat niet past bij '{kind}':", *_quoted(contrary)],
    )


def _quoted(evidence: Sequence[Evidence]) -> list[str]:
    """Give one line for each sentence, with all that was found in it; the same words once."""
    found: dict[str, dict[str, None]] = {}
    for one in evidence:
        found.setdefault(one.sentence or one.cue, {})[one.cue] = None
    return [
        f"- {'; '.join(cues)}" + (f': "{_quotation(sentence)}"' if sentence not in cues else "")
        for sentence, cues in found.items()
    ]


def _quotation(sentence: str) -> str:
    """Quote whole words: a long sentence may begin and end in the middle of one."""
    if len(sentence) <= _CUT_OFF:
        return sentence
    head = f"…{sentence.partition(' ')[2]}" if sentence[:1].islower() else sentence
    return head if head.endswith((".", "?", "!")) else f"{head.rpartition(' ')[0]} …"


def which_filing(name: str, numbers: Sequence[str]) -> str:
    """Ask which filing of a paper is to be taken back.

    Args:
        name: Name of the copy.
        numbers: Kenmerken under which it is filed.
    """
    lines = (
        f"Stuk:      {name}",
        "",
        f"Dit stuk is meer dan één keer opgeborgen: {', '.join(numbers)}.",
        "",
        "Wat kunt u doen:",
        (
            "- Zet in de naam van de kopie vooraan het kenmerk dat u wilt terugdraaien, bijvoorbeeld "
            f"'{numbers[0]} {name}'."
        ),
        "- Wilt u niets terugdraaien? Verwijder dan de kopie.",
        "- Laat dit tekstbestand liggen; het verdwijnt vanzelf.",
    )
    return _LINE.join(lines) + _LINE


def mail_path(paper: Filed, dossier: Dossier, name: str = "") -> str:
    """Give the place inside ``Archief/`` of the mail a paper came with; two mails never share one.

    Args:
        paper: The paper.
        dossier: Where it is filed.
        name: File name of the mail as it came: one that Outlook saved is no ``.eml``.
    """
    ending = naming.extension(name) if naming.extension(name) in _MAIL_ENDINGS else ".eml"
    return _beside("Mail", paper.origin.mail_subject or "bericht", ending, paper, dossier)


def box_path(paper: Filed, dossier: Dossier, name: str) -> str:
    """Give the place inside ``Archief/`` of the file a paper was taken out of, under its own name.

    Args:
        paper: The paper.
        dossier: Where it is filed.
        name: File name of the zip as it came.
    """
    ending = naming.extension(name)
    return _beside("Origineel", name[: len(name) - len(ending)], ending, paper, dossier)


_MAIL_ENDINGS = (".eml", ".msg")


def _beside(inside: str, name: str, ending: str, paper: Filed, dossier: Dossier) -> str:
    """Name what came in, in a folder of the dossier; what came at another time has another name."""
    folder = f"{dossier.year_folder}/{dossier.folder}/{inside}"
    day = legal_day(paper.received.at).isoformat()
    tail = f" {hashlib.sha256(paper.origin.arrival.encode()).hexdigest()[:6]}{ending}"
    room = naming.PATH_LIMIT - len(f"{Place.ARCHIEF}/{folder}/{day} {tail}")
    return f"{folder}/{day} {naming.safe(name, min(naming.FOLDER_LIMIT, room))}{tail}"


def side_car_name(path: str) -> str:
    """Name the side-car of a filed paper: beside it, with ``.json`` behind its name."""
    return f"{path}.json"


def side_car(paper: Filed, dossier: Dossier) -> bytes:
    """Write all that is known of a filed paper, for whoever reads the archive without the program."""
    known: dict[str, object] = {"stuk": asdict(paper), "dossier": asdict(dossier)}
    if paper.signatures:
        known["ondertekening"] = [_signature(one) for one in paper.signatures]
    return _json(known)


def text_name(path: str) -> str:
    """Name the text that was read from a scan: beside it, as ``… - tekst.txt``."""
    return f"{path}{TEXT_ENDING}"


def scanned_text(text: str) -> bytes:
    """Write the text of a scan for Windows, with what it is above it."""
    body = text.replace("\n", _LINE)
    return f"{_READ_BY_MACHINE}{_LINE * 2}{body}{_LINE}".encode("utf-8-sig")


def as_json(procedure: Procedure) -> bytes:
    """Write all that is known of a procedure."""
    return _json(asdict(procedure))


def _json(known: dict[str, object]) -> bytes:
    return (json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True, default=str) + "\n").encode()

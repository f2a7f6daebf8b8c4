"""Decide how a bundle travels by mail: whole, with smaller pictures, in parts or as a link. Pure.

A mail writes a file as text, so that it grows by more than a third on the way; the limit counts what
is sent. A part is divided at agenda items, and an item only when it is too large by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pipeline.dates import dutch_weekday_date
from pipeline.values import BuiltBundle, Dispatch, Parcel, Piece, SentFile, Stretch

MEGABYTE = 1_000_000
DPI = 150
"""What large pictures are made smaller to; still legible in print."""
_LETTER_BYTES = 60_000
"""What the mail itself takes: headers, text and its markup."""
_FILE_BYTES_A_LINE, _MAIL_BYTES_A_LINE = 57, 78
_ROUNDED = 10
_SLACK = 50
"""One in so many bytes stays free, for what is done to the file of one member."""


def room(limit_mb: int) -> int:
    """Tell how many bytes a file may have so that its message stays within the limit."""
    mailed = (limit_mb * MEGABYTE - _LETTER_BYTES) * _FILE_BYTES_A_LINE // _MAIL_BYTES_A_LINE
    return mailed - mailed // _SLACK


def megabytes(size: int) -> str:
    """Write a size for people: ``31 MB``, below ten with a decimal: ``1,4 MB``."""
    if size >= _ROUNDED * MEGABYTE:
        return f"{size // MEGABYTE} MB"
    return f"{size / MEGABYTE:.1f} MB".replace(".", ",")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """Whether what does not fit in one message goes as a link.

    Attributes:
        days: So many days the link works; 0 = it goes in parts.
        why_not: Dutch, why in parts although links are in use; else empty.
    """

    days: int = 0
    why_not: str = ""


_PARTS = LinkRule()


def link_rule(days: int, *, confidential: bool, trial: bool = False) -> LinkRule:
    """Decide whether an edition may go as a link; whoever has a link can read what it leads to.

    Args:
        days: So many days a link works; 0 = links are not in use.
        confidential: It holds what is for one group, or closed.
        trial: It goes to the secretary or the chair, before it is approved.
    """
    if not days:
        return _PARTS
    if confidential:
        return LinkRule(why_not=_CONFIDENTIAL)
    return LinkRule(why_not=_TRIAL) if trial else LinkRule(days=days)


_CONFIDENTIAL = "Een link kan hier niet: deze editie is vertrouwelijk, en wie een link heeft, kan meelezen."
_TRIAL = "Een proef gaat altijd als bijlage; de leden krijgen deze bundel wel met een link."


def still_holds(parcel: Parcel, *, limit_mb: int, rule: LinkRule) -> bool:
    """Tell whether a bundle that was weighed before would travel the same way under today's settings."""
    if parcel.limit_mb != limit_mb:
        return False
    in_one_message = not (parcel.parts or parcel.is_link or parcel.refusal)
    return in_one_message or (parcel.link_days, parcel.no_link) == (rule.days, rule.why_not)


def choose(
    *, whole: int, smaller: int, pieces: tuple[Piece, ...], limit_mb: int, rule: LinkRule = _PARTS
) -> Parcel:
    """Decide how a bundle travels; only what is needed comes after what is enough.

    Args:
        whole: Size of the bundle as it was made, in bytes.
        smaller: Its size with smaller pictures; only looked at when the whole does not fit.
        pieces: What it is divided into, weighed with smaller pictures; only looked at when those do
            not fit in one message either, and it does not go as a link.
        limit_mb: Largest message, in megabytes.
        rule: Whether what does not fit goes as a link.
    """
    most = room(limit_mb)
    if whole <= most:
        return Parcel(limit_mb=limit_mb)
    shrunk = smaller < whole
    if shrunk and smaller <= most:
        return Parcel(limit_mb=limit_mb, shrunk=True)
    if rule.days:
        return Parcel(limit_mb=limit_mb, link_days=rule.days)
    large = [_too_large(piece, limit_mb) for piece in pieces if piece.size > most]
    if large:
        refusal = " ".join(filter(None, (*large, rule.why_not)))
        return Parcel(limit_mb=limit_mb, refusal=refusal, no_link=rule.why_not)
    parts = tuple(_filled(pieces, most))
    return Parcel(limit_mb=limit_mb, shrunk=shrunk, parts=parts, no_link=rule.why_not)


def _too_large(piece: Piece, limit_mb: int) -> str:
    what = f"Stuk {piece.paper}" if piece.paper else "Het voorwerk (voorblad en agenda)"
    return (
        f"{what} is {megabytes(piece.size)}, te groot om te mailen: in een bericht van {limit_mb} MB past "
        f"een bestand van hooguit {megabytes(room(limit_mb))}. Vraag om een kleinere versie, of leg het stuk "
        "in twee delen in de map van het agendapunt."
    )


def _filled(pieces: tuple[Piece, ...], most: int) -> Iterator[Stretch]:
    """Fill messages in order; an item is only divided when it does not fit in a message of its own."""
    first = last = size = 0
    for chunk in _chunks(pieces, most):
        own = sum(piece.size for piece in chunk)
        if size and size + own > most:
            yield Stretch(first=first, last=last)
            size = 0
        first = first if size else chunk[0].pages.first
        last, size = chunk[-1].pages.last, size + own
    yield Stretch(first=first, last=last)


def _chunks(pieces: tuple[Piece, ...], most: int) -> Iterator[tuple[Piece, ...]]:
    """Give what stays together: an item, or the papers of an item that is too large, one by one."""
    for _, found in groupby(pieces, key=_item):
        item = tuple(found)
        if sum(piece.size for piece in item) <= most:
            yield item
        else:
            yield from ((piece,) for piece in item)


def _item(piece: Piece) -> str:
    return piece.item


def pieces_of(bundle: BuiltBundle) -> tuple[Piece, ...]:
    """Divide a bundle into what is never divided further: cover with agenda, and each paper.

    The first paper of an item has its divider sheet before it.
    """
    dividers = {placed.paper.item: 1 for placed in reversed(bundle.papers)}
    found: list[Piece] = []
    for placed in bundle.papers:
        first = placed.first_page - dividers.pop(placed.paper.item, 0)
        pages = Stretch(first=first, last=placed.first_page + placed.pages - 1)
        found.append(Piece(item=placed.paper.item, paper=placed.paper.number, pages=pages))
    front = Stretch(first=1, last=found[0].pages.first - 1 if found else bundle.pages)
    return (Piece(item="", paper="", pages=front), *found)


# --- what it is called, and told -------------------------------------------------------


def planned_files(name: str, parcel: Parcel | None) -> tuple[SentFile, ...]:
    """Name the files that will be made of a bundle called ``name``; none when it travels as it is.

    Not made yet, so without their digests.
    """
    stem = name.removesuffix(".pdf")
    if parcel is None or parcel.is_plain or parcel.is_link:
        return ()
    if not parcel.parts:
        return (SentFile(name=f"{stem} - verkleind.pdf", sha256=""),)
    many = len(parcel.parts)
    return tuple(
        SentFile(
            name=f"{stem} - deel {number} van {many}.pdf", sha256="", part=number, parts=many, pages=pages
        )
        for number, pages in enumerate(parcel.parts, start=1)
    )


def part_words(dispatch: Dispatch) -> str:
    """Write ``deel 1 van 3``; empty for everything in one file."""
    return f"deel {dispatch.part} van {dispatch.parts}" if dispatch.parts else ""


def way_words(parcel: Parcel | None) -> str:
    """Tell how it travels: ``afbeeldingen verkleind tot 150 dpi, in 3 delen``; empty when as it is."""
    if parcel is None:
        return ""
    if parcel.is_link:
        return f"als link, {_days(parcel.link_days)} te openen"
    told = (f"afbeeldingen verkleind tot {DPI} dpi" * parcel.shrunk, f"in {len(parcel.parts)} delen")
    return ", ".join(told if parcel.parts else told[:1]).strip(", ")


def _days(count: int) -> str:
    return "1 dag" if count == 1 else f"{count} dagen"


def beforehand(parcel: Parcel | None, edition: str, until: date | None = None) -> tuple[str, ...]:
    """Tell the secretary, before it goes, that an edition travels otherwise than as it was made.

    Args:
        parcel: How it travels.
        edition: Name of the edition for people.
        until: Last day on which its link works; None while that is not known.
    """
    if parcel is None or parcel.is_plain:
        return ()
    why = f"{edition} is te groot voor één bericht (grens {parcel.limit_mb} MB)."
    if parcel.is_link:
        return (f"{why} {_link_beforehand(parcel, until)}",)
    shrunk = f"De afbeeldingen worden verkleind tot {DPI} dpi."
    parts = (
        f"Ieder lid krijgt de stukken in {len(parcel.parts)} berichten: "
        f"{_spans(parcel.parts)}. De bladzijden zijn doorgenummerd."
    )
    paper = "De afdruk voor wie papier krijgt blijft het hele bestand."
    told = (why, shrunk if parcel.shrunk else "", parts if parcel.parts else "", parcel.no_link, paper)
    return (" ".join(text for text in told if text),)


def _link_beforehand(parcel: Parcel, until: date | None) -> str:
    last = f"en met {dutch_weekday_date(until)}" if until else f"{_days(parcel.link_days)} na de verzending"
    return (
        "De leden krijgen daarom geen bijlage, maar een link naar het hele bestand. Wie de link heeft, "
        f"kan het bestand lezen. De link werkt tot {last}; daarna ruimt de dienst het bestand op."
    )


def _spans(parts: tuple[Stretch, ...]) -> str:
    return ", ".join(f"deel {n} bladzijde {span(one)}" for n, one in enumerate(parts, start=1))


def span(pages: Stretch) -> str:
    """Write pages: ``12``, ``12 tot en met 40``."""
    return str(pages.first) if pages.first == pages.last else f"{pages.first} tot en met {pages.last}"


def copy_words(dispatch: Dispatch) -> str:
    """Tell what was done to a copy: ``beveiligd met een wachtwoord, met naam op iedere bladzijde``.

    Of a message without a copy: that it carries a link.
    """
    if dispatch.linked:
        return "als link"
    locked = "beveiligd met een wachtwoord" if dispatch.protected else ""
    named = "met naam op iedere bladzijde" if dispatch.named else ""
    return ", ".join(text for text in (locked, named) if text)


def for_member(parcel: Parcel | None, file: SentFile, dispatch: Dispatch) -> tuple[str, ...]:
    """Tell a member what she must know of the file she gets."""
    told = []
    if dispatch.protected:
        told.append("Het bestand opent alleen met het wachtwoord dat u van de secretaris heeft gekregen.")
    if dispatch.named:
        told.append("Uw naam staat op iedere bladzijde, omdat de stukken vertrouwelijk zijn.")
    if file.parts and file.pages:
        told.append(
            f"Dit is deel {file.part} van {file.parts}: bladzijde {span(file.pages)}. U krijgt ieder deel in "
            "een eigen bericht. De bladzijden zijn doorgenummerd. Een regel van de agenda springt alleen "
            "naar een stuk in hetzelfde deel."
        )
    if parcel and parcel.shrunk:
        told.append(f"De afbeeldingen zijn verkleind tot {DPI} dpi, zodat het bericht niet te groot is.")
    return tuple(told)

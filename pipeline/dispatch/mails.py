"""What the mails of a sending say: the papers to a member, the announcement, a concept to one person.

Pure: values in, contexts and subjects out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

from pipeline import contexts
from pipeline.dates import AMSTERDAM, dutch_hours, dutch_weekday_date, legal_day
from pipeline.dispatch import links, parcels, together
from pipeline.dispatch.plan import PAPER
from pipeline.values import BuiltBundle, Council, Dispatch, DispatchState, Meeting, Member, Sending

_MANY = 8
_TO_SEVERAL = "Geachte leden"
_TITLES = {
    **dict.fromkeys(("de heer", "heer", "dhr.", "dhr"), "heer"),
    **dict.fromkeys(("mevrouw", "mevr.", "mevr", "mw.", "mw"), "mevrouw"),
}
_PREFIXES = ("van", "de", "den", "der", "ter", "ten", "te", "von", "'t", "’t", "in", "op")


def clock(moment: datetime) -> str:
    """Write the time of day in Amsterdam: ``20.45``."""
    local = moment.astimezone(AMSTERDAM)
    return f"{local.hour}.{local.minute:02d}"


def subject(council: Council, meeting: Meeting, prefix: str) -> str:
    """Write the subject of a mail about a meeting; it never names a paper or an edition."""
    day = f" {dutch_weekday_date(meeting.date.day)}" if meeting.date.day else ""
    return f"{prefix} {council.short}, {_within(meeting.date.kind)}{day}"


def _within(kind: str) -> str:
    """Write a kind of meeting within a sentence: ``overlegvergadering``, but ``PMR-overleg``."""
    return kind if kind[1:2].isupper() else kind[:1].lower() + kind[1:]


def salutation(name: str, member: Member | None) -> str:
    """Write how a mail begins: with title and surname, or with the full name when no title is known."""
    title = member.salutation.strip().lower() if member else ""
    if title in _TITLES:
        return f"Geachte {_TITLES[title]} {_with_capital(_surname(name))}"
    return f"Geachte {name}"


def _surname(name: str) -> str:
    """Leave out initials, or else the first name: ``J. P. van der Berg`` and ``Jan van der Berg``."""
    words = name.split()
    rest = list(dropwhile(lambda word: word.endswith(".") or word.startswith("("), words))
    if rest == words and words and words[0].lower() not in _PREFIXES:
        rest = words[1:]
    return " ".join(rest) or name


def _with_capital(name: str) -> str:
    """Write a surname as it stands after a title: the first prefix gets a capital."""
    return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a mail says of the file it carries.

    Attributes:
        contents: Contents of the whole bundle in words.
        edition: Name of the edition for people.
        ways: Sentences on how it travels: in parts, with smaller pictures; may be empty.
        part: ``deel 1 van 3``; empty for everything in one file.
        address: Where the file can be fetched; empty when it goes along.
        size: Of a file that can be fetched: ``31 MB``.
    """

    contents: str
    edition: str
    ways: tuple[str, ...] = ()
    part: str = ""
    address: str = ""
    size: str = ""


def member_mail(
    council: Council, bundle: BuiltBundle, member: Member | None, words: Words, *, secrecy: str
) -> contexts.MeetingMailContext:
    """Fill the mail that carries the papers, or a part of them, to a member.

    Args:
        council: The council.
        bundle: The bundle, under the name of the file that goes along.
        member: Who gets it; None for several at once.
        words: What is said of that file.
        secrecy: Sentence for a confidential edition, else empty.
    """
    meeting = bundle.plan.meeting
    return contexts.MeetingMailContext(
        raad=council.name,
        soort_vergadering=_with_article(meeting.date.kind),
        datum=dutch_weekday_date(meeting.date.day) if meeting.date.day else "",
        onderwerp=_with_part(subject(council, meeting, "Vergaderstukken"), words.part),
        aanhef=salutation(member.name, member) if member else _TO_SEVERAL,
        editie=words.edition,
        bestand=bundle.plan.file_name,
        inhoud=words.contents,
        verzending=words.ways,
        secretaris=council.secretary.name,
        functie=contexts.SECRETARY_FUNCTION,
        antwoordadres=council.secretary.email,
        tijd=dutch_hours(meeting.date.starts, meeting.date.ends),
        plaats=meeting.date.place,
        punten=tuple(
            contexts.MailItem(nummer=item.number, titel=item.title, doel=item.aim) for item in meeting.items
        ),
        vertrouwelijk=secrecy,
        koppeling=words.address,
        omvang=words.size,
        let_op=_late_and_missing(bundle),
    )


def _with_part(text: str, part: str) -> str:
    return f"{text} ({part})" if part else text


def _with_article(kind: str) -> str:
    lower = _within(kind)
    return (
        lower
        if lower.startswith(("de ", "het "))
        else f"{'het' if lower.partition(' ')[0].endswith(('overleg', 'gesprek')) else 'de'} {lower}"
    )


def _late_and_missing(bundle: BuiltBundle) -> tuple[str, ...]:
    return tuple(
        f"Stuk {placeholder.number} staat niet in de bundel; op die plaats vindt u een blad met uitleg."
        for placeholder in bundle.placeholders
    )


def warnings(bundle: BuiltBundle) -> tuple[str, ...]:
    """Say what the secretary should know before she lets a bundle go."""
    told = [f"Stuk {one.number} staat niet in de bundel. {one.reason}" for one in bundle.placeholders]
    told += unlocked(bundle)
    if bundle.without_office:
        told.append(f"Kijk de opmaak na van {_papers(bundle.without_office)}: omgezet zonder LibreOffice.")
    lost: dict[str, list[str]] = {}
    for loss in bundle.losses:
        lost.setdefault(loss.what, []).append(loss.number)
    told += [f"Niet meegegaan uit {_papers(numbers)}: {what}." for what, numbers in lost.items()]
    return tuple(told)


def unlocked(bundle: BuiltBundle) -> tuple[str, ...]:
    """Say which papers came behind a password and can now be read by whoever gets the bundle."""
    return tuple(
        f"Stuk {number} kwam met een wachtwoord en staat zonder wachtwoord in de bundel: "
        f"wie de bundel krijgt, kan het lezen. Mag dat niet, haal het dan uit de map van het agendapunt."
        for number in bundle.unlocked
    )


def without_password(edition: str, receivers: Sequence[Member]) -> tuple[str, ...]:
    """Say that some get a confidential edition without a password, when others get it with one.

    Args:
        edition: Name of the edition for people.
        receivers: Who gets it.
    """
    mailed = [one for one in receivers if one.delivery != PAPER and one.email]
    names = [one.name for one in mailed if not one.password]
    others = len(mailed) - len(names)
    if not names or not others:
        return ()
    get = "krijgt" if len(names) == 1 else "krijgen"
    who = _in_a_row(names) if len(names) <= _MANY else f"{len(names)} leden"
    rest = "de ander" if others == 1 else "de anderen"
    told = f"{edition} is vertrouwelijk. {who} {get} het bestand zonder wachtwoord, {rest} met."
    return (f"{told} Is dat niet de bedoeling, vul dan in leden.xlsx een wachtwoord in.",)


def _papers(numbers: Sequence[str]) -> str:
    """Name papers in a sentence: ``stuk 4.2``, ``de stukken 3.1 en 4.2``; many are only counted."""
    if len(numbers) == 1:
        return f"stuk {numbers[0]}"
    if len(numbers) > _MANY:
        return f"{len(numbers)} stukken"
    return f"de stukken {_in_a_row(numbers)}"


def _in_a_row(names: Sequence[str]) -> str:
    """Write ``3.1, 4.2 en 4.3``."""
    return " en ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def announcement(
    council: Council,
    bundle: BuiltBundle,
    sending: Sending,
    dispatches: tuple[Dispatch, ...],
    *,
    contents: str,
    edition: str,
) -> contexts.AnnouncementMailContext:
    """Fill the announcement to the secretary: what is about to be sent to whom.

    Args:
        council: The council.
        bundle: The approved concept.
        sending: The sending.
        dispatches: Everybody it concerns.
        contents: Contents in words.
        edition: Name of the edition for people.
    """
    meeting = bundle.plan.meeting
    return contexts.AnnouncementMailContext(
        raad=council.name,
        soort_vergadering=_with_article(meeting.date.kind),
        datum=dutch_weekday_date(meeting.date.day) if meeting.date.day else "",
        onderwerp=subject(council, meeting, "Wordt verzonden: vergaderstukken"),
        aanhef=salutation(council.secretary.name, None),
        editie=edition,
        bestand=sending.place.rpartition("/")[2],
        inhoud=contents,
        tijdstip=f"op {dutch_weekday_date(legal_day(sending.due))} om {clock(sending.due)} uur"
        if council.pause_minutes
        else "direct",
        bedenktijd=council.pause_minutes > 0,
        ontvangers=tuple(
            contexts.RecipientLine(naam=one.member, adres=one.to, opmerking=_way(one))
            for one in dispatches
            if one.state is DispatchState.GEPLAND
        ),
        papier=tuple(one.member for one in dispatches if one.state is DispatchState.AFDRUK),
        vastgehouden=tuple(
            contexts.RecipientLine(naam=one.member, adres=one.to, opmerking=one.reason)
            for one in dispatches
            if one.state in (DispatchState.AANGEHOUDEN, DispatchState.MOGELIJK_VERZONDEN)
        ),
        waarschuwingen=(
            *parcels.beforehand(sending.parcel, edition, links.last_day(sending)),
            *together.beforehand(dispatches, sending.parcel),
            *warnings(bundle),
        ),
    )


def _way(one: Dispatch) -> str:
    """Tell how a member gets it, when that is not as a message of her own with the file that all get."""
    return ", ".join(text for text in (parcels.copy_words(one), together.words(one)) if text)


def announcement_note(filled: contexts.AnnouncementMailContext) -> str:
    """Write the announcement as the text file beside the approved concept."""
    blocks = [
        [
            f"{filled.bestand} wordt {filled.tijdstip} verzonden.",
            f"{filled.editie}: {filled.inhoud}.",
        ],
        [
            "Toch niet versturen? Sleep het bestand vóór die tijd terug naar de map 'Bundel'.",
            "Er gaat dan niets uit.",
        ],
        [f"Let op: {warning}" for warning in filled.waarschuwingen],
        _people("Per mail", [_recipient(line) for line in filled.ontvangers])
        or ["Er is niemand die de stukken per mail krijgt."],
        _people("Op papier", [f"- {name}" for name in filled.papier]),
        _people("Nog niet", [_recipient(line) for line in filled.vastgehouden]),
    ]
    return "\r\n\r\n".join("\r\n".join(block) for block in blocks if block) + "\r\n"


def _people(heading: str, lines: list[str]) -> list[str]:
    return [f"{heading} ({len(lines)}):", *lines] if lines else []


def _recipient(line: contexts.RecipientLine) -> str:
    note = f" ({line.opmerking})" if line.opmerking else ""
    return f"- {line.naam} <{line.adres}>{note}" if line.adres else f"- {line.naam}{note}"


def trial(council: Council, bundle: BuiltBundle, name: str, words: Words) -> contexts.TrialMailContext:
    """Fill the mail that carries a concept, or a part of it, to one person."""
    meeting = bundle.plan.meeting
    return contexts.TrialMailContext(
        raad=council.name,
        soort_vergadering=_with_article(meeting.date.kind),
        datum=dutch_weekday_date(meeting.date.day) if meeting.date.day else "",
        onderwerp=_with_part(subject(council, meeting, "Concept: vergaderstukken"), words.part),
        aanhef=salutation(name, None),
        editie=words.edition,
        bestand=bundle.plan.file_name,
        inhoud=words.contents,
        verzending=words.ways,
        secretaris=council.secretary.name,
        functie=contexts.SECRETARY_FUNCTION,
        waarschuwingen=warnings(bundle),
    )


def address_sheet(
    council: Council, meeting: Meeting, lines: tuple[contexts.AddressLine, ...]
) -> contexts.AddressSheetContext:
    """Fill the top sheets for members who get paper."""
    return contexts.AddressSheetContext(
        raad=council.name,
        soort_vergadering=meeting.date.kind,
        datum=dutch_weekday_date(meeting.date.day) if meeting.date.day else "",
        secretaris=council.secretary.name,
        leden=lines,
    )


def new_addresses(council: Council, members: Sequence[Member]) -> contexts.NewAddressMailContext:
    """Fill the mail that asks the secretary whether new addresses in leden.xlsx are right."""
    return contexts.NewAddressMailContext(
        raad=council.name,
        onderwerp="Klopt dit nieuwe adres?" if len(members) == 1 else "Kloppen deze nieuwe adressen?",
        aanhef=salutation(council.secretary.name, None),
        adressen=tuple(contexts.RecipientLine(naam=one.name, adres=one.email) for one in members),
    )

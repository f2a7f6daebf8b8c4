"""The values that travel along the road of a paper, in the order in which they arise.

All are frozen, slotted and keyword-only. Bytes stay on disk: a value carries their sha256
(lower-case hex). Instants are aware ``datetime`` in UTC; legal days are ``date`` in
Europe/Amsterdam. Numbers of pages and positions are 1-based. Fields that hold Dutch text
for people are marked "Dutch".
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# --- the werkmap -----------------------------------------------------------------------


class Place(StrEnum):
    """Names of the folders the secretary works with; inside the werkmap, with ``/``."""

    INKOMEND = "Inkomend"
    TE_BEOORDELEN = "Te beoordelen"
    TERUG_TE_DRAAIEN = "Te beoordelen/Terug te draaien"
    LOPEND = "Lopend"
    VERGADERINGEN = "Vergaderingen"
    BRIEVEN_CONCEPT = "Brieven/Concept"
    ARCHIEF = "Archief"
    OVERZICHTEN = "Overzichten"
    INSTELLINGEN = "Instellingen"
    SJABLONEN = "Instellingen/sjablonen"


class MeetingPlace(StrEnum):
    """Names of the folders the service makes inside a meeting folder."""

    VOORSTEL = "Voorstel"
    BUNDEL = "Bundel"
    PROEF = "Proef aan mij"
    VOORZITTER = "Naar voorzitter"
    VERSTUREN = "Versturen"
    VERSTUURD = "Verstuurd"
    NOTULEN = "Notulen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file or folder as it lies somewhere.

    Attributes:
        path: Relative to the folder that was listed, with ``/``.
        is_folder: True for a folder.
        sha256: Digest of a file; empty for a folder, or where digests were not asked for.
        size_bytes: Length of a file; 0 for a folder.
        quiet_seconds: Time since it last changed, real clock.
    """

    path: str
    is_folder: bool
    sha256: str
    size_bytes: int
    quiet_seconds: float


# --- arrival ---------------------------------------------------------------------------


class Via(StrEnum):
    """The way by which something came in."""

    POSTBUS = "postbus"
    INKOMEND = "inkomend"


class ReceivedBasis(StrEnum):
    """What the moment of receipt rests on."""

    SERVER = "server"
    RECEIVED_HEADER = "received_header"
    DATE_HEADER = "date_header"
    FILE_NAME = "file_name"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """A day that may be the day of receipt.

    Attributes:
        day: The day, Europe/Amsterdam.
        source: Dutch, where it stands, e.g. ``datum in de doorgestuurde mail``.
    """

    day: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """When something was received, and how sure that is.

    Attributes:
        at: The instant, aware UTC.
        basis: What it rests on.
        confirmed: False for a drop or a forwarded mail: a person has yet to say which day counts.
        candidates: Every day that may be meant, at least one, the day of ``at`` included.
    """

    at: datetime
    basis: ReceivedBasis
    confirmed: bool
    candidates: tuple[DateCandidate, ...]

    @property
    def earliest(self) -> date:
        """Day from which a term counts in which the council must act."""
        return min(candidate.day for candidate in self.candidates)

    @property
    def latest(self) -> date:
        """Day from which a term counts in which the board must act."""
        return max(candidate.day for candidate in self.candidates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One thing that came in: a mail or a file, claimed and kept as it was.

    Attributes:
        key: Stable identity within the source: the same thing seen again has the same key.
        via: The way by which it came.
        name: Original file name, as given; never used as a path.
        sha256: Digest of the original bytes.
        size_bytes: Length of the original.
        received: When it was received.
    """

    key: str
    via: Via
    name: str
    sha256: str
    size_bytes: int
    received: Received


# --- intake ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A mail address with the name beside it.

    Attributes:
        email: Lower case, without angle brackets; may be empty when only a name is known.
        name: Display name, one line; may be empty.
    """

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardedOrigin:
    """What the header block of a forwarded mail says of the original.

    Attributes:
        sender: Who wrote the original, if named.
        sent_on: Day on which it was sent, if a date could be read.
        subject: Its subject, may be empty.
    """

    sender: Address | None
    sent_on: date | None
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail as far as its header and own text go; the parts are separate.

    Attributes:
        message_id: Without angle brackets; empty when the mail has none.
        sender: From; None when the header is missing or unreadable.
        recipients: To and Cc, in order.
        subject: One line, decoded; may be empty.
        sent_at: From the ``Date`` header, UTC; None when missing or unreadable.
        received_at: From the topmost ``Received`` header, UTC; None when there is none.
        references: Message-IDs from ``In-Reply-To`` and ``References``, without brackets.
        machine: Dutch reason why this is machine mail (auto-reply, delivery report, calendar
            answer); empty when it is not.
        bulk: True with ``List-Unsubscribe``, ``List-Id`` or ``Precedence: bulk``.
        authentication: Raw ``Authentication-Results`` headers, topmost first.
        own_text: What the sender wrote now: without quoted layers, signature and disclaimer.
        full_text: The whole plain text of the body.
        forwarded: The original of a forwarded mail, if this is one.
        defects: English notes on what was wrong with the mail and was survived.
    """

    message_id: str
    sender: Address | None
    recipients: tuple[Address, ...]
    subject: str
    sent_at: datetime | None
    received_at: datetime | None
    references: tuple[str, ...]
    machine: str
    bulk: bool
    authentication: tuple[str, ...]
    own_text: str
    full_text: str
    forwarded: ForwardedOrigin | None
    defects: tuple[str, ...] = ()


class Disposition(StrEnum):
    """The place a part has in its mail."""

    BODY = "body"
    INLINE = "inline"
    ATTACHMENT = "attachment"
    CONTAINER = "container"
    FILE = "file"
    """The thing is a file by itself, not part of a mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf or container of an arrival.

    Attributes:
        number: Place in the tree, ``1``, ``2.1`` … as MIME counts them; ``0`` for a plain file.
        name: File name as given, one line; empty when it has none. Never used as a path.
        content_type: Lower case, as declared; ``application/octet-stream`` when unknown.
        disposition: Its place in the mail.
        content_id: Without brackets, empty when none.
        sha256: Digest of the decoded bytes.
        size_bytes: Length of the decoded bytes.
    """

    number: str
    name: str
    content_type: str
    disposition: Disposition
    content_id: str
    sha256: str
    size_bytes: int


class PartVerdict(StrEnum):
    """What a part is; every part has exactly one."""

    PAPER = "paper"
    BODY_IS_LETTER = "body_is_letter"
    COVERING_NOTE = "covering_note"
    SIGNATURE_PICTURE = "signature_picture"
    CALENDAR = "calendar"
    MACHINE_MAIL = "machine_mail"
    DUPLICATE = "duplicate"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    CONTAINER = "container"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What could be read of a document.

    Attributes:
        text: Plain text, lines end with a line feed; empty when there is none.
        pages: Number of pages; 0 when that has no meaning (a text, a mail body).
        problem: Dutch sentence why it cannot be read; empty when it could.
        title: The document's own title (metadata or first heading), may be empty.
    """

    text: str
    pages: int = 0
    problem: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a text says about itself; None and empty mean "not found".

    Attributes:
        document_date: Date of the letter.
        answer_date: Day by which the sender wants an answer.
        decision_date: Day on which a decision was, or will be, taken.
        sender: Lower-case address, else the name under the letter.
        addressee: Body that is addressed, as written (``GMR``, ``de medezeggenschapsraad``).
        subject: What it is about, without RE:/FW:/Betreft: and without the name of the kind.
        reference: The sender's own reference (kenmerk).
    """

    document_date: date | None = None
    answer_date: date | None = None
    decision_date: date | None = None
    sender: str = ""
    addressee: str = ""
    subject: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A part with its verdict, and its text when it has been read.

    Attributes:
        part: The part.
        verdict: What it is.
        reason: Dutch, why it got that verdict.
        reading: Its text; None for parts that are not papers or letters.
        facts: What the text says about itself.
    """

    part: Part
    verdict: PartVerdict
    reason: str
    reading: Reading | None = None
    facts: Facts = field(default_factory=Facts)

    @property
    def is_paper(self) -> bool:
        """True for what must be classified and filed (or held)."""
        return self.verdict in (PartVerdict.PAPER, PartVerdict.BODY_IS_LETTER)


# --- classify --------------------------------------------------------------------------


class Kind(StrEnum):
    """The kinds of papers; the ids are fixed, labels and cues stand in config/soorten.yaml."""

    ADVIESAANVRAAG = "adviesaanvraag"
    INSTEMMINGSVERZOEK = "instemmingsverzoek"
    INFORMATIEVERSTREKKING = "informatieverstrekking"
    BESLUIT_NA_ADVIES = "besluit_na_advies"
    REACTIE_INITIATIEF = "reactie_initiatief"
    ADVIES_OF_INSTEMMING_RAAD = "advies_of_instemming_raad"
    INITIATIEFVOORSTEL = "initiatiefvoorstel"
    NOTULEN = "notulen"
    AGENDA = "agenda"
    BESLUITENLIJST_ACTIELIJST = "besluitenlijst_actielijst"
    JAARPLAN_VERGADERROOSTER = "jaarplan_vergaderrooster"
    JAARVERSLAG = "jaarverslag"
    BEGROTING_FINANCIEEL = "begroting_financieel"
    REGLEMENT_STATUUT = "reglement_statuut"
    VERKIEZING = "verkiezing"
    SCHOLING = "scholing"
    NIEUWSBRIEF = "nieuwsbrief"
    KLACHT_OF_BRIEF_ACHTERBAN = "klacht_of_brief_achterban"
    UITNODIGING = "uitnodiging"
    FACTUUR = "factuur"
    BELEIDSSTUK = "beleidsstuk"
    OVERIG = "overig"


class SenderRole(StrEnum):
    """What a sender is to the council."""

    BEVOEGD_GEZAG = "bevoegd_gezag"
    RAAD = "raad"
    """The council itself: its mailbox, secretary, chair, members."""
    BEKEND = "bekend"
    """A known relation without a role in procedures (union, trainer, parent council)."""
    SECRETARIS_MAP = "secretaris_map"
    """Dropped in a folder by the secretary: trusted as a road, the writer is read from the text."""
    ONBEKEND = "onbekend"


class StartsProcedure(StrEnum):
    """Whether a paper starts a procedure."""

    JA = "ja"
    NEE = "nee"
    VRAAG = "vraag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason for a kind.

    Attributes:
        cue: Dutch, what was found.
        sentence: The sentence it stands in, at most 240 characters; may be empty.
        weight: Positive speaks for the kind, negative against.
    """

    cue: str
    sentence: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A right of the council that a paper appeals to.

    Attributes:
        id: Id of the catalogue, e.g. ``WMS-11-n``.
        right: ``advies`` or ``instemming``.
        geleding: Who holds it: ``hele raad``, ``personeel``, ``ouders``, ``leerlingen`` …
    """

    id: str
    right: str
    geleding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a paper probably is, and why.

    Attributes:
        kind: Best kind.
        subkind: Finer label within ``overig`` or ``besluit_na_advies``; may be empty.
        confidence: 0 to 1.
        evidence: Strongest first.
        likeliest: The two most likely kinds, best first.
        starts_procedure: Whether it starts a procedure.
        regime: ``wms-po`` … or empty when the text does not tell.
        rights: Rights it names or clearly rests on.
        follows: For a decision, what it follows: ``advies``, ``instemming`` or empty.
    """

    kind: Kind
    subkind: str = ""
    confidence: float
    evidence: tuple[Evidence, ...]
    likeliest: tuple[Kind, ...]
    starts_procedure: StartsProcedure
    regime: str = ""
    rights: tuple[Right, ...] = ()
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """Sure enough to act on without a person."""

    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Not sure enough: a person decides.

    Attributes:
        judgement: Best guess; None when there was nothing to judge.
        reasons: Dutch sentences, why it is held; at least one.
    """

    judgement: Judgement | None
    reasons: tuple[str, ...]


Verdict = Classified | Held


# --- archive ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a paper came from: which part of which arrival.

    Attributes:
        arrival: Key of the arrival.
        part: Number of the part in it.
        name: Original file name, may be empty.
        sender: Address or name of the sender, may be empty.
        mail_subject: Subject of the mail it came with, may be empty.
    """

    arrival: str
    part: str
    name: str
    sender: str = ""
    mail_subject: str = ""

    @property
    def paper(self) -> str:
        """Identity of the paper within the journal."""
        return f"{self.arrival}#{self.part}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPaper:
    """A paper that waits for a person in ``Te beoordelen/``.

    Attributes:
        origin: Where it came from.
        sha256: Digest of its bytes.
        place: File name in ``Te beoordelen/``.
        verdict: Why it is held, with the best guess.
        facts: What it says about itself.
        received: When it was received.
        siblings: Dutch lines: the other parts of the same mail and what became of them.
        follows: Paper (``Origin.paper``) of the same mail on whose decision this one waits; may be empty.
    """

    origin: Origin
    sha256: str
    place: str
    verdict: Held
    facts: Facts
    received: Received
    siblings: tuple[str, ...] = ()
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A paper that lies in the archive.

    Attributes:
        origin: Where it came from.
        kenmerk: ``2026-0017-03``.
        dossier: ``2026-0017``.
        path: Place inside ``Archief/``, with ``/``.
        kind: What it is.
        title: Dutch, readable title without number.
        sha256: Digest of the original bytes.
        received: When it was received.
        facts: What it says about itself.
        judgement: Why it got its kind.
    """

    origin: Origin
    kenmerk: str
    dossier: str
    path: str
    kind: Kind
    title: str
    sha256: str
    received: Received
    facts: Facts
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything about one matter.

    Attributes:
        number: ``2026-0017``: calendar year and serial.
        title: Dutch, what it is about.
        kind: Kind of the paper it began with.
        opened_on: Legal day of opening.
        folder: Name of its folder inside the year folder.
        year_folder: School year of opening, ``2026-2027``; never changes.
        confidential: Name of the group it is confidential to, or empty.
    """

    number: str
    title: str
    kind: Kind
    opened_on: date
    folder: str
    year_folder: str
    confidential: str = ""


# --- procedures ------------------------------------------------------------------------


class Actor(StrEnum):
    """Who must act before a term ends."""

    RAAD = "raad"
    BEVOEGD_GEZAG = "bevoegd_gezag"
    BEIDE = "beide"
    SECRETARIAAT = "secretariaat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Where a term comes from (grondslag).

    Attributes:
        law: ``WMS``, ``WOR`` … or ``reglement``.
        article: As cited, e.g. ``34``.
        paragraph: Lid or onderdeel, e.g. ``2``; may be empty.
        confidence: ``V`` read verbatim, ``P`` paraphrase, ``K`` own knowledge.
    """

    law: str
    article: str
    paragraph: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a computation: the day it reaches and Dutch text."""

    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWarning:
    """Something a person must know about a computed term: a stable code and Dutch text."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The end of a term, and how it was worked out.

    Attributes:
        term: Id of the term, e.g. ``WMS-34-2`` or ``reglement-termijn_instemming``.
        name: Dutch name for people.
        trigger: Day of the event that started it (or, counting back, of the event itself).
        strict: Last day without any extension, inclusive; None for a prompt.
        last_day: Last day with extension, inclusive; equals ``strict`` without one.
        advised: Day to aim for; for counting back the working day on or before ``last_day``.
        actor: Who must act.
        steps: The computation, in order.
        basis: Where the term comes from; None only for a free computation.
        warnings: What a person must know.
    """

    term: str
    name: str
    trigger: date
    strict: date | None
    last_day: date | None
    advised: date | None
    actor: Actor
    steps: tuple[Step, ...]
    basis: Basis | None
    warnings: tuple[TermWarning, ...]


class ProcedureState(StrEnum):
    """Where a procedure stands."""

    ONTVANGEN = "ontvangen"
    OP_AGENDA = "op_agenda"
    AFGEROND = "afgerond"
    TERUGGEDRAAID = "teruggedraaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A request of the board that the council must answer.

    Attributes:
        dossier: Number of its dossier.
        kind: ``adviesaanvraag`` or ``instemmingsverzoek``.
        title: Dutch, what it is about.
        right_holder: Who holds the right, e.g. ``hele raad``, ``personeel``.
        state: Where it stands.
        received: When the request was received.
        deadlines: Terms that run, soonest first.
        meeting_day: Meeting at which it must be treated to be in time; None when there is none.
        to_do: Dutch, what a person has to confirm or check.
    """

    dossier: str
    kind: Kind
    title: str
    right_holder: str
    state: ProcedureState
    received: Received
    deadlines: tuple[Deadline, ...]
    meeting_day: date | None
    to_do: tuple[str, ...]


# --- meetings --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A row of leden.xlsx; groups that may see confidential papers come from ``committees`` only.

    Attributes:
        name: Full name.
        salutation: ``de heer``, ``mevrouw`` …; may be empty.
        email: Lower case; empty when missing.
        geleding: ``personeel``, ``ouders``, ``leerlingen`` … or empty.
        school: May be empty.
        function: ``voorzitter``, ``secretaris`` …; may be empty.
        committees: Groups besides the geleding, e.g. ``PMR``.
        member_from: First day of membership; None = always.
        member_until: Last day, inclusive; None = open.
        delivery: ``mail`` or ``papier``.
        substitute: Name of the deputy; may be empty.
    """

    name: str
    salutation: str
    email: str
    geleding: str
    school: str
    function: str
    committees: tuple[str, ...]
    member_from: date | None
    member_until: date | None
    delivery: str
    substitute: str

    def is_member_on(self, day: date) -> bool:
        """Tell whether the person is a member on that day, bounds included."""
        started = self.member_from is None or self.member_from <= day
        return started and (self.member_until is None or day <= self.member_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDate:
    """A row of the council's rooster.

    Attributes:
        day: Day of the meeting; None only for a folder whose name has no date.
        kind: Dutch, e.g. ``Overlegvergadering``.
        starts: ``19.30`` or empty.
        ends: ``21.30`` or empty.
        place: May be empty.
    """

    day: date | None
    kind: str
    starts: str = ""
    ends: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPaper:
    """A paper that lies in the folder of an agenda item.

    Attributes:
        path: Place inside the meeting folder, with ``/``.
        sha256: Digest of the file as it lies there.
        title: Dutch title for agenda and bookmarks.
        audience: Group that may see it, e.g. ``PMR``; empty = all members.
        closed: True under a ``[besloten]`` mark: members only.
        late: True under a ``[tafelstuk]`` mark.
    """

    path: str
    sha256: str
    title: str
    audience: str = ""
    closed: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """A numbered sub-folder of a meeting.

    Attributes:
        number: ``4`` or ``4a``; as printed, without leading zero.
        title: Dutch.
        aim: ``instemming``, ``advies``, ``informatie``, ``besluit``, ``bespreking`` or empty.
        minutes: Planned length; 0 when not given.
        presenter: May be empty.
        starts: ``19.45`` when times are known, else empty.
        closed: True for ``[besloten]``.
        deadline: Last day of the term behind it, if any.
        papers: In order.
    """

    number: str
    title: str
    aim: str = ""
    minutes: int = 0
    presenter: str = ""
    starts: str = ""
    closed: bool = False
    deadline: date | None = None
    papers: tuple[ItemPaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What the secretary typed in agenda.xlsx for an item or paper; empty fields overrule nothing.

    Attributes:
        number: ``4`` or ``4b``: the row.
        source: Path of the paper inside the meeting folder; empty for an item.
        title: Own title.
        presenter: Who presents it.
        starts: ``19.45``.
        minutes: Planned length; 0 when not given.
    """

    number: str
    source: str = ""
    title: str = ""
    presenter: str = ""
    starts: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting folder as it lies there.

    Attributes:
        folder: Name of the meeting folder.
        date: Row of the rooster, or what the folder name tells.
        items: In order of number.
        problems: Dutch sentences for ``LET OP.txt``; any of them blocks approval.
    """

    folder: str
    date: MeetingDate
    items: tuple[AgendaItem, ...]
    problems: tuple[str, ...]


# --- bundle ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Who a bundle is for: an allow-list, never a block-list.

    Attributes:
        name: ``leden``, ``PMR`` …; also in the file name.
        groups: Groups whose confidential papers are included.
        closed: True when ``[besloten]`` items are included.
    """

    name: str
    groups: tuple[str, ...]
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePaper:
    """A paper in one edition.

    Attributes:
        item: Number of its agenda item.
        number: ``4b``.
        title: Dutch.
        source: Path inside the meeting folder.
        sha256: Digest of the source.
    """

    item: str
    number: str
    title: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlan:
    """What goes into one edition, in order; decided before any page is made.

    Attributes:
        edition: For whom.
        meeting: The meeting, with only what this edition may see.
        papers: In order of appearance.
        manifest: sha256 over everything that approval binds.
        file_name: Name of the concept, without folder.
    """

    edition: Edition
    meeting: Meeting
    papers: tuple[BundlePaper, ...]
    manifest: str
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """A page that stands for a paper that could not be read: number, source, Dutch reason."""

    number: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something of a source that the bundle does not carry: number, Dutch what, count."""

    number: str
    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPaper:
    """A paper as it stands in the finished PDF: first page 1-based, number of pages."""

    paper: BundlePaper
    first_page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltBundle:
    """A finished PDF of one edition.

    Attributes:
        plan: What it was built from.
        path: Where the file lies, absolute.
        sha256: Digest of the file.
        pages: Total.
        papers: Where each paper stands.
        placeholders: Pages that stand for unreadable papers.
        losses: What the bundle does not carry.
        without_office: Numbers of papers converted without LibreOffice.
        seconds: Time it took.
    """

    plan: BundlePlan
    path: str
    sha256: str
    pages: int
    papers: tuple[PlacedPaper, ...]
    placeholders: tuple[Placeholder, ...]
    losses: tuple[Loss, ...]
    without_office: tuple[str, ...]
    seconds: float


# --- dispatch --------------------------------------------------------------------------


class DispatchState(StrEnum):
    """Where a message to one person stands."""

    GEPLAND = "gepland"
    BEZIG = "bezig"
    VERZONDEN = "verzonden"
    AFDRUK = "afdruk"
    AANGEHOUDEN = "aangehouden"
    MOGELIJK_VERZONDEN = "mogelijk_verzonden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One message to one person.

    Attributes:
        id: Stable; also the local part of the Message-ID.
        member: Name.
        to: Address; empty for paper or when missing.
        edition: Edition it carries.
        file: Name of the attached file.
        sha256: Digest of the attached file.
        state: Where it stands.
        reason: Dutch, why it is held or printed; may be empty.
    """

    id: str
    member: str
    to: str
    edition: str
    file: str
    sha256: str
    state: DispatchState
    reason: str = ""


class SendPurpose(StrEnum):
    """Why a bundle is sent."""

    LEDEN = "leden"
    PROEF = "proef"
    VOORZITTER = "voorzitter"


class SendingState(StrEnum):
    """Where a sending stands."""

    AANGEKONDIGD = "aangekondigd"
    BEZIG = "bezig"
    VERZONDEN = "verzonden"
    GEANNULEERD = "geannuleerd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One approved edition on its way to everybody who may have it.

    Attributes:
        id: Stable: the same concept, approved again after a cancellation, gets another one.
        meeting: Name of the meeting folder.
        purpose: To the members, or a concept to one person.
        edition: Name of the edition.
        concept: sha256 of the approved concept.
        manifest: What the approval binds.
        place: Where the approved file lies, inside the meeting folder.
        notice: Name of the announcement file beside it, empty when there is none.
        due: Instant before which it can be cancelled, UTC.
        state: Where it stands.
        file: Name of the final PDF in ``Verstuurd/``, empty until it is made.
        final_sha256: Digest of that PDF, empty until it is made.
    """

    id: str
    meeting: str
    purpose: SendPurpose
    edition: str
    concept: str
    manifest: str
    place: str
    notice: str
    due: datetime
    state: SendingState
    file: str = ""
    final_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """A mail ready to be handed to a transport.

    Attributes:
        message_id: Without brackets; the same mail always has the same one.
        sender: From.
        to: The one recipient.
        reply_to: Where answers go.
        subject: One line.
        text: Plain text body.
        html: HTML body.
        attachment_path: Absolute path of the file, empty for none.
        attachment_name: Name the recipient sees.
        sent_at: Date header, aware.
    """

    message_id: str
    sender: Address
    to: Address
    reply_to: Address
    subject: str
    text: str
    html: str
    attachment_path: str
    attachment_name: str
    sent_at: datetime


# --- the council -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Somebody the council corresponds with: name, address or ``@domain``, role."""

    name: str
    email: str
    role: SenderRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """The council, as raad.toml describes it.

    Attributes:
        name: Full name, e.g. ``CMR Veenrijk College``.
        short: Short name for file names and subjects.
        organ: How letters address it: ``cmr``, ``mr``, ``gmr``, ``or``, ``clientenraad``.
        regime: ``wms-po``, ``wms-vo``, ``wms-so``, ``wor``, ``wmcz``.
        region: Region for school holidays: ``noord``, ``midden``, ``zuid`` or empty.
        board: Name of the bevoegd gezag.
        mailbox: The council's own address.
        secretary: The ambtelijk secretaris.
        chair: The chair.
        own_addresses: All addresses of the council itself, lower case.
        relations: Known correspondents.
        groups: Groups with confidential papers, e.g. ``PMR``; marks are checked against these.
        pause_minutes: Pause between approval and sending.
        fixed_items: Titles of standing agenda items, in order.
        closing_items: Titles of standing closing items, in order.
        papers_days_before: Days before a meeting at which the papers must be out; None = unknown.
        public_edition: True when an edition without closed items is made as well.
    """

    name: str
    short: str
    organ: str
    regime: str
    region: str
    board: str
    mailbox: Address
    secretary: Address
    chair: Address
    own_addresses: tuple[str, ...]
    relations: tuple[Relation, ...]
    groups: tuple[str, ...]
    pause_minutes: int
    fixed_items: tuple[str, ...]
    closing_items: tuple[str, ...]
    papers_days_before: int | None
    public_edition: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BylawTerm:
    """A term the council's own reglement sets.

    Attributes:
        kind: The kind of request it is for.
        length: Number of units, positive.
        unit: ``dag``, ``week`` or ``maand``.
        article: Article of the reglement, as the council cites it.
        without_school_holidays: True when school holidays do not count.
    """

    kind: Kind
    length: int
    unit: str
    article: str
    without_school_holidays: bool


# --- work ------------------------------------------------------------------------------


class JobKind(StrEnum):
    """The units of work; each is a row in the journal."""

    ARRIVAL = "arrival"
    DECISION = "decision"
    UNDO = "undo"
    LETTER = "letter"
    MEETING = "meeting"
    APPROVAL = "approval"
    SENDING = "sending"
    MESSAGE = "message"
    CLOSING = "closing"
    OVERVIEW = "overview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A unit of work.

    Attributes:
        key: The same work has the same key; a key is worked off once.
        kind: What is to be done.
        subject: Id of what it is done to.
        detail: Second id, when one is not enough; may be empty.
        due: Not before this instant of the legal clock, UTC.
    """

    key: str
    kind: JobKind
    subject: str
    detail: str = ""
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedJob:
    """Work that has failed so far: what, and why in Dutch."""

    job: Job
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One line of the journal.

    Attributes:
        seq: 1-based.
        at: Instant, UTC.
        event: Stable English name.
        subject: Ids only.
        text: Dutch text; empty when it has been erased.
    """

    seq: int
    at: datetime
    event: str
    subject: str
    text: str

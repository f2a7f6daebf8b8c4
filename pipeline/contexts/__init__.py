"""What each Word and mail template is filled with: one frozen value per template.

All text is Dutch and already formatted for people (``dinsdag 8 december 2026``, ``20 min``), so
that a template only has to put it in its place. Field names are the placeholders that a
secretary sees in Word; therefore they are Dutch. An empty string or tuple means "leave this out".
Text may come from outside; ``edges/templates`` keeps it text. Standard library only.

These fields mean the same everywhere and are not explained again:
    raad: Full name of the council, readable after "de": ``CMR Veenrijk College``.
    soort_vergadering: ``Overlegvergadering``; in mails with its article, ``de overlegvergadering``.
    datum: Day of the meeting: ``dinsdag 8 december 2026``; of a letter its date.
    tijd, plaats: ``19.30 tot 21.30 uur``, and where the council meets.
    editie: ``Editie leden``.
    inhoud: ``11 agendapunten, 24 stukken, 134 bladzijden``.
    vertrouwelijk: Sentence for a confidential edition.
    concept: ``Concept van 1 december 2026, 14.05 uur``; empty once approved.
    voorzitter, secretaris, functie: Names, and ``ambtelijk secretaris``.
    aanhef: ``Geachte mevrouw De Wit``, without comma.
    onderwerp: Of a mail: its subject.
    bestand: Name of the attached or approved file.
    waarschuwingen: What a person must know, one sentence each.

The modules go by subject: base, bundle, lists, letters, examination, mails.
"""

from pipeline.contexts.base import SECRETARY_FUNCTION, Context, MeetingContext
from pipeline.contexts.bundle import (
    AddressLine,
    AddressSheetContext,
    AgendaContext,
    AgendaLine,
    AgendaPaper,
    CoverContext,
    DividerContext,
    PlaceholderContext,
    PlaceholderLine,
)
from pipeline.contexts.examination import ExaminationContext, ToetsLine
from pipeline.contexts.letters import (
    AcknowledgementContext,
    AdviceContext,
    ConsentContext,
    ConsentRefusalContext,
    ConsultationContext,
    ExtensionContext,
    LetterContext,
    NullityContext,
    ProposalContext,
    ReminderContext,
    RoutingContext,
    SupplementContext,
)
from pipeline.contexts.lists import (
    IncomingLine,
    IncomingListContext,
    ProofContext,
    ProofLine,
    ReadMeContext,
    TermLine,
    TermsOverviewContext,
    Urgency,
)
from pipeline.contexts.mails import (
    AlarmMailContext,
    AnnouncementMailContext,
    BounceMailContext,
    DigestBlock,
    DigestLine,
    DigestMailContext,
    LetterMailContext,
    MailContext,
    MailItem,
    MeetingMailContext,
    NewAddressMailContext,
    ReadableCopyMailContext,
    RecipientLine,
    ServiceMailContext,
    TrialMailContext,
)

__all__ = [
    "SECRETARY_FUNCTION",
    "AcknowledgementContext",
    "AddressLine",
    "AddressSheetContext",
    "AdviceContext",
    "AgendaContext",
    "AgendaLine",
    "AgendaPaper",
    "AlarmMailContext",
    "AnnouncementMailContext",
    "BounceMailContext",
    "ConsentContext",
    "ConsentRefusalContext",
    "ConsultationContext",
    "Context",
    "CoverContext",
    "DigestBlock",
    "DigestLine",
    "DigestMailContext",
    "DividerContext",
    "ExaminationContext",
    "ExtensionContext",
    "IncomingLine",
    "IncomingListContext",
    "LetterContext",
    "LetterMailContext",
    "MailContext",
    "MailItem",
    "MeetingContext",
    "MeetingMailContext",
    "NewAddressMailContext",
    "NullityContext",
    "PlaceholderContext",
    "PlaceholderLine",
    "ProofContext",
    "ProofLine",
    "ProposalContext",
    "ReadMeContext",
    "ReadableCopyMailContext",
    "RecipientLine",
    "ReminderContext",
    "RoutingContext",
    "ServiceMailContext",
    "SupplementContext",
    "TermLine",
    "TermsOverviewContext",
    "ToetsLine",
    "TrialMailContext",
    "Urgency",
]

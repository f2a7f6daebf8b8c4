"""The values that travel along the road of a paper; ``from pipeline.values import …`` gives all of them.

All are frozen, slotted and keyword-only. Bytes stay on disk: a value carries their sha256
(lower-case hex). Instants are aware ``datetime`` in UTC; legal days are ``date`` in
Europe/Amsterdam. Numbers of pages and positions are 1-based. Fields that hold Dutch text
for people are marked "Dutch". The modules follow the road: places, arrival, judgement, paper,
term, meeting, edition, sending; people and work stand beside it.
"""

from pipeline.values.arrival import (
    Address,
    Arrival,
    DateCandidate,
    Disposition,
    Document,
    Facts,
    ForwardedOrigin,
    Message,
    Part,
    PartVerdict,
    Reading,
    Received,
    ReceivedBasis,
    Via,
)
from pipeline.values.edition import (
    BuiltBundle,
    BundlePaper,
    BundlePlan,
    Edition,
    Loss,
    PlacedPaper,
    Placeholder,
)
from pipeline.values.judgement import (
    Classified,
    Evidence,
    Held,
    Judgement,
    Kind,
    Right,
    SenderRole,
    StartsProcedure,
    Verdict,
)
from pipeline.values.meeting import AgendaItem, ItemPaper, Meeting, MeetingDate, Member, Override
from pipeline.values.paper import Dossier, Filed, HeldPaper, Origin
from pipeline.values.people import BylawTerm, Council, Relation
from pipeline.values.places import Entry, MeetingPlace, Place
from pipeline.values.sending import Dispatch, DispatchState, OutgoingMail, Sending, SendingState, SendPurpose
from pipeline.values.term import Actor, Basis, Deadline, Procedure, ProcedureState, Step, TermWarning
from pipeline.values.work import FailedJob, Job, JobKind, JournalLine

__all__ = [
    "Actor",
    "Address",
    "AgendaItem",
    "Arrival",
    "Basis",
    "BuiltBundle",
    "BundlePaper",
    "BundlePlan",
    "BylawTerm",
    "Classified",
    "Council",
    "DateCandidate",
    "Deadline",
    "Dispatch",
    "DispatchState",
    "Disposition",
    "Document",
    "Dossier",
    "Edition",
    "Entry",
    "Evidence",
    "Facts",
    "FailedJob",
    "Filed",
    "ForwardedOrigin",
    "Held",
    "HeldPaper",
    "ItemPaper",
    "Job",
    "JobKind",
    "JournalLine",
    "Judgement",
    "Kind",
    "Loss",
    "Meeting",
    "MeetingDate",
    "MeetingPlace",
    "Member",
    "Message",
    "Origin",
    "OutgoingMail",
    "Override",
    "Part",
    "PartVerdict",
    "Place",
    "PlacedPaper",
    "Placeholder",
    "Procedure",
    "ProcedureState",
    "Reading",
    "Received",
    "ReceivedBasis",
    "Relation",
    "Right",
    "SendPurpose",
    "SenderRole",
    "Sending",
    "SendingState",
    "StartsProcedure",
    "Step",
    "TermWarning",
    "Verdict",
    "Via",
]

"""Learning from the secretary: what she decides about papers makes the judgement of the next ones better.

    a decision (decisions.py) -> notice_learning -> learn -> a new model, kept only when it is not worse

What is learned from lies in ``config/voorbeelden/leren`` and in the journal; what a model is tried on
is kept apart: ``config/voorbeelden/apart``, and every fifth decision. Nothing is learned from a guess.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, time

from pipeline.archive.settling import REQUESTS
from pipeline.classify.case import SURE_WITH_MANY_CUES, Paper
from pipeline.classify.features import features_of
from pipeline.classify.plan import look
from pipeline.classify.sender import sender_role
from pipeline.classify.trial import Trial, is_no_worse, try_out
from pipeline.dates import AMSTERDAM, ONE_DAY
from pipeline.intake.facts import find_facts
from pipeline.intake.quoting import read_layers
from pipeline.office import Bench, Office
from pipeline.ports import Ledger
from pipeline.roads.post import rights_in
from pipeline.values import (
    Address,
    Council,
    Filed,
    Job,
    JobKind,
    Kind,
    LabelledText,
    Lesson,
    Model,
    PartVerdict,
    Road,
    SenderRole,
    Via,
)

_LESSON = "lesson:"
_LEARNED = "learned"
_AT_NIGHT = time(3)
"""Local time at which a model is made: it takes half a minute, in which nothing else is done."""
_EVERY_FIFTH = 5


def note_lesson(paper: str, kind: Kind | None, ledger: Ledger) -> None:
    """Remember what a person said a paper is; None takes it back."""
    ledger.set_fact(f"{_LESSON}{paper}", kind.value if kind else "")


def notice_learning(office: Office) -> None:
    """Add the work of learning when something was decided since the last time."""
    with office.journal.transaction() as ledger:
        state = _state(ledger)
        if state and ledger.fact(_LEARNED) != state:
            ledger.add_job(
                Job(
                    key=f"learn:{state}",
                    kind=JobKind.LEARN,
                    subject="learning",
                    detail=state,
                    due=_next_night(office),
                )
            )


def _next_night(office: Office) -> datetime:
    night = datetime.combine(office.today() + ONE_DAY, _AT_NIGHT, AMSTERDAM)
    return night.astimezone(UTC)


def _state(ledger: Ledger) -> str:
    """Digest all that was decided; empty when nothing was."""
    told = sorted((paper, kind) for paper, kind in ledger.facts(_LESSON).items() if kind)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16] if told else ""


def learn(job: Job, office: Office) -> None:
    """Make a model of the samples and the decisions; keep it when it is not worse on what was kept apart."""
    with office.journal.transaction() as ledger:
        is_last_word = _state(ledger) == job.detail
        own = tuple(_own_lessons(ledger, office.bench)) if is_last_word else ()
    if own:
        told = _learn(own, office)
        with office.journal.transaction() as ledger:
            ledger.set_fact(_LEARNED, job.detail)
            ledger.set_fact("learned-told", told)
            ledger.note("learned", "learning", told)
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


def _learn(own: tuple[Lesson, ...], office: Office) -> str:
    samples, apart = (tuple(lesson_of(one, office.bench) for one in texts) for texts in office.samples())
    model = office.learner.train((*samples, *(one for one in own if not _is_apart(one))))
    tests = (*apart, *(one for one in own if _is_apart(one)))
    old = office.learner.current()
    new_trial, old_trial = _tried(model, tests), _tried(old, tests) if old else None
    keeps = old_trial is None or is_no_worse(new_trial, old_trial)
    if keeps:
        office.learner.keep(model)
    return _told(len(own), new_trial, old_trial, keeps=keeps)


def _tried(model: Model, tests: tuple[Lesson, ...]) -> Trial:
    return try_out(model, tests, frozenset(REQUESTS), SURE_WITH_MANY_CUES)


def _told(decisions: int, new: Trial, old: Trial | None, *, keeps: bool) -> str:
    """Say in Dutch what was learned."""
    many = "1 beslissing" if decisions == 1 else f"{decisions} beslissingen"
    before = f", zonder het geleerde {old.right}" if old else ""
    score = f"Van {new.of} proefstukken worden er met het geleerde {new.right} goed herkend{before}."
    if keeps:
        return f"De dienst heeft geleerd van {many} van u. {score}"
    return f"Leren van {many} van u maakte het oordeel niet beter; alles blijft zoals het was. {score}"


def _is_apart(lesson: Lesson) -> bool:
    """Tell whether a decision is kept apart; by the digest of its name, so that it never changes."""
    return int(hashlib.sha256(lesson.paper.encode()).hexdigest()[:8], 16) % _EVERY_FIFTH == 0


# --- lessons ---------------------------------------------------------------------------


def _own_lessons(ledger: Ledger, bench: Bench) -> Iterator[Lesson]:
    """Give the decisions of the secretary whose paper can be read."""
    filed = {paper.origin.paper: paper for paper in ledger.filed()}
    for name, kind in ledger.facts(_LESSON).items():
        paper = filed.get(name.removeprefix(_LESSON))
        seen = _paper_of_decision(paper, ledger, bench) if paper and kind else None
        if paper and seen:
            family = f"dossier {paper.dossier}"
            yield Lesson(
                paper=paper.origin.paper,
                family=family,
                kind=Kind(kind),
                features=_features(seen, bench),
                own=True,
            )


def _paper_of_decision(filed: Filed, ledger: Ledger, bench: Bench) -> Paper | None:
    """See a filed paper again as it was judged; None when it has no text."""
    arrival, documents = ledger.arrival(filed.origin.arrival), ledger.documents(filed.origin.arrival)
    mine = (one for one in documents if one.part.number == filed.origin.part and one.is_paper)
    document = next(mine, None)
    if arrival is None or document is None or document.reading is None:
        return None
    by_drop = arrival.via is Via.INKOMEND and not filed.origin.mail_subject
    is_body = document.verdict is PartVerdict.BODY_IS_LETTER
    return Paper(
        text=document.reading.text,
        facts=document.facts,
        subject=filed.origin.mail_subject,
        sender_role=SenderRole.SECRETARIS_MAP if by_drop else sender_role(filed.origin.sender, bench.council),
        file_name="" if is_body else document.part.name,
        is_mail_body=is_body,
        rights=rights_in(document.reading.text, bench),
        council=bench.council,
    )


def lesson_of(sample: LabelledText, bench: Bench) -> Lesson:
    """Make the lesson of a shipped sample: it is seen as the paper of its own council."""
    return Lesson(
        paper=sample.name,
        family=sample.family,
        kind=sample.kind,
        features=_features(_paper_of_sample(sample, bench), bench),
    )


def _features(paper: Paper, bench: Bench) -> dict[str, float]:
    page, speaker, scores = look(paper, bench.kinds)
    return dict(features_of(paper, page, speaker, scores))


def _paper_of_sample(sample: LabelledText, bench: Bench) -> Paper:
    is_body = sample.road is Road.MAIL
    text = read_layers(sample.text, sample.subject, is_answer=False).own_text if is_body else sample.text
    return Paper(
        text=text,
        facts=find_facts(text, sample.day, "", sample.subject),
        subject=sample.subject,
        sender_role=sample.role,
        bulk=sample.bulk,
        file_name="" if is_body else sample.file_name,
        is_mail_body=is_body,
        rights=rights_in(text, bench),
        council=council_of(sample),
    )


def council_of(sample: LabelledText) -> Council:
    """Make the council a sample was written to; nobody of it has an address."""
    nobody = Address(email="")
    return Council(
        name=sample.council,
        short=sample.council,
        organ=sample.organ,
        regime=sample.regime,
        region="",
        board=sample.board,
        mailbox=nobody,
        secretary=nobody,
        chair=nobody,
        own_addresses=(),
        relations=(),
        groups=(),
        pause_minutes=0,
        fixed_items=(),
        closing_items=(),
        papers_days_before=None,
        public_edition=False,
    )

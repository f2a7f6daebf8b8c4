"""Labelled texts as they reach a council: as a mail or a file, judged on the whole road from bytes."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from pipeline.edges import shipped
from pipeline.edges.mail.opening import open_up
from pipeline.edges.reading import read
from pipeline.office import Bench
from pipeline.roads.learning import council_of as bare_council_of
from pipeline.roads.post import examine, judge_document
from pipeline.settings.kinds import load_kinds
from pipeline.settings.law import load_rights
from pipeline.values import (
    Address,
    Classified,
    Council,
    Judgement,
    Kind,
    LabelledText,
    Model,
    Relation,
    Road,
    SenderRole,
    StartsProcedure,
    Verdict,
)

_OWN, _BOARD, _KNOWN = "raad@raad.example", "bestuur@raad.example", "info@bekend.example"
_ADDRESSES = {
    SenderRole.RAAD: _OWN,
    SenderRole.SECRETARIS_MAP: _OWN,
    SenderRole.BEVOEGD_GEZAG: _BOARD,
    SenderRole.BEKEND: _KNOWN,
    SenderRole.ONBEKEND: "iemand@elders.example",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A sample with what became of it."""

    sample: LabelledText
    verdict: Verdict

    @property
    def judgement(self) -> Judgement | None:
        return self.verdict.judgement

    @property
    def is_filed(self) -> bool:
        return isinstance(self.verdict, Classified)

    @property
    def kind(self) -> Kind | None:
        return self.judgement.kind if self.judgement else None

    @property
    def is_right(self) -> bool:
        return self.kind is self.sample.kind

    @property
    def starts(self) -> bool:
        return self.judgement is not None and self.judgement.starts_procedure is StartsProcedure.JA


@cache
def _rules() -> tuple[tuple, tuple]:  # type: ignore[type-arg]
    config = shipped.config_folder()
    return load_kinds(config), load_rights(config)


def outcome_of(sample: LabelledText, model: Model | None, *, with_council: bool) -> Outcome:
    """Send a sample down the road and give what became of its one paper."""
    kinds, rights = _rules()
    council = council_of(sample) if with_council else None
    bench = Bench(council=council, kinds=kinds, rights=rights, opener=open_up, reader=read, model=model)
    content, name = arrival_of(sample)
    taken = examine(content, name, bench, known=frozenset(), seen_on=sample.day)
    papers = [document for document in taken.documents if document.is_paper]
    assert len(papers) == 1, f"{sample.name}: {[one.verdict.value for one in taken.documents]}"
    return Outcome(sample=sample, verdict=judge_document(papers[0], taken.message, bench))


def arrival_of(sample: LabelledText) -> tuple[bytes, str]:
    """Give the bytes and the name under which a sample arrives."""
    name = f"{Path(sample.file_name).stem}.txt"
    if sample.road is Road.BESTAND and sample.role is SenderRole.SECRETARIS_MAP and not sample.subject:
        return sample.text.encode(), name
    mail = EmailMessage()
    mail["From"] = f"Afzender <{_ADDRESSES[sample.role]}>"
    mail["To"] = _OWN
    mail["Subject"] = sample.subject or Path(sample.file_name).stem
    mail["Date"] = format_datetime(datetime(sample.day.year, sample.day.month, sample.day.day, 9, tzinfo=UTC))
    mail["Message-ID"] = f"<{hashlib.sha256(sample.name.encode()).hexdigest()[:16]}@raad.example>"
    if sample.bulk:
        mail["List-Unsubscribe"] = "<mailto:afmelden@bekend.example>"
    if sample.road is Road.MAIL:
        mail.set_content(sample.text)
    else:
        mail.set_content("Zie bijlage.")
        mail.add_attachment(sample.text.encode(), maintype="text", subtype="plain", filename=name)
    return mail.as_bytes(), "bericht.eml"


def council_of(sample: LabelledText) -> Council:
    """Make the council a sample was written to; its board and a known sender have an address."""
    own = Address(email=_OWN, name=sample.council)
    return replace(
        bare_council_of(sample),
        region="noord",
        mailbox=own,
        secretary=own,
        chair=own,
        own_addresses=(_OWN,),
        relations=(
            Relation(name=sample.board, email=_BOARD, role=SenderRole.BEVOEGD_GEZAG),
            Relation(name="Bekende", email=_KNOWN, role=SenderRole.BEKEND),
        ),
    )

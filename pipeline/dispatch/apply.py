"""Hand a message over exactly once, with proof before and after.

The intent stands in the journal before the act. After a crash the transport is asked; what it
cannot tell is held for a person. Touches the transport, the journal and the proofs on disk.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.dispatch import plan
from pipeline.errors import TransportError, UncertainTransportError
from pipeline.ports import Clock, Disk, Journal, Transport
from pipeline.values import Dispatch, DispatchState, OutgoingMail


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """The counter at which the messages of one sending are handed over.

    Attributes:
        sending: Id of the sending.
        proofs: Folder for the proofs, in the werkmap.
        transport: Hands mail over.
        journal: Holds intent and outcome.
        disk: Writes the proofs and digests what goes along.
        clock: Stamps the proofs.
    """

    sending: str
    proofs: Path
    transport: Transport
    journal: Journal
    disk: Disk
    clock: Clock

    def record(self, dispatch: Dispatch) -> None:
        """Write a state in the journal, and as a proof in the werkmap that outlives the journal."""
        self.keep(dispatch)
        self.prove(dispatch)

    def keep(self, dispatch: Dispatch) -> None:
        """Write a state in the journal, unless it stands there already."""
        with self.journal.transaction() as ledger:
            if dispatch not in ledger.dispatches(self.sending):
                ledger.save_dispatch(self.sending, dispatch)
                ledger.note(f"message-{dispatch.state.value}", dispatch.id, dispatch.reason)

    def prove(self, dispatch: Dispatch) -> None:
        """Write the proof of a state that stands in the journal; the proof that a message went stays."""
        if self.proven(dispatch) is DispatchState.VERZONDEN:
            return
        with self.journal.transaction() as ledger:
            seq = ledger.last_seq()
        proof = {
            **asdict(dispatch),
            "message_id": plan.message_id(dispatch),
            "moment": self.clock().isoformat(),
            "journaal": seq,
        }
        text = json.dumps(proof, ensure_ascii=False, indent=2, sort_keys=True, default=str)
        self.disk.write(self.proofs / f"{dispatch.id}.json", f"{text}\n".encode())

    def proven(self, dispatch: Dispatch) -> DispatchState | None:
        """Read what an earlier proof says of a message; None without one, uncertain when it is damaged."""
        try:
            return DispatchState(json.loads((self.proofs / f"{dispatch.id}.json").read_bytes())["state"])
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return DispatchState.MOGELIJK_VERZONDEN

    def digest_of(self, attachment: str) -> str:
        """Digest the file that would go along; empty without one."""
        return self.disk.sha256_of(Path(attachment)) if attachment else ""


def hand_over(dispatch: Dispatch, mail: OutgoingMail, counter: Counter) -> Dispatch:
    """Hand one message over, or find out what became of it.

    Args:
        dispatch: The message as the journal has it.
        mail: What is handed over.
        counter: Where it is done and written down.

    Returns:
        The message in its new state.

    Raises:
        TransportError: It certainly did not leave, and is planned again; or nobody knows yet, and the
            transport is asked when this is done again.
    """
    dispatch = plan.before_sending(
        dispatch,
        proven=counter.proven(dispatch),
        attached=counter.digest_of(mail.attachment_path or mail.linked_path),
    )
    if _lay_ready(dispatch):
        was_sent = counter.transport.was_sent(mail.message_id, dispatch.draft)
        dispatch = plan.after_restart(dispatch, was_sent=was_sent)
        counter.record(dispatch)
    if dispatch.state is not DispatchState.GEPLAND:
        counter.keep(dispatch)
        counter.prove(dispatch)  # the journal may know more than the proof after a crash
        return dispatch
    busy = replace(dispatch, state=DispatchState.BEZIG, draft="", sent_at=counter.clock())
    counter.record(busy)
    done = _try(busy, mail, counter)
    counter.record(done)
    return done


def _lay_ready(dispatch: Dispatch) -> bool:
    """Tell whether the transport may have sent a message that the journal does not know as sent.

    A message that it had ready may have left although it said otherwise: a server that answers too
    late goes on with what it was doing.
    """
    planned_again = dispatch.state is DispatchState.GEPLAND and bool(dispatch.draft)
    return dispatch.state is DispatchState.BEZIG or planned_again


def _try(busy: Dispatch, mail: OutgoingMail, counter: Counter) -> Dispatch:
    """Lay a mail ready, write down what it is known by there, and send it.

    Raises:
        TransportError: It certainly did not leave, and that is written down; or nobody knows yet.
    """
    try:
        draft = counter.transport.prepare(mail)
        if draft:
            busy = replace(busy, draft=draft)
            counter.record(busy)
        counter.transport.send(mail, draft)
    except UncertainTransportError as fault:
        if busy.draft:
            raise TransportError(f"nobody knows yet whether {busy.id} left", wat=fault.wat) from fault
        return replace(busy, state=DispatchState.MOGELIJK_VERZONDEN, reason=f"{fault.wat} {fault.doe}")
    except TransportError as fault:
        counter.record(replace(busy, state=DispatchState.GEPLAND, reason=fault.wat, sent_at=None))
        raise
    return replace(busy, state=DispatchState.VERZONDEN, reason="")


def newest_proof(texts: tuple[bytes, ...]) -> int:
    """Find the highest journal number that proofs name; 0 without proofs, a damaged one names none."""
    return max((_number_in(text) for text in texts), default=0)


def _number_in(text: bytes) -> int:
    try:
        return int(json.loads(text)["journaal"])
    except (ValueError, KeyError, TypeError):
        return 0

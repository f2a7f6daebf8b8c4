"""Hand a message over exactly once, with proof before and after.

The intent stands in the journal before the act. After a crash the transport is asked; what it
cannot tell is held for a person. Touches the transport, the journal and the proofs on disk.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.dispatch import plan
from pipeline.dispatch.together import followed
from pipeline.errors import RefusedTransportError, TransportError, UncertainTransportError
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

    def record(self, dispatch: Dispatch, left_out: frozenset[str] = frozenset()) -> None:
        """Write a state in the journal, and as a proof in the werkmap that outlives the journal.

        Args:
            dispatch: The message; whoever goes along in it is written down with it, at once.
            left_out: Addresses of those that the server did not take.
        """
        self.keep(dispatch, left_out)
        for one in (dispatch, *(self.rows_within(dispatch) if dispatch.shared else ())):
            self.prove(one)

    def hold(self, dispatch: Dispatch, left_out: frozenset[str] = frozenset()) -> None:
        """Write down that a message does not go, and take away what was laid ready of it.

        When the mailbox refuses that for good, the reason says that a person must do it.

        Raises:
            TransportError: What was laid ready cannot be taken away now; that it does not go stands.
        """
        self.keep(dispatch, left_out)
        try:
            self.transport.withdraw(plan.message_id(dispatch))
        except RefusedTransportError:
            dispatch = plan.with_draft_left(dispatch)
        self.record(dispatch)

    def rows_within(self, message: Dispatch) -> tuple[Dispatch, ...]:
        """Read who goes, or went, along in a message to several."""
        with self.journal.transaction() as ledger:
            return tuple(one for one in ledger.dispatches(self.sending) if one.within == message.id)

    def keep(self, dispatch: Dispatch, left_out: frozenset[str] = frozenset()) -> None:
        """Write a state in the journal, unless it stands there already."""
        with self.journal.transaction() as ledger:
            known = ledger.dispatches(self.sending)
            for one in (dispatch, *followed(dispatch, known, left_out)):
                if one not in known:
                    ledger.save_dispatch(self.sending, one)
                    ledger.note(f"message-{one.state.value}", one.id, one.reason)

    def prove(self, dispatch: Dispatch) -> None:
        """Write the proof of a state that stands in the journal; the proof that a message went stays."""
        if self.proven(dispatch).state is DispatchState.VERZONDEN:
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

    def proven(self, dispatch: Dispatch) -> plan.Proven:
        """Read what an earlier proof says of a message; uncertain when it is damaged."""
        try:
            told = json.loads((self.proofs / f"{dispatch.id}.json").read_bytes())
            return plan.Proven(state=DispatchState(told["state"]), within=str(told.get("within", "")))
        except FileNotFoundError:
            return plan.Proven()
        except (ValueError, KeyError, TypeError, AttributeError):
            return plan.Proven(state=DispatchState.MOGELIJK_VERZONDEN)

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
            transport is asked when this is done again; or what was laid ready of a message that does not
            go cannot be taken away now.
    """
    dispatch = plan.before_sending(
        found_out(dispatch, counter),
        proven=counter.proven(dispatch).state,
        attached=counter.digest_of(mail.attachment_path or mail.linked_path),
    )
    dispatch = found_out(dispatch, counter)
    if dispatch.state is DispatchState.AANGEHOUDEN:
        counter.hold(dispatch)
        return dispatch
    if dispatch.state is not DispatchState.GEPLAND:
        counter.record(dispatch)  # the journal may know more than the proof after a crash
        return dispatch
    busy = replace(dispatch, state=DispatchState.BEZIG, draft="", sent_at=counter.clock())
    counter.record(busy)
    return _try(busy, mail, counter)


def found_out(dispatch: Dispatch, counter: Counter) -> Dispatch:
    """Ask the transport what became of a message that may have left; any other is left as it is.

    Raises:
        TransportError: It cannot be asked now.
    """
    if not _lay_ready(dispatch):
        return dispatch
    was_sent = counter.transport.was_sent(plan.message_id(dispatch), dispatch.draft)
    known = plan.after_restart(dispatch, was_sent=was_sent)
    counter.record(known)
    return known


def _lay_ready(dispatch: Dispatch) -> bool:
    """Tell whether the transport may have sent a message that the journal does not know as sent.

    A message that it had ready may have left although it said otherwise: a server that answers too
    late goes on with what it was doing.
    """
    planned_again = dispatch.state is DispatchState.GEPLAND and bool(dispatch.draft)
    return dispatch.state is DispatchState.BEZIG or planned_again


def _try(busy: Dispatch, mail: OutgoingMail, counter: Counter) -> Dispatch:
    """Lay a mail ready, write down what it is known by there, send it, and write down what came of it.

    Raises:
        TransportError: It certainly did not leave, and that is written down; or nobody knows yet.
    """
    try:
        draft = counter.transport.prepare(mail)
        if draft:
            busy = replace(busy, draft=draft)
            counter.record(busy)
        left_out = counter.transport.send(mail, draft)
    except UncertainTransportError as fault:
        if busy.draft:
            raise TransportError(f"nobody knows yet whether {busy.id} left", wat=fault.wat) from fault
        done = replace(busy, state=DispatchState.MOGELIJK_VERZONDEN, reason=f"{fault.wat} {fault.doe}")
        left_out = frozenset()
    except TransportError as fault:
        counter.record(replace(busy, state=DispatchState.GEPLAND, reason=fault.wat, sent_at=None))
        raise
    else:
        done = replace(busy, state=DispatchState.VERZONDEN, reason="")
    counter.record(done, left_out)
    return done


def newest_proof(texts: tuple[bytes, ...]) -> int:
    """Find the highest journal number that proofs name; 0 without proofs, a damaged one names none."""
    return max((_number_in(text) for text in texts), default=0)


def _number_in(text: bytes) -> int:
    try:
        return int(json.loads(text)["journaal"])
    except (ValueError, KeyError, TypeError):
        return 0

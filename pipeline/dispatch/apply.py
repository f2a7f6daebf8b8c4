"""Hand a message over exactly once, with proof before and after.

The intent stands in the journal before the act. After a crash the transport is asked; what it
cannot tell is held for a person. Touches the transport, the journal and the proofs on disk.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path

from pipeline.dispatch import plan
from pipeline.errors import TransportError, UncertainTransportError
from pipeline.ports import Clock, Disk, Journal, Transport
from pipeline.values import Dispatch, DispatchState, OutgoingMail


def hand_over(
    dispatch: Dispatch,
    mail: OutgoingMail,
    *,
    sending: str,
    proofs: Path,
    transport: Transport,
    journal: Journal,
    disk: Disk,
    clock: Clock,
) -> Dispatch:
    """Hand one message over, or find out what became of it.

    Args:
        dispatch: The message as the journal has it.
        mail: What is handed over.
        sending: Id of the sending it belongs to.
        proofs: Folder for the proofs.
        transport: Hands it over.
        journal: Holds the intent and the outcome.
        disk: Writes the proofs.
        clock: Stamps the proofs.

    Returns:
        The message in its new state.

    Raises:
        TransportError: It certainly did not leave; it is planned again.
    """
    if dispatch.state is DispatchState.BEZIG:
        dispatch = plan.after_restart(dispatch, was_sent=transport.was_sent(mail.message_id))
        _record(dispatch, sending, proofs, journal, disk, clock)
    if dispatch.state is not DispatchState.GEPLAND:
        return dispatch
    busy = replace(dispatch, state=DispatchState.BEZIG)
    _record(busy, sending, proofs, journal, disk, clock)
    done = _try(busy, mail, transport)
    _record(done, sending, proofs, journal, disk, clock)
    if done.state is DispatchState.GEPLAND:
        raise TransportError(f"message {dispatch.id} did not leave", wat=done.reason)
    return done


def _try(busy: Dispatch, mail: OutgoingMail, transport: Transport) -> Dispatch:
    try:
        transport.send(mail)
    except UncertainTransportError as fault:
        return replace(busy, state=DispatchState.MOGELIJK_VERZONDEN, reason=f"{fault.wat} {fault.doe}")
    except TransportError as fault:
        return replace(busy, state=DispatchState.GEPLAND, reason=fault.wat)
    return replace(busy, state=DispatchState.VERZONDEN, reason="")


def _record(
    dispatch: Dispatch, sending: str, proofs: Path, journal: Journal, disk: Disk, clock: Clock
) -> None:
    """Write a state in the journal, and as a proof in the werkmap that outlives the journal."""
    with journal.transaction() as ledger:
        ledger.save_dispatch(sending, dispatch)
        ledger.note(f"message-{dispatch.state.value}", dispatch.id, dispatch.reason)
        seq = ledger.last_seq()
    proof = {
        **asdict(dispatch),
        "message_id": plan.message_id(dispatch),
        "moment": clock().isoformat(),
        "journaal": seq,
    }
    text = json.dumps(proof, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    disk.write(proofs / f"{dispatch.id}.json", f"{text}\n".encode())


def newest_proof(texts: tuple[bytes, ...]) -> int:
    """Find the highest journal number that proofs name; 0 without proofs."""
    return max((int(json.loads(text).get("journaal", 0)) for text in texts), default=0)

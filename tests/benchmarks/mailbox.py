"""Time taking a full mailbox in from a server, and handing a bundle over to every member.

    PYTHONPATH=.:tests python tests/benchmarks/mailbox.py [MAILS] [--profile]

Figures for README and notes, not a test. Needs Dovecot.

fetch   MAILS (default 2,000) mails of 50 KB in a Dovecot on loopback. Bare: an IMAPClient that fetches
        fifty at once and writes each to a file, flushing nothing. Ours: ``collect_mail``, in which every
        mail is an original on disk, flushed, and a row with its job in the journal, before it is moved.
        Target: at least half the rate of the bare loop.
send    18 messages, each with a bundle of 10 MB, handed over one by one to an SMTP server in another
        process. Target: 10 s, and at most 200 MB in the process that sends.
"""

import base64
import cProfile
import os
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import dovecot as dovecot_server
from dovecot import Dovecot
from playing import make_council

from pipeline.edges.imap import ImapPostbus
from pipeline.edges.secure import Security
from pipeline.edges.smtp import SmtpTransport
from pipeline.roads import collecting
from pipeline.values import Address, OutgoingMail

RATE_TARGET, SEND_TARGET, MEMORY_TARGET = 0.5, 10.0, 200
MEMBERS, BUNDLE_BYTES = 18, 10_000_000
TURNS = 3


def message(number: int, attachment: str) -> bytes:
    """Write a mail of some 50 KB; each number gives another."""
    return (
        "From: Bestuur Stichting Zandhof <bestuur@zandhof.example>\r\nTo: mr@zandhof.example\r\n"
        f"Subject: Stukken {number}\r\nMessage-ID: <{number}@zandhof.example>\r\n"
        "Date: Mon, 16 Nov 2026 10:15:00 +0100\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="grens"\r\n\r\n--grens\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\nHierbij stuk {number}.\r\n\r\n--grens\r\n"
        "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="stuk {number}.bin"\r\n\r\n{attachment}--grens--\r\n'
    ).encode()


def fill(server: Dovecot, user: str, mails: int) -> None:
    """Lay mails in a mailbox as a delivery agent does, all at once."""
    server.put(user, b"Subject: eerste\r\n\r\n")
    server.throw_away(user)
    chance = random.Random(1)  # noqa: S311 - filling
    attachment = base64.encodebytes(chance.randbytes(36_500)).decode().replace("\n", "\r\n")
    owner = server.maildir(user).stat()
    for number in range(mails):
        content = message(number, attachment)
        name = f"1793692800.M{number:06}P1.host,S={len(content)},W={len(content)}"  # as its own delivery does
        path = server.maildir(user) / "new" / name
        path.write_bytes(content)
        os.chown(path, owner.st_uid, owner.st_gid)


def bare(server: Dovecot, user: str, folder: Path) -> float:
    """Fetch and write, and nothing else."""
    began = time.perf_counter()
    with server.client(user) as client:
        uids = client.search(["UNDELETED"])
        for start in range(0, len(uids), 50):
            for uid, facts in client.fetch(uids[start : start + 50], ["BODY.PEEK[]"]).items():
                (folder / f"{uid}.eml").write_bytes(facts[b"BODY[]"])
    return time.perf_counter() - began


def ours(server: Dovecot, user: str, base: Path, mails: int) -> float:
    """Collect the same mails, and put them away."""
    play = make_council(base / "raad")
    with play.office() as office:
        postbus = ImapPostbus(server.server(user, timeout=60.0), done="Verwerkt")
        desk = replace(office, postbus=postbus)
        desk.opener(b"Subject: warm\r\n\r\n", "bericht.eml")
        took = timed(lambda: collecting.collect_mail(desk))
        with office.journal.transaction() as ledger:
            kept = len(ledger.arrivals())
        postbus.close()
    assert kept == mails, f"{kept} of {mails}"
    return took


def timed(step: Callable[[], object]) -> float:
    """Time a step; with --profile, also tell where the time went."""
    profile = cProfile.Profile() if "--profile" in sys.argv else None
    began = time.perf_counter()
    if profile:
        profile.runcall(step)
    else:
        step()
    took = time.perf_counter() - began
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    return took


def measure_fetching(mails: int) -> None:
    """Print the rates of both, the best of three turns each, and what ours is of the bare one."""
    os.environ[dovecot_server.PASSWORD_VARIABLE] = dovecot_server.PASSWORD
    plain, own = [], []
    with dovecot_server.running() as server, tempfile.TemporaryDirectory() as folder:
        for turn in range(TURNS):
            base, user = Path(folder, str(turn)), f"raad{turn}"
            (base / "kaal").mkdir(parents=True)
            fill(server, user, mails)
            bare(server, user, base / "kaal")  # the server has seen each mail once
            plain.append(bare(server, user, base / "kaal"))
            own.append(ours(server, user, base, mails))
            assert server.lying(user) == [], "not all moved"
    print(f"bare   {mails / min(plain):8.0f} mails/s  {min(plain):6.2f} s")
    print(f"ours   {mails / min(own):8.0f} mails/s  {min(own):6.2f} s")
    print(f"       {min(plain) / min(own):8.2f} of the bare rate (target {RATE_TARGET})")


SERVER = """
import socketserver, sys, threading

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 hier\\r\\n")
        for line in self.rfile:
            verb = line[:4].upper().strip()
            if verb != b"DATA":
                self.wfile.write(b"250-hier\\r\\n250 SIZE 50000000\\r\\n" if verb == b"EHLO" else OK)
                continue
            self.wfile.write(b"354 toe maar\\r\\n")
            tail = b""
            while not tail.endswith(b"\\r\\n.\\r\\n"):
                tail = (tail + self.rfile.read1(1 << 20))[-5:]
            arrived.append(1)
            self.wfile.write(OK)

OK = b"250 OK\\r\\n"
arrived = []
with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.readline()
    print(len(arrived), flush=True)
    server.shutdown()
"""
"""Takes mail as fast as it comes; aiosmtpd, line by line, needs more than a second for 10 MB itself."""


def measure_sending() -> None:
    """Print how long a bundle to every member takes, and what memory."""
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder, "bundel.pdf")
        bundle.write_bytes(os.urandom(BUNDLE_BYTES))
        with subprocess.Popen(
            [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdin and server.stdout  # noqa: PT018 - for mypy
            port = int(server.stdout.readline())
            transport = SmtpTransport(host="127.0.0.1", port=port, security=Security.GEEN)
            began, busy = time.perf_counter(), time.process_time()
            for number in range(MEMBERS):
                transport.send(_mail(number, bundle))
            took, busy = time.perf_counter() - began, time.process_time() - busy
            server.stdin.write("\n")
            server.stdin.flush()
            arrived = int(server.stdout.readline())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"send   {arrived} messages of {BUNDLE_BYTES / 1e6:.0f} MB in {took:.1f} s (target {SEND_TARGET:.0f})"
    )
    print(f"       of which {busy:.1f} s of the processor; {memory:.0f} MB at most (target {MEMORY_TARGET})")


def _mail(number: int, bundle: Path) -> OutgoingMail:
    return OutgoingMail(
        message_id=f"{number}@zandhof.example",
        sender=Address(email="mr@zandhof.example"),
        to=Address(email=f"lid{number}@zandhof.example"),
        reply_to=Address(email="mr@zandhof.example"),
        subject="Vergaderstukken",
        text="Bijgaand de stukken.",
        html="<p>Bijgaand de stukken.</p>",
        attachment_path=str(bundle),
        attachment_name="Vergaderstukken.pdf",
        sent_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
    )


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    measure_sending()  # first: memory is counted at its highest
    measure_fetching(numbers[0] if numbers else 2000)

"""Time the road of a mail, the look at a large werkmap, a drop under ``run``, and memory at rest.

    PYTHONPATH=.:tests python tests/benchmarks/intake.py [MAILS] [--profile]

Figures for README and notes, not a test. On one core:

road    MAILS (default 60) mails, each with another 2-page born-digital letter, one after the other: from
        bytes in the postbus to filed in Archief, and the same for requests, which also open a procedure.
        Counted: collecting, and the piece of work that files. Not counted: the rest of a look around, and
        letters, formal check and lists, which follow as work of their own.
floor   of the same mails, each right before its road, so that what else the machine does slows both: email
        parse + pypdfium2 text + sha256 + one fsynced write + one SQLite commit.
        Target: the road takes at most 3 times the floor, median against median.
scan    the listings of a look around with 20,000 files: Inkomend, Te beoordelen, Archief with its digests
        remembered. Target: 0.2 s.
drop    from closing a dropped file to its lying in Archief, the service running (all cores). Target: 1 s.
rest    memory of that service and its worker, without converter. Target: 150 MB.
"""

import cProfile
import email
import email.policy
import hashlib
import os
import pstats
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
from fakes import pdf_of
from playing import BOARD, NOTE, NOW, Play, make_council

from pipeline.edges import files
from pipeline.edges.sandbox import shared_workers
from pipeline.office import Office
from pipeline.roads import collecting, post
from pipeline.values import JobKind, Place

ROAD_TARGET, SCAN_TARGET, DROP_TARGET, REST_TARGET = 3.0, 0.2, 1.0, 150
FILES = 20_000
_FILLING = (
    "In deze brief geven wij u een overzicht van de gegevens waarom u in de vorige vergadering vroeg.",
    "De cijfers zijn afkomstig van de administratie en zijn door de controller nagekeken.",
    "Voor vragen kunt u terecht bij de afdeling personeel en organisatie van de stichting.",
)


def letter(number: int, *, request: bool) -> bytes:
    """Write a letter of two full pages; each number gives another."""
    what = (
        f"instemmingsverzoek regeling werktijden {number}"
        if request
        else f"informatie over formatie {number}"
    )
    ask = (
        "Hierbij verzoeken wij u om instemming met het voorgenomen besluit over de regeling werktijden."
        if request
        else "Hierbij ontvangt u ter informatie de gegevens over de formatie, zoals bedoeld in artikel 8 WMS."
    )
    head = (
        "Zandhof, 16 november 2026",
        "Aan de medezeggenschapsraad van De Zandhof",
        f"Onderwerp: {what}",
        "Geachte leden van de medezeggenschapsraad,",
        ask,
    )
    filling = [f"{number}.{line} {_FILLING[line % 3]}" for line in range(36)]
    return pdf_of([[*head, *filling], [*filling, "Met vriendelijke groet,", "Bestuur Stichting Zandhof"]])


def message(number: int, *, request: bool) -> bytes:
    """Write the mail it comes with."""
    made, day = EmailMessage(), "Mon, 16 Nov 2026 10:15:00 +0100"
    made["Received"] = f"from mail.zandhof.example by mx.zandhof.example with ESMTPS; {day}"
    made["From"], made["To"] = f"Bestuur <{BOARD}>", "mr@zandhof.example"
    made["Subject"] = f"{'Instemmingsverzoek' if request else 'Ter informatie'}: brief {number}"
    made["Date"], made["Message-ID"] = day, f"<{number}.{request}@zandhof.example>"
    made.set_content(NOTE)
    name = f"Brief {number}.pdf"
    made.add_attachment(letter(number, request=request), maintype="application", subtype="pdf", filename=name)
    return made.as_bytes()


def road(play: Play, office: Office, content: bytes, profile: cProfile.Profile | None = None) -> float:
    """Take a mail in; seconds."""
    play.post(f"{hashlib.sha256(content).hexdigest()[:12]}.eml", content)
    if profile:
        profile.enable()
    started = time.perf_counter()
    collecting.collect_mail(office)
    while (job := office.journal.claim()) is not None:
        if job.kind is not JobKind.ARRIVAL:
            break
        post.handle_arrival(job, office)
    taken = time.perf_counter() - started
    if profile:
        profile.disable()
    while job is not None:
        with office.journal.transaction() as ledger:
            ledger.finish_job(job)
        job = office.journal.claim()
    return taken


def floor(folder: Path, database: sqlite3.Connection, content: bytes) -> float:
    """Do the least that anybody must do for a mail; seconds."""
    started = time.perf_counter()
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    (part,) = parsed.iter_attachments()
    pdf = pypdfium2.PdfDocument(part.get_content())
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    sha256 = hashlib.sha256(content).hexdigest()
    with (folder / sha256).open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    database.execute("INSERT INTO brieven VALUES (?, ?)", (sha256, text))
    database.commit()
    return time.perf_counter() - started


def of_the_floor(folder: Path) -> sqlite3.Connection:
    """Make the database of the floor."""
    folder.mkdir()
    database = sqlite3.connect(folder / "vloer.sqlite3")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE brieven (sha256 TEXT, tekst TEXT)")
    database.commit()
    return database


def ratios(base: Path, count: int, profile: cProfile.Profile | None) -> None:
    """Print road against floor; each mail goes both, so that what else the machine does slows both."""
    play, database = make_council(base / "raad"), of_the_floor(base / "vloer")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with play.office(NOW) as office:
        for number in range(-3, 0):  # warm
            road(play, office, message(number, request=False))
        for request in (False, True):
            mails = [message(number, request=request) for number in range(1, count + 1)]
            seconds = [
                (floor(base / "vloer", database, one), road(play, office, one, profile)) for one in mails
            ]
            least, taken = (statistics.median(column) for column in zip(*seconds, strict=True))
            with office.journal.transaction() as ledger:
                filed, begun = len(ledger.filed()), len(ledger.procedures())
            name = "verzoek" if request else "brief"
            print(
                f"road {name:8} {taken * 1000:6.1f} ms, floor {least * 1000:5.1f} ms: "
                f"{taken / least:4.1f} x (target {ROAD_TARGET:.0f}); filed {filed}, procedures {begun}"
            )
    database.close()
    shared_workers().close()


def scan(base: Path) -> None:
    """Print the look at 20,000 files, the digests remembered of the look before."""
    play = make_council(base / "vol")
    for number in range(FILES):
        folder = play.place(Place.ARCHIEF, "2026-2027", f"2026-{number // 10:04} Zaak over iets")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"2026-{number // 10:04}-{number % 10:02} Brief.pdf").write_bytes(b"%d" % number)
    with play.office(NOW) as office:
        seconds, processor = [], []
        for _ in range(6):
            started, worked = time.perf_counter(), time.process_time()
            for place, digests in (
                (Place.INKOMEND, False),
                (Place.TE_BEOORDELEN, True),
                (Place.ARCHIEF, True),
            ):
                office.werkmap.listing(place, digests=digests)
            seconds.append(time.perf_counter() - started)
            processor.append(time.process_time() - worked)
    median, busy = statistics.median(seconds[1:]), statistics.median(processor[1:])
    print(f"scan {FILES} files {median:.3f} s, of which {busy:.3f} s of the processor (target {SCAN_TARGET})")
    print(f"     the first time {seconds[0]:.2f} s")


def running(base: Path, cores: set[int]) -> None:
    """Print how soon a dropped file is filed under ``run``, and what the service holds when at rest."""
    os.sched_setaffinity(0, cores)
    play = make_council(base / "dienst")
    command = [sys.executable, "-m", "pipeline", "run", "--werkmap", str(play.root), "--data", str(play.data)]
    environment = {**os.environ, "STUKKENSTROOM_ZONDER_LIBREOFFICE": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as service:
        assert service.stdout is not None
        service.stdout.readline()
        time.sleep(8)
        seconds = [_drop(play, number) for number in range(1, 6)]
        most = max(seconds[1:])
        print(f"drop {most:.2f} s (target {DROP_TARGET:.0f}), the first {seconds[0]:.2f} s")
        time.sleep(3)
        warm = _memory(service.pid)
        print(f"rest {_memory(service.pid, children=False):.0f} MB, with its warm worker {warm:.0f} MB ")
        print(f"     (target {REST_TARGET}; a worker that is not asked for a minute ends)")
        service.terminate()


def _drop(play: Play, number: int) -> float:
    """Drop a letter and wait until it lies in the archive."""
    before = set(play.place(Place.ARCHIEF).rglob("*.pdf"))
    play.drop(f"Informatie {number}.pdf", letter(number, request=False))
    started = time.perf_counter()
    while not set(play.place(Place.ARCHIEF).rglob("*.pdf")) - before:
        if time.perf_counter() - started > 30:
            return float("inf")
        time.sleep(0.005)
    return time.perf_counter() - started


def _memory(pid: int, *, children: bool = True) -> float:
    """Tell how many MB a process holds for itself, with those it started: proportional set size."""
    mine = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    held = next(int(line.split()[1]) for line in mine.splitlines() if line.startswith("Pss:")) / 1024
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split() if children else []
    return held + sum(_memory(int(child)) for child in below)


def main() -> None:
    """Print all figures."""
    profile = cProfile.Profile(time.process_time) if "--profile" in sys.argv else None
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    cores = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as folder:
        files.make_folder(Path(folder))
        ratios(Path(folder), numbers[0] if numbers else 60, profile)
        if profile:
            pstats.Stats(profile).sort_stats("cumulative").print_stats(55)
            return
        scan(Path(folder))
        running(Path(folder), cores)


if __name__ == "__main__":
    main()

"""A worker may die of any file: the file is told to be stuck, and the next one is read."""

import io
import logging
import os
import signal
import socket
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pytest
from fakes import pdf_of
from PIL import Image

from pipeline.edges.as_json import from_json
from pipeline.edges.mail.opening import open_up
from pipeline.edges.reading import read
from pipeline.edges.sandbox import STUCK, Workers
from pipeline.edges.sandbox.process import LostWorkerError, Program
from pipeline.errors import ReaderStartError, UnreadableError
from pipeline.values import Disposition, Reading

HERE = str(Path(__file__).parent)
LINUX = pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="what only Linux can limit")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(Program(module="misbehaving", paths=(HERE,))) as made:
        yield made


def ask(workers: Workers, request: str, *, seconds: int = 30, **arguments: object) -> tuple[bytes, ...]:
    return workers._ask(request, b"", seconds, **arguments)


def is_well(workers: Workers) -> bool:
    return workers.read(b"Geachte leden,", "brief.txt") == Reading(text="Geachte leden,")


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Zoë <bestuur@zandhof.example>", "Één verzoek"
    message.set_content("Bijgaand ons verzoek.")
    message.add_attachment(pdf_of([["tekst"]]), maintype="application", subtype="pdf", filename="é.pdf")
    return message.as_bytes()


# --- the same answers as without a worker -----------------------------------------------


@pytest.mark.parametrize(("content", "name"), [(mail(), "a.eml"), (b"tekst", "b.txt"), (b"", "leeg.pdf")])
def test_a_worker_opens_as_the_service_itself_would(workers: Workers, content: bytes, name: str) -> None:
    assert workers.open_up(content, name) == open_up(content, name)


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (pdf_of([["Eerste bladzijde"], ["Tweede"]]), "a.pdf", ""),
        (b"<p>Hallo</p>", "a", "text/html"),
        (b"%PDF-1.7 kapot", "a.pdf", ""),
        ("tekst é €".encode("cp1252"), "a.txt", "text/plain"),
    ],
)
def test_a_worker_reads_as_the_service_itself_would(
    workers: Workers, content: bytes, name: str, content_type: str
) -> None:
    assert workers.read(content, name, content_type) == read(content, name, content_type)


def test_a_page_is_drawn_grey_and_at_the_asked_fineness(workers: Workers) -> None:
    """A4 at 72 dots an inch has a dot for each point."""
    drawn = workers.render(pdf_of([["tekst"]]), "a.pdf", 1, 72)
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.mode, image.format) == ("L", "PPM")
        assert abs(image.width - 595) <= 1
        assert abs(image.height - 842) <= 1


def test_a_photo_is_drawn_upright_as_its_camera_says(workers: Workers) -> None:
    """Orientation 6: the camera was turned to the right, so that the left of the picture comes on top."""
    photo = Image.new("L", (40, 20), 255)
    photo.paste(0, (0, 0, 10, 20))
    kept, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    photo.save(kept, format="PNG", exif=exif)
    with Image.open(io.BytesIO(workers.render(kept.getvalue(), "foto.png", 1, 150))) as image:
        assert image.height == 2 * image.width
        assert image.getpixel((image.width // 2, image.height // 20)) == 0
        assert image.getpixel((image.width // 2, image.height * 3 // 4)) == 255


@pytest.mark.parametrize(("content", "page"), [(pdf_of([["een"]]), 2), (pdf_of([["een"]]), 0), (b"x", 1)])
def test_a_page_that_is_not_there_is_told(workers: Workers, content: bytes, page: int) -> None:
    with pytest.raises(UnreadableError):
        workers.render(content, "a.pdf", page, 72)
    assert is_well(workers)


def test_a_pdf_is_judged_and_its_repaired_copy_laid_down(workers: Workers, tmp_path: Path) -> None:
    """A file whose end is gone comes back as a copy that can be used."""
    sound, broken, copy = (tmp_path / name for name in ("heel.pdf", "kapot.pdf", "hersteld.pdf"))
    sound.write_bytes(pdf_of([["een"], ["twee"]]))
    broken.write_bytes(sound.read_bytes()[:-40])
    assert (workers.check(sound, copy).path, workers.check(sound, copy).pages) == (sound, 2)
    assert not copy.exists()
    checked = workers.check(broken, copy)
    assert (checked.repaired, checked.path) == (True, copy)
    assert len(pypdf.PdfReader(copy).pages) == 2


def test_why_a_pdf_is_refused_comes_from_the_worker(workers: Workers, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"geen pdf")
    with pytest.raises(UnreadableError) as refused:
        workers.check(path, tmp_path / "kopie.pdf")
    assert refused.value.wat == "Het bestand heet pdf, maar is geen pdf-bestand."


# --- a worker that dies, hangs or lies ---------------------------------------------------


@pytest.mark.parametrize("request_", ["end", "fail"])
def test_a_worker_that_ends_or_fails_takes_nobody_along(workers: Workers, request_: str) -> None:
    arguments = {"code": 3} if request_ == "end" else {}
    with pytest.raises(LostWorkerError):
        ask(workers, request_, **arguments)
    assert is_well(workers)


def test_a_worker_that_ends_as_if_all_were_well_is_tried_once_more_and_not_for_ever(workers: Workers) -> None:
    assert is_well(workers)
    started = time.monotonic()
    with pytest.raises(LostWorkerError):
        ask(workers, "end", code=0)
    assert time.monotonic() - started < 60
    assert is_well(workers)


def test_a_worker_that_was_killed_while_it_waited_is_replaced_without_a_word(workers: Workers) -> None:
    assert is_well(workers)
    assert workers._worker is not None
    os.kill(workers._worker.pid, signal.SIGKILL)
    while not workers._worker.has_ended:
        time.sleep(0.01)
    assert is_well(workers)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes can be copied")
def test_a_copy_of_the_service_has_a_worker_of_its_own(workers: Workers) -> None:
    """Two that talk to one worker would read each other's answers; neither ends that of the other."""
    assert is_well(workers)
    child = os.fork()
    if child == 0:
        well = is_well(workers)
        workers.close()
        os._exit(0 if well else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert workers._worker is not None
    assert not workers._worker.has_ended
    assert is_well(workers)


def test_a_worker_that_is_killed_at_its_work_is_told_and_replaced(
    workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    """The log knows a digest and the signal, no name."""
    assert is_well(workers)
    assert workers._worker is not None
    threading.Timer(0.5, os.kill, (workers._worker.pid, signal.SIGKILL)).start()
    with caplog.at_level(logging.WARNING), pytest.raises(LostWorkerError, match="ended"):
        ask(workers, "sleep")
    assert "code=-9" in caplog.text
    assert is_well(workers)


def test_a_worker_that_sleeps_is_ended_in_time(workers: Workers) -> None:
    started = time.monotonic()
    with pytest.raises(LostWorkerError, match="time"):
        ask(workers, "sleep", seconds=1)
    assert time.monotonic() - started < 20
    assert is_well(workers)


@LINUX
def test_a_worker_that_computes_for_ever_is_ended_by_the_system(workers: Workers) -> None:
    """The processor time of one piece of work is limited, not only the wall clock."""
    given = {"request": "spin", "seconds": 1}
    with workers._turn, pytest.raises(LostWorkerError, match="ended"):
        workers._answer(given, b"", 120)
    assert workers._worker is not None
    assert workers._worker.ended_by in (-signal.SIGXCPU, -signal.SIGKILL)
    assert is_well(workers)


@LINUX
def test_a_worker_that_eats_memory_is_stopped_by_its_limit(workers: Workers) -> None:
    with pytest.raises(LostWorkerError, match="memory"):
        ask(workers, "eat")
    assert is_well(workers)


def test_what_a_library_prints_does_not_come_between(workers: Workers) -> None:
    assert ask(workers, "print") == (b"goed",)


def test_an_answer_of_another_shape_is_no_reading(workers: Workers) -> None:
    (answer,) = ask(workers, "lie")
    with pytest.raises(ValueError):  # noqa: PT011  # pydantic's own error is one
        from_json(Reading, answer.decode())


# --- what a worker cannot do -------------------------------------------------------------


@LINUX
def test_a_worker_has_no_network(workers: Workers) -> None:
    """Not even to this machine, where somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        (answer,) = ask(workers, "connect", port=server.getsockname()[1])
    assert answer != b"connected"
    assert answer.decode().endswith("Error")


@LINUX
def test_a_worker_starts_no_program(workers: Workers) -> None:
    assert ask(workers, "start") == (b"PermissionError",)


@LINUX
def test_a_worker_writes_nowhere_but_in_its_own_folder(workers: Workers, tmp_path: Path) -> None:
    if ask(workers, "write", path="eigen.txt") != (b"written",):
        pytest.fail("its own folder must be open to it")
    target = tmp_path / "elders.txt"
    if not Path("/sys/kernel/security/landlock").exists() and ask(workers, "write", path=str(target)) == (
        b"written",
    ):
        pytest.skip("this kernel has no Landlock")
    assert ask(workers, "write", path=str(target)) == (b"PermissionError",)
    assert not target.exists()


def test_a_worker_knows_nothing_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """No token in its environment, and a folder of its own, which goes when it goes."""
    monkeypatch.setenv("STUKKENSTROOM_GEHEIM", "abc")
    with Workers(Program(module="misbehaving", paths=(HERE,))) as fresh:
        names, folder, lying = (blob.decode() for blob in ask(fresh, "environment"))
        assert "STUKKENSTROOM_GEHEIM" not in names.split()
        assert lying == "[]"
        assert Path(folder).is_dir()
    assert not Path(folder).exists()


def test_requests_that_misbehave_are_unknown_to_the_product() -> None:
    with Workers() as fresh, pytest.raises(LostWorkerError):
        ask(fresh, "sleep", seconds=20)


def test_a_worker_that_cannot_start_blames_no_file() -> None:
    """A broken installation must not hold the post of a whole day as unreadable."""
    with Workers(Program(module="bestaat_niet")) as broken, pytest.raises(ReaderStartError):
        broken.read(b"Geachte leden,", "brief.txt")


# --- hostile files -----------------------------------------------------------------------


def _pdf(objects: tuple[bytes, ...]) -> bytes:
    """Write a PDF of raw objects, the first of which is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
LOOP = _pdf((CATALOGUE, b"<< /Type /Pages /Count 2 /Kids [3 0 R] >>", b"<< /Type /Pages /Kids [2 0 R] >>"))
COUNT = _pdf((CATALOGUE, b"<< /Type /Pages /Count 2147483647 /Kids [] >>"))


def _flate_bomb() -> bytes:
    """Write a PDF of a few kilobytes with a page of 400 megabytes."""
    bomb = zlib.compress(zlib.compress(b" " * 400_000_000, 9), 9)
    return _pdf(
        (
            CATALOGUE,
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
            % (len(bomb), bomb),
        )
    )


def _docx(document: bytes) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", document)
    return box.getvalue()


def _zip_bomb() -> bytes:
    return _docx(b"<a>" + b" " * 300_000_000 + b"</a>")


def _entity_bomb() -> bytes:
    nested = (b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10 if n else b"&b;" * 10) for n in range(12))
    return _docx(b'<!DOCTYPE a [<!ENTITY b "aaaaaaaaaa">' + b"".join(nested) + b"]><a>&b11;</a>")


def _picture() -> bytes:
    """Write a PNG that says to be 60,000 by 60,000 and is a few kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    size = (60_000).to_bytes(4)
    head = chunk(b"IHDR", size + size + b"\x08\x00\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(6_000_000))) + chunk(b"IEND", b"")


def _deep_mail(depth: int) -> bytes:
    text = b"Content-Type: text/plain\r\n\r\ndiep\r\n"
    for level in range(depth):
        mark = b"g%d" % level
        text = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n%s\r\n--%s--\r\n' % (
            mark,
            mark,
            text,
            mark,
        )
    return b"From: a@b.example\r\nTo: c@d.example\r\nSubject: diep\r\nMIME-Version: 1.0\r\n" + text


@pytest.mark.parametrize(
    ("made", "name"),
    [
        pytest.param(lambda: LOOP, "kring.pdf", id="page tree loop"),
        pytest.param(lambda: COUNT, "tel.pdf", id="huge count"),
        pytest.param(_flate_bomb, "bom.pdf", id="flate bomb"),
        pytest.param(_zip_bomb, "bom.docx", id="zip bomb"),
        pytest.param(_entity_bomb, "entiteiten.docx", id="entity bomb"),
        pytest.param(_picture, "groot.png", id="huge picture"),
    ],
)
def test_a_hostile_file_is_a_problem_of_that_file_only(
    workers: Workers, made: Callable[[], bytes], name: str
) -> None:
    """It is read without text and with a reason; drawing it is refused; the next file is read."""
    content = made()  # not before: every worker of the tests imports this file
    found = workers.read(content, name)
    assert found.text == ""
    assert found.problem
    if not name.endswith("docx") and made is not _flate_bomb:
        with pytest.raises(UnreadableError):
            workers.render(content, name, 1, 150)
    assert is_well(workers)


@pytest.mark.parametrize("content", [LOOP, COUNT], ids=["loop", "count"])
def test_a_hostile_pdf_is_refused_for_a_bundle(workers: Workers, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "stuk.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableError):
        workers.check(path, tmp_path / "kopie.pdf")
    assert is_well(workers)


def test_a_mail_of_two_thousand_layers_is_opened_or_stuck_and_ends_nothing(workers: Workers) -> None:
    deep = _deep_mail(2_000)
    opened = workers.open_up(deep, "diep.eml")
    assert opened.parts
    assert opened.problem in ("", STUCK)
    assert is_well(workers)


def test_a_mail_that_ends_the_worker_comes_back_whole() -> None:
    """One part, with all its bytes and the reason."""
    content = mail()
    with Workers(Program(module="opening_kills", paths=(HERE,))) as fresh:
        opened = fresh.open_up(content, "bericht.eml")
    assert opened.problem == STUCK
    assert opened.message is None
    (only,) = opened.parts
    assert (only.content, only.part.disposition) == (content, Disposition.FILE)

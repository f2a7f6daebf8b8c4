"""The program itself: missing, without Dutch, too slow, failing; a fake one stands in where it misbehaves."""

import os
import sys
import time
from pathlib import Path

import pytest
import scans

from pipeline.edges.ocr import tesseract
from pipeline.edges.ocr.picture import encoded
from pipeline.edges.ocr.tesseract import PictureFaultError, missing, read_table

WORD = encoded(scans.page("Bijlage", paper=(900, 700)))


def pretend(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called tesseract before the real one."""
    program = folder / "tesseract"
    program.write_text(f"#!{sys.executable} -I\nimport os, sys, time\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_the_real_one_reads_a_word_and_nothing_is_missing() -> None:
    assert missing() == ""
    assert "Bijlage" in read_table(WORD, dpi=300, uneven=False)


def test_without_the_program_the_administrator_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "tesseract-ocr-nld" in missing()
    with pytest.raises(PictureFaultError):
        read_table(WORD, dpi=300, uneven=False)


def test_without_dutch_the_administrator_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, "print('List of available languages (1):\\neng')", monkeypatch)
    assert "geen Nederlands" in missing()


def test_it_works_on_one_core_and_gets_its_picture_by_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(
        tmp_path,
        "print(os.environ['OMP_THREAD_LIMIT'], len(sys.stdin.buffer.read()), *sys.argv[1:])",
        monkeypatch,
    )
    told = read_table(WORD, dpi=200, uneven=False).split()
    assert told == ["1", str(len(WORD)), "-", "-", "-l", "nld", "--dpi", "200", "tsv"]


def test_one_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    script = (
        "import subprocess\n"
        f"child = subprocess.Popen(['sleep', '60'])\n"
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        "time.sleep(60)"
    )
    pretend(tmp_path, script, monkeypatch)
    began = time.monotonic()
    with pytest.raises(PictureFaultError):
        read_table(WORD, dpi=300, uneven=False, seconds=3)
    assert time.monotonic() - began < 20
    assert not [pid for pid in pids.read_text().split() if is_running(pid)]


def is_running(pid: str) -> bool:
    """Tell whether a process still works; one that has ended may wait to be taken notice of."""
    for _ in range(50):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True


def test_one_that_fails_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, "sys.exit(1)", monkeypatch)
    with pytest.raises(PictureFaultError):
        read_table(WORD, dpi=300, uneven=False)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited from outside on Linux only")
def test_one_that_takes_all_memory_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_MAX_BYTES", 200 * 1024**2)
    pretend(tmp_path, "sys.stdin.buffer.read()\nheap = bytearray(400 * 1024**2)\nprint('table')", monkeypatch)
    with pytest.raises(PictureFaultError):
        read_table(WORD, dpi=300, uneven=False)

"""The disk: writing so that a crash leaves the old or the new file, and reading what lies there.

Every write goes to a temporary name beside its target, is flushed to the disk and renamed.
``OSError`` becomes ``DiskFullError`` or ``FolderError``; no other module writes files.
"""

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache, partial
from io import BufferedRandom
from operator import attrgetter
from pathlib import Path

from pipeline.edges.side_by_side import side_by_side
from pipeline.errors import CorruptCopyError, DiskFullError, FolderError
from pipeline.ports import Copied, Written
from pipeline.values import Entry

TEMPORARY = ".stukkenstroom-tmp"
_CHUNK = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_AT_ONCE = 50
"""Files that are open at the same time; a system lets a process open some hundreds."""
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


@contextmanager
def guarded() -> Iterator[None]:
    """Translate what the operating system says into errors of ours."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _NO_ROOM:
            raise DiskFullError("no space left") from fault
        raise FolderError(f"{type(fault).__name__} errno={fault.errno}") from fault


def sha256_of(path: Path) -> str:
    """Digest a file; the answer is remembered as long as size, times and inode stay the same."""
    with guarded():
        return _digest(str(path), *_facts(path.stat()))


def sha256_if_any(path: Path) -> str:
    """Digest a file as ``sha256_of``; empty when there is none."""
    with guarded():
        try:
            found = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        return _digest(str(path), *_facts(found)) if stat.S_ISREG(found.st_mode) else ""


def _facts(found: os.stat_result) -> tuple[int, int, int, int]:
    """Give what tells that a file is as it was: size, both times, inode."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


@lru_cache(maxsize=100_000)
def _digest(path: str, *_facts: int) -> str:
    with open(path, "rb") as stream:  # noqa: PTH123  # a plain string is the cache key
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(target: Path, content: bytes) -> None:
    """Write a file whole or not at all; a target that already holds these bytes is left alone."""
    place((Written(target=target, content=content),))


def copy(source: Path, target: Path, sha256: str) -> None:
    """Copy a file, flushed to disk and read back; a target that is already right is left alone.

    Raises:
        CorruptCopyError: The copy, read back, is not what it should be; it is removed.
    """
    place((Copied(target=target, source=source, sha256=sha256),))


def place(laid: Sequence[Copied | Written]) -> None:
    """Copy and write files together, each whole or not at all; see ``copy`` and ``write``.

    They are flushed a handful at a time, and none gets its name before its handful is on disk. When one
    cannot be written the others are placed all the same; then its fault is raised.
    """
    handfuls = (laid[start : start + _AT_ONCE] for start in range(0, len(laid), _AT_ONCE))
    faults = [fault for some in handfuls for fault in _place_together(some)]
    if faults:
        raise faults[0]


def _place_together(laid: Sequence[Copied | Written]) -> list[Exception]:
    """Place files; gives the faults of those that cannot be written."""
    faults: list[Exception] = []
    with ExitStack() as passing:
        fresh = []
        for one in laid:
            try:
                if not _is_laid(one):
                    fresh.append((one.target, passing.enter_context(_beside(one))))
            except (FolderError, DiskFullError, CorruptCopyError) as fault:
                faults.append(fault)
        with guarded():
            side_by_side([partial(os.fsync, stream.fileno()) for _, stream in fresh])
            for target, stream in fresh:
                stream.close()  # Windows gives no other name to an open file
                Path(stream.name).replace(target)
            folders = dict.fromkeys(target.parent for target, _ in fresh)
            side_by_side([partial(_sync_folder, folder) for folder in folders])
    return faults


def _is_laid(one: Copied | Written) -> bool:
    """Tell whether a file holds already what it should."""
    target = one.target
    with guarded():
        if isinstance(one, Copied):
            return target.is_file() and sha256_of(target) == one.sha256
        is_as_large = target.is_file() and target.stat().st_size == len(one.content)
        return is_as_large and target.read_bytes() == one.content


@contextmanager
def _beside(one: Copied | Written) -> Iterator[BufferedRandom]:
    """Write a file under a passing name, which is gone afterwards unless it got another."""
    passing = _passing_name(one.target)
    with guarded():
        try:
            with _opened(passing) as stream:
                if isinstance(one, Copied):
                    _copy_into(stream, one)
                else:
                    stream.write(one.content)
                stream.flush()
                yield stream
        finally:
            passing.unlink(missing_ok=True)


def _copy_into(stream: BufferedRandom, one: Copied) -> None:
    """Copy what is wanted and read it back."""
    with one.source.open("rb") as original:
        shutil.copyfileobj(original, stream, _CHUNK)
    stream.seek(0)
    if hashlib.file_digest(stream, "sha256").hexdigest() != one.sha256:
        raise CorruptCopyError(f"copy differs sha256={one.sha256[:12]}")


def write_private(target: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable for its owner only from its first byte on."""
    with guarded(), _passing(target, os.replace, opener=_owner_only) as stream:
        stream.write(content)


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def replacing(target: Path) -> Iterator[BufferedRandom]:
    """Open a stream for what is to become a file; it takes its name when the block ends without an error.

    The stream can be read back too. The folder is made when it is missing.
    """
    with guarded():
        target.parent.mkdir(parents=True, exist_ok=True)
        with _passing(target, Path.replace) as stream:
            yield stream


def create(target: Path, content: bytes) -> bool:
    """Write a file whole, unless something has its name already; that is never replaced.

    Its folder must be there.

    Returns:
        True when the file holds exactly these bytes now, whoever wrote them.
    """
    with guarded():
        if not target.exists():
            with suppress(FileExistsError), _passing(target, rename_new) as stream:
                stream.write(content)
        return target.read_bytes() == content


def keep(contents: Mapping[Path, bytes]) -> None:
    """Write files to a store of which the names are written down elsewhere only after this has returned.

    The bytes and the names are all flushed side by side, in much less time: a power cut may leave damaged
    files under names that nobody knows, so whoever keeps one again must check what lies there. When it fails
    nothing of it stays: what was not flushed must not be taken for kept.
    """
    wanted = list(contents.items())
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        try:
            with guarded():
                _keep_together(some)
        except BaseException:
            for target, _ in some:
                target.unlink(missing_ok=True)
            raise


def _keep_together(contents: Sequence[tuple[Path, bytes]]) -> None:
    with ExitStack() as open_files:
        flushes = [
            partial(os.fsync, _named_at_once(target, content, open_files).fileno())
            for target, content in contents
        ]
        folders = dict.fromkeys(target.parent for target, _ in contents)
        side_by_side((*flushes, *(partial(_sync_folder, folder) for folder in folders)))


def _named_at_once(target: Path, content: bytes, open_files: ExitStack) -> BufferedRandom:
    """Write a file that has its name before it is flushed; it stays open until it is."""
    passing = _passing_name(target)
    try:
        with _opened(passing) as stream:
            stream.write(content)
        passing.replace(target)  # closed: Windows gives no other name to an open file
    finally:
        passing.unlink(missing_ok=True)
    return open_files.enter_context(target.open("r+b"))


def _opened(path: Path) -> BufferedRandom:
    """Open a file to write and read back; its folder is there nearly always, so that is not asked first."""
    try:
        return path.open("w+b")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w+b")


def rename_new(source: Path, target: Path) -> None:
    """Give a file another name that nobody has; on a disk without links that cannot be made sure.

    Raises:
        OSError: As the system says it, ``FileExistsError`` among them: only the caller knows what it means.
    """
    try:
        target.hardlink_to(source)
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        source.rename(target)
    else:
        source.unlink()


def move(source: Path, target: Path) -> None:
    """Move a file within one disk; an existing target is replaced."""
    with guarded():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        _sync_folder(target.parent)


def remove(path: Path) -> None:
    """Remove a file; a file that is already gone is fine."""
    with guarded():
        path.unlink(missing_ok=True)


def remove_folder_if_empty(path: Path) -> None:
    """Remove a folder when nothing lies in it."""
    if path.is_dir() and not any(path.iterdir()):
        with guarded():
            path.rmdir()


def remove_folder(path: Path) -> None:
    """Remove a folder with all that lies in it; a folder that is already gone is fine, a link is refused."""
    with guarded():
        if path.is_dir():
            shutil.rmtree(path)


def make_folder(path: Path) -> None:
    """Make a folder and its parents; an existing one is fine."""
    with guarded():
        path.mkdir(parents=True, exist_ok=True)


def listing(folder: Path, *, digests: bool = False) -> tuple[Entry, ...]:
    """List everything below a folder, sorted by path; links are left out.

    Args:
        folder: Where to look; a folder that is not there has no entries.
        digests: Also digest every file; one that did not change since the last look is not read again.
    """
    with guarded():
        found = _entries_below(str(folder), digests=digests) if folder.is_dir() else []
    found.sort(key=_path_of)
    return tuple(found)


_path_of = attrgetter("path")


def unusable(folder: Path) -> tuple[str, ...]:
    """Name what lies below a folder and is neither a file nor a folder: links, pipes, sockets.

    They are never followed or opened.

    Args:
        folder: Where to look; a folder that is not there has nothing.
    """
    with guarded():
        return tuple(sorted(_unusable(str(folder), ""))) if folder.is_dir() else ()


def _unusable(folder: str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as lying:
        for found in lying:
            path = f"{prefix}{found.name}"
            if found.is_dir(follow_symlinks=False):
                yield from _unusable(found.path, f"{path}/")
            elif not found.is_file(follow_symlinks=False):
                yield path


def _entries_below(folder: str, *, digests: bool) -> list[Entry]:
    """Look in one folder after the other: of 20,000 files the system is asked once what each is."""
    found, folders = list[Entry](), [(folder, "")]
    while folders:
        place, prefix = folders.pop()
        with os.scandir(place) as lying:
            for one in lying:
                path = f"{prefix}{one.name}"
                if path.endswith(TEMPORARY):
                    continue
                if one.is_dir(follow_symlinks=False):
                    found.append(Entry(path=path, is_folder=True, sha256="", size_bytes=0, changed=0))
                    folders.append((one.path, f"{path}/"))
                elif one.is_file(follow_symlinks=False):
                    facts = _facts(one.stat(follow_symlinks=False))
                    found.append(_entry(one.path, path, facts, digests=digests))
    return found


@lru_cache(maxsize=100_000)
def _entry(place: str, path: str, facts: tuple[int, int, int, int], *, digests: bool) -> Entry:
    """Make the entry of a file; the same one as long as nothing of the file changes."""
    size, modified, changed, _ = facts
    return Entry(
        path=path,
        is_folder=False,
        sha256=_digest(place, *facts) if digests else "",
        size_bytes=size,
        changed=max(modified, changed) / _NANOSECONDS,
    )


_NANOSECONDS = 1_000_000_000


@contextmanager
def _passing(
    target: Path,
    settle: Callable[[Path, Path], object],
    opener: Callable[[str, int], int] | None = None,
) -> Iterator[BufferedRandom]:
    """Write beside the target under a passing name, on disk before ``settle`` gives it the right one."""
    passing = _passing_name(target)
    try:
        with open(passing, "w+b", opener=opener) as stream:  # a path takes no opener
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        settle(passing, target)
    finally:
        passing.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _passing_name(target: Path) -> Path:
    return target.with_name(f".{hashlib.sha256(target.name.encode()).hexdigest()[:16]}{TEMPORARY}")


def _sync_folder(folder: Path) -> None:
    """Have a new name on disk too, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network folder may refuse it
            os.fsync(handle)
    finally:
        os.close(handle)

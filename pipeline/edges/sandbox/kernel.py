"""What Linux can still take away from a process that reads foreign files; called through ctypes.

Each step says whether it worked and none ever raises: a kernel that lacks one still has the others.
They cannot be undone, so they are only for a worker. Everywhere but on Linux for x86-64 and arm64 they do
nothing and say so.

Source:
    Linux man-pages: unshare(2), prctl(2), seccomp(2), landlock(7); seccomp filter as in
    ``linux/filter.h`` and ``linux/seccomp.h``; numbers as in ``asm/unistd_64.h`` and
    ``asm-generic/unistd.h``.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_SET_DEATH_SIGNAL, _SET_SECCOMP, _NO_NEW_PRIVILEGES = 1, 22, 38
_FILTER_MODE = 2
_KILL = 9

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
# Of a file tree: write, remove and make whatever; from version 2 also link elsewhere, from 3 truncate.
_CHANGES = (1 << 1) | sum(1 << bit for bit in range(4, 13))
_RELINK, _TRUNCATE = 1 << 13, 1 << 14


@dataclass(frozen=True, slots=True, kw_only=True)
class _Machine:
    """Numbers of one kind of processor.

    Attributes:
        audit: How the kernel names it.
        refused: System calls by which a process reaches another one, a network or a new program.
        clone: Starts a thread or a process.
        foreign: First number of another calling convention; 0 when there is none.
    """

    audit: int
    refused: tuple[int, ...]
    clone: int
    foreign: int


# socket, socketpair, connect, execve, execveat, kill, ptrace, process_vm_readv and _writev, bpf, unshare,
# setns, mount, keyctl; on x86-64 also fork and vfork. Then io_uring_setup and pidfd_send_signal.
_MACHINES = {
    "x86_64": _Machine(
        audit=0xC000003E,
        refused=(41, 53, 42, 59, 322, 62, 101, 310, 311, 321, 272, 308, 165, 250, 57, 58, 425, 424),
        clone=56,
        foreign=0x40000000,
    ),
    "aarch64": _Machine(
        audit=0xC00000B7,
        refused=(198, 199, 203, 221, 281, 129, 117, 270, 271, 280, 97, 268, 40, 219, 425, 424),
        clone=220,
        foreign=0,
    ),
}
_CLONE3 = 435
_THREAD = 0x00010000

_LOAD, _EQUALS, _AT_LEAST, _HAS_BITS, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
_AT_NUMBER, _AT_MACHINE, _AT_FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _KILL_PROCESS, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_NOT_PERMITTED, _NO_SUCH_CALL = 1, 38


def cut_network() -> bool:
    """Move to a name space without any network. Must come before any thread is started."""
    return _call("unshare", _NEW_USER | _NEW_NET) == 0


def give_up_privileges() -> bool:
    """Never gain a right again by starting a program; die with the parent."""
    _call("prctl", _SET_DEATH_SIGNAL, _KILL, 0, 0, 0)
    return _call("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0


def write_only_below(folder: Path) -> bool:
    """Change nothing on disk any more but below one folder (Landlock). Needs ``give_up_privileges``."""
    version = _system_call(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    rights = _CHANGES | (_RELINK if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)  # noqa: PLR2004
    asked = ctypes.c_uint64(rights)
    ruleset = _system_call(_CREATE_RULESET, ctypes.byref(asked), 8, 0)
    place = os.open(folder, os.O_RDONLY)
    rule = ctypes.create_string_buffer(struct.pack("=QI", rights, place))
    done = (
        ruleset >= 0
        and _system_call(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0) == 0
        and _system_call(_RESTRICT_SELF, ruleset, 0) == 0
    )
    os.close(place)
    return bool(done)


def refuse_calls() -> bool:
    """Refuse sockets, new programs and processes, and reaching into others. Needs ``give_up_privileges``.

    Threads go on to work.
    """
    machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if machine is None:
        return False
    steps = list(_filter_of(machine))
    packed = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = struct.pack("@HxxxxxxQ", len(steps), ctypes.addressof(packed))
    return _call("prctl", _SET_SECCOMP, _FILTER_MODE, ctypes.create_string_buffer(program), 0, 0) == 0


def _filter_of(machine: _Machine) -> Iterator[tuple[int, int, int, int]]:
    """Write the filter: code, steps to skip when true and when false, operand."""
    refuse = (_ANSWER, 0, 0, _FAIL | _NOT_PERMITTED)
    yield (_LOAD, 0, 0, _AT_MACHINE)
    yield (_EQUALS, 1, 0, machine.audit)
    yield (_ANSWER, 0, 0, _KILL_PROCESS)
    yield (_LOAD, 0, 0, _AT_NUMBER)
    if machine.foreign:
        yield (_AT_LEAST, 0, 1, machine.foreign)
        yield refuse
    for number in machine.refused:
        yield (_EQUALS, 0, 1, number)
        yield refuse
    # The newer way to start a thread hides what it starts; without it the C library takes the older one.
    yield (_EQUALS, 0, 1, _CLONE3)
    yield (_ANSWER, 0, 0, _FAIL | _NO_SUCH_CALL)
    yield (_EQUALS, 0, 3, machine.clone)
    yield (_LOAD, 0, 0, _AT_FIRST_ARGUMENT)
    yield (_HAS_BITS, 1, 0, _THREAD)
    yield refuse
    yield (_ANSWER, 0, 0, _ALLOW)


def _call(name: str, *arguments: object) -> int:
    """Call a function of the C library; -1 where there is none."""
    if sys.platform != "linux":
        return -1
    function = getattr(ctypes.CDLL(None), name, None)
    return -1 if function is None else int(function(*map(_long, arguments)))


def _system_call(number: int, *arguments: object) -> int:
    return _call("syscall", number, *arguments)


def _long(value: object) -> object:
    """Hand numbers over in full width, as these variadic functions expect."""
    return ctypes.c_ulong(value) if isinstance(value, int) else value

"""Signing in at a mail server: a refused sign-in is not repeated at once, for that locks an account.

After a refusal nothing is tried for five minutes, then ten, twenty, forty, and at most an hour; a
password that was changed is tried at once. Time is the real time of this machine, not the legal clock.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from threading import Lock

from pipeline.errors import OperatorError, StukkenstroomError

FIRST_WAIT, LONGEST_WAIT = 5 * 60.0, 60 * 60.0
"""Seconds without an attempt after the first refusal, and at most."""


class Rest:
    """How long nothing is tried after a refusal: longer after each in a row.

    Args:
        now: Seconds on a clock that only goes forward.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._wait, self._again_at = 0.0, 0.0

    @property
    def left(self) -> float:
        """Seconds that are left; 0 when an attempt may be made."""
        return max(0.0, self._again_at - self._now())

    def begin(self) -> float:
        """Rest after a refusal, longer than after the last; gives the seconds."""
        self._wait = min(self._wait * 2, LONGEST_WAIT) if self._wait else FIRST_WAIT
        self._again_at = self._now() + self._wait
        return self._wait

    def end(self) -> None:
        """Forget the refusals: an attempt went well, or is another one."""
        self._wait, self._again_at = 0.0, 0.0


def token_for_mail(token: Callable[[], str], refusal: type[OperatorError]) -> str:
    """Fetch an access token; whatever the sign-in that gives it says, is said as a refused sign-in.

    Raises:
        OperatorError: ``refusal``, in the words of the sign-in.
    """
    try:
        return token()
    except StukkenstroomError as fault:
        raise refusal(f"no token: {fault}", wat=fault.wat, doe=fault.doe) from fault


class Patience:
    """Keeps a refused sign-in from being repeated; may be shared by several threads.

    Args:
        now: Seconds on a clock that only goes forward.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._turn = Lock()
        self._rest = Rest(now)
        self._refusal: OperatorError | None = None
        self._tried = b""

    @contextmanager
    def attempt(self, secret: str, refusal: type[OperatorError]) -> Iterator[None]:
        """Let one attempt be made, one at a time; the last refusal is raised again while it is too soon.

        Args:
            secret: What is signed in with; only its digest is kept. Empty for one that changes by itself.
            refusal: What the block raises when the server refuses.
        """
        digest = sha256(secret.encode("utf-8", "surrogatepass")).digest()
        with self._turn:
            self._must_be_time(digest)
            try:
                yield
            except refusal as fault:
                self._refused(digest, fault)
                raise
            self._refusal = None
            self._rest.end()

    def _must_be_time(self, digest: bytes) -> None:
        if self._refusal is not None and digest == self._tried and self._rest.left:
            raise type(self._refusal)(
                f"refused before, not tried for {round(self._rest.left)} s",
                wat=self._refusal.wat,
                doe=self._refusal.doe,
            )

    def _refused(self, digest: bytes, fault: OperatorError) -> None:
        if digest != self._tried:
            self._rest.end()
        self._refusal, self._tried = fault, digest
        self._rest.begin()

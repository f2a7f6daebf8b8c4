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
        self._now = now
        self._turn = Lock()
        self._refusal: OperatorError | None = None
        self._tried, self._again_at, self._wait = b"", 0.0, FIRST_WAIT

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
            self._refusal, self._wait = None, FIRST_WAIT

    def _must_be_time(self, digest: bytes) -> None:
        last = self._refusal
        if last is not None and digest == self._tried and self._now() < self._again_at:
            left = round(self._again_at - self._now())
            raise type(last)(f"refused before, not tried for {left} s", wat=last.wat, doe=last.doe)

    def _refused(self, digest: bytes, fault: OperatorError) -> None:
        again = self._refusal is not None and digest == self._tried
        self._wait = min(self._wait * 2, LONGEST_WAIT) if again else FIRST_WAIT
        self._refusal, self._tried, self._again_at = fault, digest, self._now() + self._wait

"""Ask Microsoft Graph, and tell what went wrong in one shape.

Nothing is retried here but one thing: when the server no longer believes a token that should still
count, a new one is got and the request is made once more. Nothing sleeps: when the server says that
it has had enough, nothing is asked of it until the moment it named, and whoever asks hears how long.
"""

import email.utils
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar
from urllib.parse import quote

import requests
import urllib3
from O365 import Account

from pipeline.edges.microsoft.sign_in import SignIn
from pipeline.errors import SignInRefusedError

SERVICE = "https://graph.microsoft.com/v1.0"
_HOST = "https://graph.microsoft.com/"
_UNAUTHORISED, FORBIDDEN, GONE, TOO_MANY = 401, 403, 404, 429
_BUSY = (TOO_MANY, 503, 504)
_NO_MOMENT_NAMED_SECONDS = 60.0
_LONGEST_WAIT_SECONDS = 3600.0
MOST_BYTES = 200 * 1024 * 1024
"""No more is fetched of one thing; Exchange Online takes no mail above 150 MB."""
_CHUNK = 1 << 18

Method = Literal["get", "post", "patch", "delete", "put"]
Answer = TypeVar("Answer")


class GraphError(Exception):
    """What Graph answered instead of what was asked, or that it did not answer.

    Attributes:
        status: HTTP status; 0 without an answer.
        code: Microsoft's name for it; may be empty.
        retry_after: Seconds after which it may be asked again, when it told; else None.
        reached: It may have done what was asked.
    """

    def __init__(
        self, status: int, code: str = "", *, retry_after: float | None = None, reached: bool = False
    ) -> None:
        super().__init__(f"status={status} code={code or '-'}")
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.reached = reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was fetched.

    Attributes:
        content: The bytes; of what is larger than ``MOST_BYTES`` only the beginning.
        whole: They are all of them.
    """

    content: bytes
    whole: bool = True


class Graph:
    """Graph, for the council's mailbox and folder.

    Args:
        sign_in: Gives the account to ask with.
        monotonic: Seconds that only go up.
    """

    def __init__(self, sign_in: SignIn, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.sign_in = sign_in
        self._monotonic = monotonic
        self._not_before = 0.0

    def mailbox_url(self, path: str) -> str:
        """Give the address of something in the council's mailbox; ``path`` begins with a slash."""
        return f"{SERVICE}/users/{quote(self.sign_in.identity.mailbox, safe='@')}{path}"

    def ask(
        self,
        method: Method,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        stream: bool = False,
    ) -> requests.Response:
        """Ask Graph, signed in.

        Args:
            method: What to do.
            url: A full address at Graph; it may come from an earlier answer.
            params: Query options.
            data: What goes along, as JSON.
            headers: Besides those of every request.
            stream: The answer is read by the caller, piece by piece.

        Raises:
            GraphError: It was not done, or nobody knows.
            SignInRefusedError: We are not believed.
            PostbusAwayError: The sign-in server cannot be reached.
        """
        if not url.startswith(_HOST):
            raise GraphError(0, "strange address")  # our token is for Graph only
        wanted: dict[str, Any] = {"stream": stream}
        if params:
            wanted["params"] = dict(params)
        if data is not None:
            wanted["data"] = dict(data)

        def once(account: Account) -> requests.Response:
            # O365 adds its own headers to what it is given
            answer: requests.Response = account.con.oauth_request(
                url, method, headers=dict(headers or {}), **wanted
            )
            return answer

        return self.let(once)

    def fetch(self, url: str) -> Fetched | None:
        """Fetch a mail or a file, piece by piece; None when it has gone. Raises as ``ask``."""
        try:
            answer = self.ask("get", url, stream=True)
        except GraphError as fault:
            if fault.status == GONE:
                return None
            raise
        content = bytearray()
        try:
            with answer:
                for chunk in answer.iter_content(_CHUNK):
                    content += chunk
                    if len(content) > MOST_BYTES:
                        return Fetched(content=bytes(content[:_CHUNK]), whole=False)
        except requests.RequestException as fault:
            raise GraphError(0, type(fault).__name__, reached=True) from None
        return Fetched(content=bytes(content))

    def let(self, act: Callable[[Account], Answer]) -> Answer:
        """Have O365 do something, signed in; raises as ``ask``."""
        self._must_not_rest()
        try:
            return self._once(act)
        except GraphError as fault:
            if fault.status != _UNAUTHORISED:
                raise
        self.sign_in.renew()
        try:
            return self._once(act)
        except GraphError as fault:
            if fault.status == _UNAUTHORISED:
                raise self.sign_in.disbelieved() from fault
            raise

    def upload(
        self, method: Method, url: str, content: bytes, headers: Mapping[str, str]
    ) -> requests.Response:
        """Ask at an address that Graph gave for an upload, without our token: that is for Graph only."""
        connection = self.sign_in.account().con
        with self._told():
            answer: requests.Response = connection.naive_request(
                url,
                method,
                data=content or None,
                headers={"Content-type": "application/octet-stream", **headers},
            )
        return answer

    def _once(self, act: Callable[[Account], Answer]) -> Answer:
        account = self.sign_in.account()
        with self._told():
            return act(account)

    def _must_not_rest(self) -> None:
        left = self._not_before - self._monotonic()
        if left > 0:
            raise GraphError(TOO_MANY, "resting", retry_after=left)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Translate what O365 and requests raise; no address of theirs gets into our errors."""
        try:
            yield
        except requests.HTTPError as fault:
            raise self._refusal(fault.response) from None
        except requests.RequestException as fault:
            raise GraphError(0, type(fault).__name__, reached=_reached(fault)) from None
        except RuntimeError:  # O365, when a refresh of its own failed
            raise SignInRefusedError("refresh failed") from None

    def _refusal(self, response: requests.Response | None) -> GraphError:
        if response is None:
            return GraphError(0, "no response", reached=True)
        status = response.status_code
        seconds = seconds_in(response.headers.get("Retry-After", ""), datetime.now(UTC))
        if status == TOO_MANY and seconds is None:
            seconds = _NO_MOMENT_NAMED_SECONDS
        if status in _BUSY and seconds is not None:
            self._not_before = self._monotonic() + seconds
        certain = status < 500  # noqa: PLR2004 - what a server refuses it has not done
        return GraphError(status, _code_of(response), retry_after=seconds, reached=not certain)


def seconds_in(retry_after: str, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or a moment; None when it says nothing usable.

    Args:
        retry_after: The header; empty for none.
        now: Aware.
    """
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            moment = email.utils.parsedate_to_datetime(retry_after)
        except (TypeError, ValueError):
            return None
        seconds = (moment - now).total_seconds() if moment.tzinfo else 0.0
    if not math.isfinite(seconds):
        return None
    return min(max(seconds, 0.0), _LONGEST_WAIT_SECONDS)


def _code_of(response: requests.Response) -> str:
    """Read Microsoft's name for what went wrong; a short word, never the text beside it."""
    try:
        code = response.json()["error"]["code"]
    except (ValueError, KeyError, TypeError, requests.RequestException):
        return ""
    return code if isinstance(code, str) and code.isidentifier() else ""


def _reached(fault: requests.RequestException) -> bool:
    """Tell whether a request may have arrived although no answer came.

    A ``ProxyError`` says nothing: urllib3 also calls it that when the connection is cut afterwards.
    """
    if isinstance(fault, requests.exceptions.ConnectTimeout):
        return False
    cause = fault.args[0] if fault.args else None
    reason = getattr(cause, "reason", None)
    if isinstance(reason, urllib3.exceptions.ProxyError):
        reason = reason.original_error
    return not isinstance(reason, urllib3.exceptions.NewConnectionError)

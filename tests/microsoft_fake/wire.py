"""What goes over the wire of the fake: a request, an answer, and a fault that stands ready."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, kw_only=True)
class Request:
    method: str
    host: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body) if self.body else {}

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``cut`` closes the connection instead of answering; ``late`` waits so many seconds first."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    late: float = 0.0


def said(value: object, status: int = 200, **headers: str) -> Answer:
    """Answer with JSON."""
    head = {
        "Content-Type": "application/json",
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    return Answer(status=status, body=json.dumps(value).encode(), headers=head)


def refused(status: int, code: str, **headers: str) -> Answer:
    """Answer as Graph refuses; the text beside the code must reach no log."""
    return said({"error": {"code": code, "message": "GEHEIME TEKST van de server"}}, status, **headers)


@dataclass(kw_only=True)
class Fault:
    """Something that goes wrong, so many times.

    Attributes:
        method: Of the requests it is for.
        pattern: Regular expression that their path matches.
        answer: What is said instead.
        times: How often still.
        after: So many of them go well first.
        done: What was asked is done all the same.
    """

    method: str
    pattern: str
    answer: Answer
    times: int = 1
    after: int = 0
    done: bool = False

    def strikes(self, request: Request) -> bool:
        if request.method != self.method or not re.search(self.pattern, request.path) or not self.times:
            return False
        if self.after:
            self.after -= 1
            return False
        self.times -= 1
        return True

"""What hundreds of tests, or children of one play, would each make again is made once: it is always the same.

Remembered is only what follows from what it is given: for all tests the shipped settings and the shipped
model, for a play that is killed also the text of a paper, a filled template, a filled list. What is filled
is put on disk, and read from there, each time anew.
"""

import functools
import operator
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import jinja2

from pipeline import wiring
from pipeline.contexts import Context
from pipeline.edges import files, reading, shipped
from pipeline.edges.excel import agenda, card, division, new_cases, table
from pipeline.edges.learning import learner
from pipeline.edges.mail import opening
from pipeline.edges.templates import Templates

open_up = functools.cache(opening.open_up)
read = functools.cache(reading.read)


# --- what is shipped -------------------------------------------------------------------


def read_shipped_once() -> None:
    """Read the settings and the model that come with the program once; those of a council each time."""
    for name in ("load_kinds", "load_law", "load_rights", "load_checklist", "load_procedures"):
        setattr(wiring, name, _Shipped(getattr(wiring, name)))
    learner.read_model = _Shipped(learner.read_model)


class _Shipped:
    """Reads what is shipped once; whatever lies elsewhere is read each time."""

    def __init__(self, loader: Callable[..., object]) -> None:
        self._loader = loader
        self._read: list[tuple[tuple[object, ...], object]] = []

    def __call__(self, place: Path, *others: object) -> object:
        if not place.is_relative_to(_SHIPPED):
            return self._loader(place, *others)
        for (where, *before), found in self._read:
            if where == place and all(map(operator.is_, before, others)):
                return found
        self._read.append(((place, *others), self._loader(place, *others)))
        return self._read[-1][1]


_SHIPPED = shipped.config_folder()


# --- a play that is killed -------------------------------------------------------------


def prepare() -> None:
    """Fill and read in this process, and in its children, the same only once; all tickets are zeros."""
    for lists in (agenda, card, division, new_cases):
        _remember(lists, "_workbook")
    _remember(table, "_grid")
    jinja2.Environment.compile = _translated  # type: ignore[method-assign,assignment]
    Templates.render = _rendered  # type: ignore[method-assign]
    secrets.token_hex = lambda size=16: "0" * 2 * size  # type: ignore[assignment]
    time.time_ns = lambda: 0  # it is part of the ticket


def _remember(module: object, name: str) -> None:
    """Let a function of a module remember what it gave, unless it does so already."""
    function = getattr(module, name)
    if not hasattr(function, "cache_info"):
        setattr(module, name, functools.cache(function))


# --- lists -----------------------------------------------------------------------------

_filled: dict[str, bytes] = {}


class Lists:
    """The Excel lists; those that are always written whole are filled once for the same rows."""

    def __init__(self, lists: object) -> None:
        self._lists = lists

    def __getattr__(self, method: str) -> object:
        found = getattr(self._lists, method)
        return functools.partial(_write, found) if method in _WRITTEN_WHOLE else found


_WRITTEN_WHOLE = ("write_terms", "write_incoming", "write_proof")


def _write(writer: Callable[..., None], path: Path, *rows: object) -> None:
    key = repr((writer, rows))
    if key in _filled:
        files.write(path, _filled[key])
        return
    writer(path, *rows)
    _filled[key] = path.read_bytes()


# --- templates -------------------------------------------------------------------------

_render = Templates.render
_documents: dict[tuple[str, str], bytes] = {}


def _rendered(templates: Templates, name: str, context: Context, out: Path) -> None:
    """Fill a template once for each context: the same always gives the same bytes, as its own tests hold."""
    key = (name, repr(context))
    if key in _documents:
        files.write(out, _documents[key])
        return
    _render(templates, name, context, out)
    _documents[key] = out.read_bytes()


_translate = jinja2.Environment.compile
_translations: dict[tuple[object, ...], object] = {}


def _translated(sandbox: jinja2.Environment, source: str, *rest: object, **options: object) -> object:
    """Translate a template as jinja does, once for each way of escaping."""
    key = (sandbox.autoescape, sandbox.finalize, source, rest, tuple(options.items()))
    if key not in _translations:
        _translations[key] = _translate(sandbox, source, *rest, **options)  # type: ignore[call-overload]
    return _translations[key]

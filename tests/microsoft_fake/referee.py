"""Holds what is asked of Graph against Microsoft's own description of it.

The description lies beside the repository, or where ``STUKKENSTROOM_GRAPH_DESCRIPTION`` says; without
it nothing is held against anything.
"""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

from microsoft_fake.wire import Request

_NAME = "graph-v1.0-mail-drive.openapi.json"
_BESIDE = Path(__file__).parents[3] / "shared" / "graph" / _NAME
_OUTSIDE_THE_DESCRIPTION = ("/v1.0/shares/", "/beta/", "/upload/", "/download/")


class _Asked:
    """The request, as openapi-core wants to see it."""

    def __init__(self, request: Request) -> None:
        self.host_url = f"https://{request.host}"
        self.path = unquote(request.path)
        self.method = request.method.lower()
        self.content_type = request.header("Content-Type").partition(";")[0]
        self.body = request.body or None
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(request.query),
            header=Headers(request.headers),
            cookie=ImmutableMultiDict(),
        )


@lru_cache(maxsize=1)
def _description() -> Any:
    path = Path(os.environ.get("STUKKENSTROOM_GRAPH_DESCRIPTION", _BESIDE))
    return OpenAPI.from_dict(json.loads(path.read_text("utf-8"))) if path.is_file() else None


def fault_in(request: Request) -> str:
    """Name what is wrong with a request; empty when nothing is, or when there is no description here."""
    description = _description()
    outside = request.path.startswith(_OUTSIDE_THE_DESCRIPTION) or request.path.endswith("/content")
    makes_folder = request.method == "POST" and request.path.endswith("/children")
    if description is None or outside or makes_folder:
        return ""
    try:
        description.validate_request(_Asked(request))
    except Exception as fault:  # noqa: BLE001 - whatever the referee says is told
        return f"{request.method} {request.target}: {type(fault).__name__} {fault} {fault.__cause__ or ''}"
    return ""

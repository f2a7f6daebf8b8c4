"""Look at the digital signatures on a PDF: who, when, and whether the file is still what was signed.

Only arithmetic on the bytes of the file. Whether a certificate is genuine is not asked: no list of
trusted authorities is held and nothing is fetched (no OCSP, no CRL, no certificates), since the
library's functions that build a chain of trust are not called at all. Never raises over what is in a
document. Touches nothing.
"""

import io
import logging
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.edges.reading.charset import one_line
from pipeline.values import Signature

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

MAX_BYTES = 50 * 1024**2
"""Of a larger file the signatures are not looked at: comparing its versions would take minutes."""
MAX_SIGNATURES = 20
"""A contract has two to ten."""
MARK = b"/ByteRange"
"""What no signed PDF is without; the library (1 s to load) is imported only where this stands."""

_LONGEST_NAME = 100

_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
)
"""What parsers of PDF and ASN.1 raise on bytes that are not in order."""


def signatures_of(content: bytes, password: str) -> tuple[Signature, ...]:
    """Look at the signatures on a PDF, oldest first.

    Args:
        content: The whole document.
        password: The one it took to open it; empty when it took none.

    Returns:
        The signatures on the document; time stamps by themselves are left out. One that cannot be
        understood is given as not intact, without a name. Nothing for a document that was not signed.
    """
    if MARK not in content or len(content) > MAX_BYTES:
        return ()
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 - see MARK

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    try:
        return tuple(islice(_signatures(content, password), MAX_SIGNATURES))
    except (PdfError, *_BROKEN):
        return ()


def _signatures(content: bytes, password: str) -> Iterator[Signature]:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.fields import enumerate_sig_fields  # noqa: PLC0415
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature  # noqa: PLC0415

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if reader.encrypted:
        reader.decrypt(password)
    fields = [(name, field) for name, _, field in enumerate_sig_fields(reader, filled_status=True)]
    names = frozenset(name for name, _ in fields)
    for name, field in fields:
        if _is_time_stamp(field):
            continue
        try:
            yield _judged(EmbeddedPdfSignature(reader, field, name), names)
        except (PdfError, InvalidSignature, UnsupportedAlgorithm, *_BROKEN):
            yield Signature(signer="", signed_at=None, intact=False)


def _is_time_stamp(field: Any) -> bool:
    return bool(field.get_object()["/V"].get("/Type") == "/DocTimeStamp")


def _judged(signature: "EmbeddedPdfSignature", names: frozenset[str]) -> Signature:
    return Signature(
        signer=_name(signature),
        signed_at=_moment(signature.self_reported_timestamp),
        intact=_is_intact(signature),
        changed_since=_was_changed(signature, names),
    )


def _name(signature: "EmbeddedPdfSignature") -> str:
    """Give the name of the signer, else of the organisation, as the certificate has it."""
    subject = signature.signer_cert.subject.native
    name = subject.get("common_name") or subject.get("organization_name") or ""
    return one_line(name if isinstance(name, str) else " ".join(name))[:_LONGEST_NAME]


def _moment(told: datetime | None) -> datetime | None:
    if told is None:
        return None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def _is_intact(signature: "EmbeddedPdfSignature") -> bool:
    """Compare what was signed with what is there, and the signature with the key in the certificate."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415

    same, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    return same and valid


def _was_changed(signature: "EmbeddedPdfSignature", names: frozenset[str]) -> bool:
    """Tell whether more than another signature or proof for the long term was added afterwards."""
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel  # noqa: PLC0415

    signature.compute_integrity_info()  # type: ignore[no-untyped-call]
    told = signature.summarise_integrity_info()
    found = told["diff_result"]
    if not isinstance(found, DiffResult) or told["docmdp_ok"] is False:
        return True
    if found.modification_level > ModificationLevel.FORM_FILLING:
        return True
    return not found.changed_form_fields <= names

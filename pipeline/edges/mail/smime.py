"""Unwrap signed mail (S/MIME) and check what can be checked without asking anybody.

With asn1crypto for the envelope and cryptography for the sums. A signature is told, never trusted: no
list of authorities is consulted, no revocation is asked for, and a mail with a broken signature is
read like any other. Encrypted mail is not opened: the service has no key, and wants none.

Source:
    RFC 8551 (S/MIME 4.0), RFC 5652 (CMS), sections 5.4 (digest of the attributes) and 5.6 (checking).
"""

import hashlib
import zlib
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms
from asn1crypto.x509 import Certificate
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.x509 import load_der_x509_certificate

from pipeline.edges.reading.charset import one_line
from pipeline.values import Signature

MAX_UNPACKED_BYTES = 100 * 1024**2
"""Of a compressed mail; mail servers pass nothing bigger than a quarter of this."""
MAX_SIGNERS = 10

ENCRYPTED = (
    "Dit bericht is versleuteld en kan hier niet worden geopend. "
    "Vraag de afzender om het zonder versleuteling te sturen."
)

BROKEN_CMS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    InvalidSignature,
    UnsupportedAlgorithm,
    zlib.error,
)
"""What the libraries raise on a damaged envelope, or one of a kind they do not know."""

_SEALED = ("enveloped_data", "encrypted_data", "authenticated_enveloped_data", "signed_and_enveloped_data")
_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What an S/MIME part holds.

    Attributes:
        content: What was signed; None when the envelope holds none, or cannot be opened.
        is_encrypted: It is locked with a key that we do not have.
        signatures: Who signed it.
    """

    content: bytes | None
    is_encrypted: bool = False
    signatures: tuple[Signature, ...] = ()


def unwrap(raw: bytes) -> Envelope | None:
    """Open an S/MIME part; None when it is damaged or no such thing."""
    try:
        info = cms.ContentInfo.load(_der(raw))
        kind = info["content_type"].native
        if kind in _SEALED:
            return Envelope(content=None, is_encrypted=True)
        if kind == "compressed_data":
            return Envelope(content=_unpacked(info["content"]["encap_content_info"]["content"].native))
        if kind != "signed_data":
            return None
        content = _content_of(info["content"])
        signatures = _signatures(info["content"], content) if content is not None else ()
        return Envelope(content=content, signatures=signatures)
    except BROKEN_CMS:
        return None


def signatures_beside(content: bytes, raw: bytes) -> tuple[Signature, ...]:
    """Check the signature that stands beside a text (``multipart/signed``).

    Args:
        content: The signed part, with its headers, as it stands in the mail.
        raw: The decoded signature part.
    """
    canonical = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    try:
        info = cms.ContentInfo.load(_der(raw))
        if info["content_type"].native != "signed_data":
            return ()
        return _signatures(info["content"], canonical)
    except BROKEN_CMS:
        return ()


def _der(raw: bytes) -> bytes:
    """Give the bytes of the envelope, also of one that is written as text."""
    if raw.lstrip().startswith(b"-----BEGIN"):
        lines = [line for line in raw.splitlines() if line and not line.startswith(b"-")]
        return b64decode(b"".join(lines))
    return raw


def _content_of(signed: Any) -> bytes | None:
    content = signed["encap_content_info"]["content"]
    found = content.native if content is not None else None
    if isinstance(found, bytes):
        return found
    return bytes(content.contents) if found is not None else None


def _unpacked(packed: bytes) -> bytes | None:
    content = zlib.decompressobj().decompress(packed, MAX_UNPACKED_BYTES + 1)
    return content if len(content) <= MAX_UNPACKED_BYTES else None


# --- who signed --------------------------------------------------------------------------


def _signatures(signed: Any, content: bytes) -> tuple[Signature, ...]:
    certificates = [one.chosen for one in signed["certificates"] or () if isinstance(one.chosen, Certificate)]
    signers = list(signed["signer_infos"])[:MAX_SIGNERS]
    return tuple(_signature(one, certificates, content) for one in signers)


def _signature(signer: Any, certificates: list[Any], content: bytes) -> Signature:
    certificate = next((one for one in certificates if _belongs(one, signer["sid"])), None)
    attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"] or ()}
    return Signature(
        signer=_name_of(certificate),
        signed_at=_moment(attributes.get("signing_time")),
        intact=certificate is not None and _is_intact(signer, attributes, certificate, content),
    )


def _belongs(certificate: Any, sid: Any) -> bool:
    if sid.name == "issuer_and_serial_number":
        wanted = sid.chosen
        same_number = certificate.serial_number == wanted["serial_number"].native
        return bool(same_number and certificate.issuer == wanted["issuer"])
    return bool(certificate.key_identifier == sid.native)


def _name_of(certificate: Any) -> str:
    """Give the name in a certificate: that of the person, else of the organisation, else the address."""
    if certificate is None:
        return ""
    subject = certificate.subject.native
    options = (subject.get(key) for key in ("common_name", "organization_name", "email_address"))
    found = next((one for one in options if one), "")
    return one_line(found[0] if isinstance(found, list) else found)[:200]


def _moment(values: Any) -> datetime | None:
    try:
        found = values[0].native if values is not None else None
        return found.astimezone(UTC) if isinstance(found, datetime) and found.tzinfo else None
    except BROKEN_CMS:
        return None


def _is_intact(signer: Any, attributes: dict[str, Any], certificate: Any, content: bytes) -> bool:
    """Tell whether the digest is that of the content, and the signature that of the key."""
    try:
        digest_name = signer["digest_algorithm"]["algorithm"].native
        signed = content
        if attributes:
            digest = hashlib.new(digest_name, content).digest()
            if attributes["message_digest"][0].native != digest:
                return False
            signed = signer["signed_attrs"].untag().dump(force=True)
        key = load_der_x509_certificate(certificate.dump()).public_key()
        _verify(key, signer, signed, _HASHES[digest_name]())
    except BROKEN_CMS:
        return False
    return True


def _verify(key: Any, signer: Any, signed: bytes, digest: hashes.HashAlgorithm) -> None:
    """Check a signature.

    Raises:
        InvalidSignature: It is not that of the key, or its kind is not known.
    """
    value = signer["signature"].native
    if isinstance(key, rsa.RSAPublicKey):
        is_pss = signer["signature_algorithm"]["algorithm"].native == "rsassa_pss"
        pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=padding.PSS.AUTO)
        key.verify(value, signed, pss if is_pss else padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(value, signed, ec.ECDSA(digest))
    elif isinstance(key, (ed25519.Ed25519PublicKey, ed448.Ed448PublicKey)):
        key.verify(value, signed)
    else:
        raise InvalidSignature

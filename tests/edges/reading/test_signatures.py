"""Digital signatures on PDF files, made here with a certificate that vouches for itself."""

import datetime as dt
import io
import socket

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pdf_files import pdf_of
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from pipeline.edges.reading import Reader, read

WHO = "Anneke van Houten"


def signer(name: str = WHO) -> signers.SimpleSigner:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2036, 1, 1, tzinfo=dt.UTC))
        .add_extension(
            x509.AuthorityInformationAccess(
                [
                    x509.AccessDescription(
                        x509.oid.AuthorityInformationAccessOID.OCSP,
                        x509.UniformResourceIdentifier("http://127.0.0.1:9/ocsp"),
                    )
                ]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    packed = serialization.pkcs12.serialize_key_and_certificates(
        b"x", key, certificate, None, serialization.NoEncryption()
    )
    made = signers.SimpleSigner.load_pkcs12_data(packed, [], None)
    assert made is not None
    return made


def signed(content: bytes, field: str = "Handtekening1", who: str = WHO, **how: object) -> bytes:
    meta = signers.PdfSignatureMetadata(field_name=field, **how)
    done = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), meta, signer=signer(who))
    return bytes(done.getvalue())


def changed(content: bytes) -> bytes:
    """Add words to the first page in an incremental update, as an editor does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    stream = generic.StreamObject(stream_data=b"BT /F1 11 Tf 50 600 Td (Toch niet) Tj ET")
    writer.add_stream_to_page(0, writer.add_object(stream))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def letter() -> bytes:
    return signed(pdf_of(("Wij stemmen in.",)))


def test_who_and_when_of_an_unchanged_letter(letter: bytes) -> None:
    reading = read(letter, "brief.pdf")
    (one,) = reading.signatures
    assert (one.signer, one.intact, one.changed_since) == (WHO, True, False)
    assert one.signed_at is not None
    assert abs(dt.datetime.now(dt.UTC) - one.signed_at) < dt.timedelta(hours=1)
    assert reading.text == "Wij stemmen in."


def test_an_addition_after_signing_is_seen(letter: bytes) -> None:
    """What was signed is still whole, but the file says more than that."""
    (one,) = read(changed(letter), "brief.pdf").signatures
    assert (one.intact, one.changed_since) == (True, True)


def test_a_second_signature_is_no_change(letter: bytes) -> None:
    both = read(signed(letter, "Handtekening2", "Bram Kuiper"), "brief.pdf").signatures
    assert [(one.signer, one.intact, one.changed_since) for one in both] == [
        (WHO, True, False),
        ("Bram Kuiper", True, False),
    ]


def test_a_letter_changed_in_place(letter: bytes) -> None:
    """One word of the title in the file is another: the signature no longer fits, the text is read."""
    whole = signed(pdf_of(("Wij stemmen in.",), title="Instemming"))
    forged = whole.replace(b"Instemming", b"Afwijzings", 1)
    assert forged != whole
    reading = read(forged, "brief.pdf")
    assert [one.intact for one in reading.signatures] == [False]
    assert reading.text == "Wij stemmen in."


@pytest.mark.parametrize("part", [b"/ByteRange", b"/Contents <", b"/SubFilter"])
def test_a_damaged_signature_never_stops_the_reading(letter: bytes, part: bytes) -> None:
    at = letter.index(part) + len(part)
    for junk in (b"\0" * 40, b"9" * 40, b"<<((" * 10):
        reading = read(letter[:at] + junk + letter[at + 40 :], "brief.pdf")
        assert reading.text == "Wij stemmen in."
        assert not any(one.intact for one in reading.signatures)


def test_a_signed_letter_behind_a_password_of_the_list() -> None:
    locked = pdf_of(("Geheim besluit",), encryption=pikepdf.Encryption(owner="o", user="raad2026", R=6))
    writer = IncrementalPdfFileWriter(io.BytesIO(locked))
    writer.encrypt("raad2026")
    done = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="H1"), signer=signer())
    reading = Reader(passwords=("raad2026",))(bytes(done.getvalue()), "a.pdf")
    assert reading.text == "Geheim besluit"
    assert [(one.signer, one.intact) for one in reading.signatures] == [(WHO, True)]


def test_nobody_outside_is_asked(letter: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate names a place to ask whether it was revoked; no connection is even tried."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    for way in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, way, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert read(letter, "brief.pdf").signatures[0].intact


def test_a_letter_without_signature() -> None:
    assert read(pdf_of(("/ByteRange",)), "a.pdf").signatures == ()

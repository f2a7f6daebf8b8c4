"""What holds other things is taken apart, every thing in it has its verdict, and nothing raises."""

import base64
import binascii
import io
import os
import random
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import outlook_samples as outlook
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edges.mail import inside, smime, zip_file
from pipeline.edges.mail.opening import open_up
from pipeline.edges.reading import read
from pipeline.intake.apply import TakenApart, take_apart
from pipeline.values import Disposition, PartVerdict

CORPORA = Path(os.environ.get("STUKKENSTROOM_CORPORA", Path(__file__).parents[4] / "shared" / "corpora"))
SAMPLES = sorted(
    path for path in CORPORA.rglob("*") if path.suffix in (".eml", ".msg", ".tnef") and path.is_file()
)
PDF = b"%PDF-1.4\n" + b"Dit is geen echte pdf.\n" * 20
REQUEST = (
    "Geachte raad,\n\nWij vragen uw advies over het formatieplan 2027.\n\nMet vriendelijke groet,\nPetra\n"
)


def judged(content: bytes, name: str = "post.eml") -> TakenApart:
    taken = take_apart(content, name, opener=open_up, reader=read, known=frozenset(), seen_on=None)
    numbers = [one.part.number for one in taken.contents]
    assert [one.part.number for one in taken.documents] == numbers
    assert len(set(numbers)) == len(numbers) >= 1
    return taken


def verdicts(taken: TakenApart) -> dict[str, str]:
    return {one.part.number: one.verdict.value for one in taken.documents}


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in members.items():
            box.writestr(name, content)
    return stream.getvalue()


def mail(text: str = "Zie bijlage.", **files: tuple[bytes, str, str]) -> bytes:
    """Write a mail; each file is content, content type and name."""
    message = EmailMessage()
    message["From"], message["To"] = "Petra <p@bestuur.example>", "mr@school.example"
    message["Subject"], message["Date"] = "Stukken", "Tue, 03 Nov 2026 09:00:00 +0100"
    message.set_content(text)
    for content, kind, name in files.values():
        maintype, _, subtype = kind.partition("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()


# --- zip ---------------------------------------------------------------------------------


def test_the_members_of_a_zip_are_papers_beside_the_body() -> None:
    """The zip is no mail of its own: the text of the mail covers what is in it."""
    box = zipped({"map/brief.txt": REQUEST.encode(), "../../etc/plan.txt": b"Het plan."})
    taken = judged(mail(a=(box, "application/zip", "stukken.zip")))
    assert verdicts(taken) == {
        "0": "container",
        "1": "covering_note",
        "2": "container",
        "2.1": "paper",
        "2.2": "paper",
    }
    assert [one.part.name for one in taken.documents[3:]] == ["brief.txt", "plan.txt"], "a path is no name"
    assert taken.documents[3].reason == "Dit is een document uit een zipbestand."


def test_a_dropped_zip_is_a_container_with_its_files_and_a_mail_in_it_is_a_mail() -> None:
    box = zipped(
        {"a.txt": REQUEST.encode(), "b.eml": mail("Wij vragen advies."), "c.zip": zipped({"d": PDF})}
    )
    found = verdicts(judged(box, "stukken.zip"))
    assert found["0"] == found["2"] == found["3"] == "container"
    assert (found["1"], found["2.1"], found["3.1"]) == ("paper", "body_is_letter", "unreadable")


def test_what_is_in_a_zip_twice_or_empty_or_left_behind_by_a_computer_has_its_verdict_too() -> None:
    apple = b"\x00\x05\x16\x07" + bytes(200)
    members = {
        "a.txt": b"Hetzelfde.",
        "b.txt": b"Hetzelfde.",
        "leeg.pdf": b"",
        "Thumbs.db": b"\x01\x02\x03\x04" * 50,
        "__MACOSX/._a.pdf": apple,
        ".DS_Store": b"\x00\x00\x00\x01Bud1" + bytes(90),
    }
    taken = judged(zipped(members), "stukken.zip")
    assert [one.verdict for one in taken.documents[1:]] == [
        PartVerdict.PAPER,
        PartVerdict.DUPLICATE,
        *[PartVerdict.EMPTY] * 4,
    ]


def locked_zip() -> bytes:
    box = bytearray(zipped({"a.txt": b"geheim"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        box[box.index(signature) + offset] |= 1
    return bytes(box)


@pytest.mark.parametrize(
    ("box", "reason"),
    [
        (locked_zip(), zip_file.LOCKED),
        (zipped({"a.txt": os.urandom(2_000)})[:-40], zip_file.DAMAGED),
        (zipped({f"{n}.txt": b"x" for n in range(zip_file.MAX_MEMBERS + 1)}), zip_file.TOO_MANY),
        (zipped({"a.txt": bytes(60 * 1024**2)}), zip_file.TOO_BIG),
        (zipped({}), zip_file.NOTHING_IN_IT),
    ],
    ids=["locked", "cut off", "too many", "bomb", "empty"],
)
def test_a_zip_that_cannot_be_opened_is_one_unreadable_part(box: bytes, reason: str) -> None:
    for taken in (judged(box, "stukken.zip"), judged(mail(a=(box, "application/zip", "stukken.zip")))):
        last = taken.documents[-1]
        assert (last.verdict, last.reason) == (PartVerdict.UNREADABLE, reason)
        assert last.part.size_bytes == len(box)


def test_a_zip_in_a_zip_in_a_zip_in_a_zip_stays_closed() -> None:
    box = zipped({"brief.txt": b"Diep."})
    for _ in range(3):
        box = zipped({"in.zip": box})
    taken = judged(box, "stukken.zip")
    assert verdicts(taken) == {"0": "container", "1": "container", "1.1": "container", "1.1.1": "unreadable"}
    assert taken.documents[-1].reason == inside.TOO_DEEP


def test_a_size_that_lies_in_the_directory_unpacks_no_more_than_it_says() -> None:
    box = bytearray(zipped({"a.txt": bytes(100_000)}))
    struct.pack_into("<I", box, box.index(b"PK\x01\x02") + 24, 10)
    assert verdicts(judged(bytes(box), "stukken.zip")) == {"0": "unreadable"}


# --- Outlook -----------------------------------------------------------------------------

TRANSPORT = (
    "Received: from mx.example by in.example; Tue, 3 Nov 2026 10:00:00 +0100\r\n"
    "Authentication-Results: mx.example; spf=pass\r\nFrom: Petra <p@bestuur.example>\r\n"
    "Message-ID: <1@bestuur.example>\r\nContent-Type: text/plain\r\n"
)
SUBJECT, BODY, HEADERS, CLASS = 0x0037, 0x1000, 0x007D, 0x001A
SENDER_NAME, SENDER_EMAIL = 0x0C1A, 0x0C1F


def msg(*attachments: outlook.Tree, html: bytes = b"", **texts: str) -> bytes:
    names = {"subject": SUBJECT, "body": BODY, "headers": HEADERS, "kind": CLASS}
    return outlook.compound_file(
        outlook.message({names[key]: value for key, value in texts.items()}, attachments, html=html)
    )


def test_a_dropped_msg_is_the_mail_that_it_was() -> None:
    file = msg(
        outlook.attached("plan één.pdf", PDF, kind="application/pdf"),
        outlook.attached("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(900), kind="image/png", content_id="l@x"),
        subject="Adviesaanvraag",
        body="Zie bijlage.",
        headers=TRANSPORT,
        html=b"<p>Zie bijlage.</p><img src='cid:l@x'>",
    )
    taken = judged(file, "bericht.msg")
    message = taken.message
    assert message is not None
    assert (message.message_id, message.subject) == ("1@bestuur.example", "Adviesaanvraag")
    assert message.received_at == datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert message.authentication == ("mx.example; spf=pass",)
    assert message.own_text == "Zie bijlage."
    assert [(one.part.name, one.verdict.value) for one in taken.documents[-2:]] == [
        ("plan één.pdf", "unreadable"),
        ("logo.png", "signature_picture"),
    ]
    assert taken.contents[-2].content == PDF


def test_a_msg_without_internet_header_has_sender_and_subject_from_its_properties() -> None:
    texts = {
        SUBJECT: "Vraag\r\nBcc: x@y.example",
        BODY: REQUEST,
        SENDER_NAME: "Petra",
        SENDER_EMAIL: "P@b.example",
    }
    message = judged(outlook.compound_file(outlook.message(texts)), "bericht.msg").message
    assert message is not None
    assert message.sender is not None
    assert (message.sender.name, message.sender.email) == ("Petra", "p@b.example")
    assert message.subject == "Vraag Bcc: x@y.example", "no value makes a header of its own"
    assert message.recipients == ()


def test_a_mail_in_a_msg_is_a_mail_and_so_is_a_msg_at_a_mail() -> None:
    inner = outlook.message({SUBJECT: "Binnen", BODY: REQUEST}, (outlook.attached("a.pdf", PDF),), head=24)
    file = msg(outlook.attached_message("Binnen", inner), subject="FW: Binnen", body="Ter info.")
    found = verdicts(judged(file, "x.msg"))
    assert found == {
        "0": "container",
        "1": "covering_note",
        "2": "container",
        "2.0": "container",
        "2.1": "body_is_letter",
        "2.2": "unreadable",
    }
    taken = judged(mail(a=(file, "application/vnd.ms-outlook", "bericht.msg")))
    assert verdicts(taken)["2.2.1"] == "body_is_letter"
    assert taken.contents[2].content == file, "the message file itself is kept as it came"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("REPORT.IPM.Note.NDR", "bezorgbericht van een mailserver"),
        ("REPORT.IPM.Note.IPNRN", "leesbevestiging"),
        ("IPM.Schedule.Meeting.Resp.Pos", "antwoord op een vergaderverzoek"),
    ],
)
def test_a_msg_that_a_machine_sent_is_known_by_its_class(kind: str, reason: str) -> None:
    message = judged(msg(kind=kind, subject="x", body="Bericht."), "x.msg").message
    assert message is not None
    assert message.machine == reason


def test_a_damaged_msg_is_one_unreadable_part() -> None:
    file = msg(outlook.attached("a.pdf", PDF * 40), subject="x", body="Bericht.")
    taken = judged(file[:-512] + bytes(512), "x.msg")
    assert verdicts(taken) == {"0": "unreadable"}
    assert taken.documents[0].reason == inside.BROKEN_MSG


def test_the_files_in_a_winmail_dat_are_parts_and_its_text_is_the_body_when_there_is_no_other() -> None:
    box = outlook.winmail("Zie bijlage.", {"brief.txt": REQUEST.encode(), "plan.pdf": PDF})
    taken = judged(mail("Zie bijlage.", a=(box, "application/ms-tnef", "winmail.dat")))
    assert verdicts(taken) == {
        "0": "container",
        "1": "covering_note",
        "2": "container",
        "2.1": "duplicate",
        "2.2": "paper",
        "2.3": "unreadable",
    }
    alone = judged(mail("", a=(box, "application/octet-stream", "winmail.dat")))
    assert alone.message is not None
    assert alone.message.own_text == "Zie bijlage."
    assert {one.part.number: one.part.disposition for one in alone.contents}["2.1"] is Disposition.BODY


def test_a_winmail_dat_that_breaks_off_gives_what_stands_before_the_break() -> None:
    box = outlook.winmail("Tekst.", {"a.txt": b"Heel.", "b.txt": b"Half." * 100})
    assert [one.part.name for one in judged(box[:-40], "winmail.dat").documents][2] == "a.txt"
    assert judged(box[:8], "winmail.dat").documents[0].verdict is not PartVerdict.PAPER


# --- signed mail -------------------------------------------------------------------------

KEYS = {
    "rsa": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ec": ec.generate_private_key(ec.SECP256R1()),
}
ENTITY = (
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    + REQUEST.replace("\n", "\r\n").encode()
    + b"\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(PDF).replace(b"\n", b"\r\n")
    + b"\r\n--b--\r\n"
)


def certificate(kind: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Petra de Vries")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(
        name, name, KEYS[kind].public_key(), 7, start, start + timedelta(days=900)
    )
    return builder.sign(KEYS[kind], hashes.SHA256())


def signed(kind: str, *options: pkcs7.PKCS7Options) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(ENTITY)
    builder = builder.add_signer(certificate(kind), KEYS[kind], hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def posted(content: bytes, kind: str = "application/pkcs7-mime; smime-type=signed-data") -> bytes:
    head = f"From: Petra <p@b.example>\r\nSubject: Aanvraag\r\nContent-Type: {kind}\r\n"
    if kind.startswith("multipart/"):
        return f"{head}\r\n".encode() + content
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(content)


@pytest.mark.parametrize("kind", ["rsa", "ec"])
@pytest.mark.parametrize("declared", ["application/pkcs7-mime", "application/octet-stream; name=smime.p7m"])
def test_a_mail_that_is_wrapped_in_its_signature_is_read_like_any_other(kind: str, declared: str) -> None:
    taken = judged(posted(signed(kind), declared))
    assert taken.message is not None
    assert taken.message.own_text.startswith("Geachte raad,\n\nWij vragen uw advies")
    assert verdicts(taken) == {
        "1": "container",
        "1.1": "container",
        "1.1.1": "body_is_letter",
        "1.1.2": "unreadable",
    }
    (signature,) = taken.message.signatures
    assert (signature.signer, signature.intact) == ("Petra de Vries", True)
    assert signature.signed_at is not None


def test_a_mail_that_was_changed_after_signing_says_so_and_is_read_all_the_same() -> None:
    taken = judged(posted(signed("rsa").replace(b"formatieplan", b"fietsenplan!")))
    assert taken.message is not None
    assert [one.intact for one in taken.message.signatures] == [False]
    assert "fietsenplan!" in taken.message.own_text


@pytest.mark.parametrize(("changed", "intact"), [(False, True), (True, False)])
def test_a_signature_beside_the_text_is_checked_and_is_not_held(changed: bool, intact: bool) -> None:  # noqa: FBT001
    entity = ENTITY.replace(b"formatieplan", b"fietsenplan!") if changed else ENTITY
    beside = signed("rsa", pkcs7.PKCS7Options.DetachedSignature)
    body = b"--s\r\n" + entity + b"\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
    body += b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(beside) + b"\r\n--s--\r\n"
    kind = 'multipart/signed; protocol="application/pkcs7-signature"; boundary=s'
    taken = judged(posted(body, kind))
    assert taken.message is not None
    assert [(one.signer, one.intact) for one in taken.message.signatures] == [("Petra de Vries", intact)]
    assert taken.documents[-1].verdict is PartVerdict.OTHER
    assert taken.documents[-1].part.content_type == "application/pkcs7-signature"


def test_an_encrypted_mail_is_kept_and_the_sender_is_asked_for_a_readable_copy() -> None:
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(ENTITY).add_recipient(certificate("rsa"))
    taken = judged(posted(builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])))
    assert [(one.verdict, one.reason) for one in taken.documents] == [
        (PartVerdict.UNREADABLE, smime.ENCRYPTED)
    ]


# --- the rest ----------------------------------------------------------------------------


def test_a_file_written_into_the_text_becomes_a_part() -> None:
    lines = [PDF[at : at + 45] for at in range(0, len(PDF), 45)]
    block = "".join(_uu(line) for line in lines)
    text = f"Zie het plan.\n\nbegin 644 plan.pdf\n{block}`\nend\n\nGroet,\nPetra\n"
    taken = judged(f"From: p@b.example\nSubject: Plan\n\n{text}".encode())
    assert taken.message is not None
    assert taken.message.full_text == "Zie het plan.\n\n\nGroet,\nPetra"
    assert (taken.contents[-1].part.name, taken.contents[-1].content) == ("plan.pdf", PDF)
    assert verdicts(taken) == {"0": "container", "1": "covering_note", "2": "unreadable"}


def _uu(line: bytes) -> str:
    return binascii.b2a_uu(line).decode("ascii")


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(300), "stukken.7z", "Dit is een ingepakt bestand (7z)."),
        (b"Rar!\x1a\x07\x01\x00" + bytes(300), "stukken.rar", "Dit is een ingepakt bestand (rar)."),
        (b"\x1f\x8b\x08\x00" + bytes(300), "stukken.gz", "Dit is een ingepakt bestand (gz)."),
        (b"ID3\x03" + bytes(300), "opname", "Dit is een geluidsbestand."),
        (b"\x00\x00\x00\x20ftypisom" + bytes(300), "opname", "Dit is een video."),
    ],
)
def test_what_is_not_opened_says_what_it_is(content: bytes, name: str, told: str) -> None:
    taken = judged(mail(a=(content, "application/octet-stream", name)))
    assert taken.documents[-1].verdict is PartVerdict.OTHER
    assert taken.documents[-1].reason.startswith(told)


def test_a_mail_sent_in_pieces_is_held_with_the_remedy() -> None:
    piece = b"From: p@b.example\r\nContent-Type: message/partial; number=1; total=2; id=x\r\n\r\nhalf"
    taken = judged(piece)
    assert taken.documents[0].verdict is PartVerdict.OTHER
    assert "in zijn geheel" in taken.documents[0].reason


def test_a_pdf_of_which_the_sender_knew_neither_type_nor_name_is_read_as_a_pdf() -> None:
    taken = judged(mail(a=(PDF, "application/octet-stream", "scan001")))
    assert taken.contents[-1].part.content_type == "application/pdf"


def test_the_day_and_writer_of_a_mail_in_a_msg_that_is_sent_along_are_the_origin() -> None:
    inner = outlook.message(
        {SUBJECT: "Binnen", BODY: REQUEST, HEADERS: TRANSPORT + "Date: Mon, 2 Nov 2026 09:00:00 +0100\r\n"}
    )
    taken = judged(mail("Ter info.", a=(outlook.compound_file(inner), "application/octet-stream", "b.msg")))
    assert taken.message is not None
    origin = taken.message.forwarded
    assert origin is not None
    assert origin.sender is not None
    assert (origin.sender.email, origin.sent_on) == ("p@bestuur.example", date(2026, 11, 2))


# --- hostile -----------------------------------------------------------------------------

WHOLE = {
    "a.zip": zipped({"a.txt": REQUEST.encode(), "b.zip": zipped({"c.pdf": PDF})}),
    "b.msg": msg(outlook.attached("a.pdf", PDF), subject="x", body=REQUEST, headers=TRANSPORT),
    "winmail.dat": outlook.winmail("Tekst.", {"a.txt": b"Heel.", "b.pdf": PDF}),
    "smime.p7m": signed("ec"),
    "c.eml": posted(signed("rsa")),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_container_never_raises_and_every_part_has_its_verdict(name: str) -> None:
    chance = random.Random(20261103)  # noqa: S311 - the same damage every time
    for _ in range(60):
        content = bytearray(WHOLE[name])
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        cut = chance.choice((len(content), chance.randrange(len(content))))
        judged(bytes(content[:cut]), name)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [b"PK\x03\x04", b"\x78\x9f\x3e\x22\x01\x00", b"0\x80\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x02", b""]
    ),
    st.binary(max_size=400),
    st.sampled_from(["a.zip", "winmail.dat", "smime.p7m", "x.msg", ""]),
)
def test_anything_at_all_can_be_opened(start: bytes, content: bytes, name: str) -> None:
    judged(start + content, name)


@pytest.mark.skipif(not SAMPLES, reason="the public samples are not beside the project")
def test_every_public_sample_is_opened_and_judged() -> None:
    for path in SAMPLES:
        taken = judged(path.read_bytes(), path.name)
        if path.suffix == ".msg":
            assert taken.message is not None, path.name
        if path.suffix == ".tnef":
            assert taken.documents[0].verdict is PartVerdict.CONTAINER, path.name

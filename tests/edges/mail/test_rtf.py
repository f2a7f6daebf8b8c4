"""The text of a mail that is there in compressed RTF only comes out."""

import compressed_rtf

from pipeline.edges.mail.rtf import MAX_COMPRESSED_BYTES, text_of


def test_plain_rtf_gives_its_text() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252 Geachte raad,\par Wij vragen advies over caf\'e9.}"
    assert text_of(compressed_rtf.compress(rtf)) == "Geachte raad,\nWij vragen advies over café."


def test_rtf_made_from_html_gives_the_text_once_and_not_what_is_in_the_rtf_only() -> None:
    rtf = (
        rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Wij vragen advies."
        rb"\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}Groet.}"
    )
    assert text_of(compressed_rtf.compress(rtf)) == "Wij vragen advies.\nGroet."


def test_a_body_that_takes_too_long_to_unpack_gives_no_text() -> None:
    assert text_of(bytes(MAX_COMPRESSED_BYTES + 1)) == ""

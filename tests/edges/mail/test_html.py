"""The text of an HTML mail: what a person sees, with quotations marked."""

import time

import pytest

from pipeline.edges.mail.html import html_to_text


def test_a_quotation_gets_a_mark_on_every_line() -> None:
    html = "<p>Akkoord.</p><blockquote><p>Vraag</p><div>twee</div></blockquote><p>Groet</p>"
    assert html_to_text(html) == "Akkoord.\n\n> Vraag\n>\n> twee\n\nGroet"


def test_a_quotation_in_a_quotation_gets_two_marks() -> None:
    html = "<blockquote>een<blockquote>twee</blockquote>een weer</blockquote>nul"
    assert html_to_text(html) == "> een\n>> twee\n> een weer\nnul"


def test_an_end_without_a_beginning_marks_nothing() -> None:
    assert html_to_text("a</blockquote></blockquote>b<blockquote>c") == "a\nb\n> c"


def test_a_mail_cannot_make_marks_of_its_own() -> None:
    assert html_to_text("a<br>\x0eb&#14;<br>&#x0e;c") == "a\nb\nc"


def test_hidden_preview_text_and_scripts_are_left_out() -> None:
    html = "<title>x</title><div style='display:none'>Bekijk online</div><script>y</script>Beste raad"
    assert html_to_text(html) == "Beste raad"


@pytest.mark.parametrize(
    "soup",
    [
        "<",
        "<a ",
        "<a x='",
        "<!--",
        "<![",
        "<![CDATA[",
        "<![if x",
        "<?",
        "&#",
        "</",
        "<b",
        "<blockquote>x<br>",
    ],
)
def test_sixty_kilobytes_of_unclosed_tags_take_less_than_a_second(soup: str) -> None:
    """Time in the square of the length would be minutes; the parser of the library asserts on some."""
    started = time.process_time()
    html_to_text(soup * (60_000 // len(soup)) + "slot")
    assert time.process_time() - started < 1


@pytest.mark.parametrize("start", ["<![", "<![onzin", "<!<![x]>[", "<!", "<![endif]-->"])
def test_text_after_a_marked_section_that_is_none_survives(start: str) -> None:
    assert "Beste raad" in html_to_text(f"<p>{start} <p>Beste raad</p>")

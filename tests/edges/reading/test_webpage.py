"""The copy of a web page that fetches and runs nothing."""

import time

import pytest

from pipeline.edges.reading.webpage import stripped, title_of, visible_text

HOSTILE = """<html><head><base href="http://kwaad.example/"><link rel=stylesheet href="http://kwaad.example/s.css">
<style>@import url(http://kwaad.example/t.css)</style></head>
<body onload="x()" background="//kwaad.example/b.png"><p style="background:url(http://kwaad.example/c)">Tekst</p>
<img src="http://kwaad.example/i.png" alt="logo &lt;b&gt;"><img src="\\\\kwaad.example\\share\\i.png">
<img src="file:///etc/passwd"><iframe src="http://kwaad.example"></iframe><object data="http://kwaad.example"></object>
<a href="javascript:x()">klik</a>
<table background="http://kwaad.example/d"><tr><td colspan="2">cel</td></tr></table>
<svg><image href="http://kwaad.example/e"/></svg><form action="http://kwaad.example"><input src="http://kwaad.example">
</form><script src="http://kwaad.example/x.js"></script></body></html>"""


def test_nothing_points_outside() -> None:
    clean = stripped(HOSTILE)
    for trace in ("kwaad.example", "file:", "javascript", "onload", "<script", "<iframe", "url("):
        assert trace not in clean


def test_text_stays() -> None:
    assert visible_text(stripped(HOSTILE)).split() == ["Tekst", "logo", "<b>", "klik", "cel"]


def test_structure_links_and_inner_pictures_stay() -> None:
    link = '<a href="https://example.org/a?b=1&amp;c">hier</a>'
    page = f'<td colspan="2">{link}<img src="data:image/png;base64,AAAA"></td>'
    assert page in stripped(f"<table><tr>{page}</tr></table>")


@pytest.mark.parametrize(
    "soup", ["<", "<a ", "<a x='", "<!--", "<![", "<![CDATA[", "<?", "&#", "</", "<div>", "<title>"]
)
def test_soup_takes_no_more_time_than_its_length(soup: str) -> None:
    """Fifty thousand times the same opening: time in the square of that would be minutes."""
    started = time.process_time()
    stripped(soup * 50_000)
    visible_text(soup * 50_000)
    title_of(soup * 50_000)
    assert time.process_time() - started < 5


def test_conditions_of_word_do_not_hide_text() -> None:
    page = "<p><![if !supportLists]>1.<![endif]> Eerst<!--[if mso]><b>weg</b><![endif]--><p>Dan"
    assert visible_text(page) == "1. Eerst\n\nDan"


def test_tag_that_is_never_closed_is_text() -> None:
    assert visible_text("<p>3 is <b kleiner &amp; klein") == "3 is <b kleiner & klein"


def test_hidden_text_is_hidden() -> None:
    assert (
        visible_text('<div style="display:none">voorproef</div><div hidden>x<div>y</div></div>Tekst')
        == "Tekst"
    )

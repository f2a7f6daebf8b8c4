"""Templates: they fill, stay text, keep their page count in both renderers and are checked."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from pipeline import contexts
from pipeline.contexts import AddressLine, AgendaContext, AgendaLine, AgendaPaper, DividerContext
from pipeline.edges.office.fonts import write_fonts_conf
from pipeline.edges.templates import DOCUMENTS, MAILS, Templates
from pipeline.edges.templates.check import document_problems
from pipeline.edges.templates.templates import EXAMPLES
from pipeline.errors import TemplateError

SHIPPED = Path(__file__).parents[3] / "templates"
LINK = "https://stukkenstroom.invalid/"
HOSTILE = '{{ 7*7 }} {% raw %} <w:p/> & "A" {_{ x }_} =HYPERLINK(1) {{ raad.__class__ }} ]]>'
CONTROLS = "a\r\nb\x00c\x0bd\ud800e\ufffef\x85g\u202eh\t\uf0b7\uf8ffz"
DATE_TAG = "{{ datum|kort(40) }}"
"""How the cover prints its date."""
LONG = "Voorgenomen besluit tot wijziging van het medezeggenschapsstatuut en de gevolgen daarvan " * 4


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(SHIPPED)


def text_of(path: Path) -> str:
    """Give every word of a document, headers and footers included, a line per paragraph."""
    document = docx.Document(str(path))
    parts = [document.part.element]
    for section in document.sections:
        parts += [section.header.part.element, section.footer.part.element]
    paragraphs = [paragraph for part in parts for paragraph in part.iter(qn("w:p"))]
    return "\n".join("".join(node.text or "" for node in item.iter(qn("w:t"))) for item in paragraphs)


def with_text(value: Any, text: str) -> Any:
    """Copy a context with every text in it replaced; an urgency chooses a colour and stays."""
    if isinstance(value, str) and not isinstance(value, contexts.Urgency):
        return text
    if isinstance(value, tuple):
        return tuple(with_text(item, text) for item in value)
    if is_dataclass(value):
        changed = {item.name: with_text(getattr(value, item.name), text) for item in fields(value)}
        return replace(value, **changed)  # type: ignore[type-var]
    return value


def own_copy(folder: Path, name: str, change: Callable[[str], str]) -> Templates:
    """Make a folder with an own template: the shipped one with its XML changed."""
    folder.mkdir(exist_ok=True)
    source, target = SHIPPED / f"{name}.docx", folder / f"{name}.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry == "word/document.xml":
                content = change(content.decode()).encode()
            new.writestr(entry, content)
    return Templates(SHIPPED, folder)


# --- filling ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_fills_with_every_example(templates: Templates, tmp_path: Path, name: str) -> None:
    for context in EXAMPLES[name]:
        templates.render(name, context, tmp_path / "uit.docx")
        text = text_of(tmp_path / "uit.docx")
        assert context.raad in text or name == "scheidingsblad"
        assert not re.search(r"\{\{|\{%|%\}|\}\}|None|\(\)", text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_outside_text_is_printed_literally(templates: Templates, tmp_path: Path, name: str) -> None:
    """Code, markup and delimiters in a value arrive in the document as they were typed."""
    templates.render(name, with_text(EXAMPLES[name][0], HOSTILE), tmp_path / "uit.docx")
    text = text_of(tmp_path / "uit.docx")
    # Some places shorten; the beginning always stands there, and nothing was computed.
    assert HOSTILE[:20] in text
    assert "49" not in text
    if name not in ("scheidingsblad", "adresblad", "plaatshouder"):
        assert HOSTILE in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_controls_and_line_ends_become_one_line(templates: Templates, tmp_path: Path, name: str) -> None:
    templates.render(name, with_text(EXAMPLES[name][0], CONTROLS), tmp_path / "uit.docx")
    assert "a bc defg"[:4] in text_of(tmp_path / "uit.docx")
    assert "a bc def gh z" in text_of(tmp_path / "uit.docx")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_ten_thousand_characters_do_no_harm(templates: Templates, tmp_path: Path, name: str) -> None:
    templates.render(name, with_text(EXAMPLES[name][0], "x" * 10_000), tmp_path / "uit.docx")
    assert "xxx" in text_of(tmp_path / "uit.docx")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_context_gives_the_same_bytes(templates: Templates, tmp_path: Path, name: str) -> None:
    for file in ("een.docx", "twee.docx"):
        templates.render(name, EXAMPLES[name][0], tmp_path / file)
    assert (tmp_path / "een.docx").read_bytes() == (tmp_path / "twee.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "een.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_house_style_has_language_headings_and_clean_tags(name: str) -> None:
    """The template says nl-NL, has Word's own headings, and each tag stands in one run."""
    document = docx.Document(str(SHIPPED / f"{name}.docx"))
    assert {"Title", "Heading 1", "Heading 2", "Normal"} <= {style.name for style in document.styles}
    languages = document.styles.element.findall(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert [language.get(qn("w:val")) for language in languages] == ["nl-NL"]
    for node in document.part.element.iter(qn("w:t")):
        text = node.text or ""
        assert text.count("{{") == text.count("}}")
        assert text.count("{%") == text.count("%}")


def test_links_keep_the_look_of_their_run_and_empty_keys_give_none(
    templates: Templates, tmp_path: Path
) -> None:
    paper = AgendaPaper(nummer="1a", titel="Brief", bladzijde="3", sleutel="stuk/1 a")
    item = AgendaLine(nummer="1", titel="Opening", stukken=(paper,))
    context = AgendaContext(raad="MR", soort_vergadering="Vergadering", datum="vandaag", punten=(item,))
    templates.render("agenda", context, tmp_path / "uit.docx")
    document = docx.Document(str(tmp_path / "uit.docx"))
    links = list(document.part.element.iter(qn("w:hyperlink")))
    assert ["".join(node.text or "" for node in link.iter(qn("w:t"))) for link in links] == [
        "1a",
        "Brief",
        "3",
    ]
    targets = {document.part.rels[link.get(qn("r:id"))].target_ref for link in links}
    assert targets == {f"{LINK}stuk%2F1%20a"}
    assert links[0].find(f".//{qn('w:color')}") is not None


@pytest.mark.parametrize("soort", ["png", "jpg"])
def test_own_logo_takes_the_place_of_ours_inside_its_box(tmp_path: Path, soort: str) -> None:
    """A logo four times as wide as high keeps its shape and is no wider than the box."""
    image = pytest.importorskip("PIL.Image")
    image.new("RGB", (400, 100), "red").save(tmp_path / f"logo.{soort}")
    own = Templates(SHIPPED, tmp_path)
    out = tmp_path.parent / f"{soort}.docx"
    for name in ("voorblad", "ontvangstbevestiging"):
        own.render(name, EXAMPLES[name][0], out)
        with zipfile.ZipFile(out) as archive:
            assert (tmp_path / f"logo.{soort}").read_bytes() in [
                archive.read(item) for item in archive.namelist()
            ]
            xml = archive.read("word/document.xml") + archive.read("word/styles.xml")
            xml += b"".join(archive.read(item) for item in archive.namelist() if "header" in item)
        width, height = map(int, re.findall(rb'<wp:extent cx="(\d+)" cy="(\d+)"', xml)[0])
        assert width == pytest.approx(4 * height, rel=0.01)
        assert width <= 1.9 * 360_000
    assert own.fingerprint("voorblad") != Templates(SHIPPED).fingerprint("voorblad")
    (tmp_path / f"logo.{soort}").write_bytes(b"geen plaatje")
    assert ["logo" in problem.text for problem in own.check()] == [True]
    with pytest.raises(TemplateError):
        own.render("voorblad", EXAMPLES["voorblad"][0], out)


# --- mails -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", MAILS)
def test_mails_are_accessible_and_fetch_nothing(templates: Templates, name: str) -> None:
    for context in EXAMPLES[name]:
        text, html = templates.render_mail(name, context)
        assert html.startswith('<!DOCTYPE html>\n<html lang="nl">')
        link = context.koppeling if isinstance(context, contexts.MeetingMailContext) else ""
        assert html.count(f'<a href="{link}"') == bool(link)  # what a person may click is not fetched
        rest = html.replace(f'<a href="{link}"', "<a")
        assert not re.search(r"src=|url\(|https?:|<script|<link|<img", rest)
        assert html.count("<h1") == 1
        assert "\n\n\n" not in text
        assert text.endswith("\n")
        shown = context.inhoud if isinstance(context, contexts.MailContext) else context.raad
        assert shown in text
        assert shown in html


@pytest.mark.parametrize("name", MAILS)
def test_outside_text_in_mails_stays_text(templates: Templates, name: str) -> None:
    hostile = "<b>{{ 7*7 }}</b> {% x %}\r\nBcc: kwaad@voorbeeld.example"
    text, html = templates.render_mail(name, with_text(EXAMPLES[name][0], hostile))
    assert "<b>{{ 7*7 }}</b> {% x %} Bcc:" in text
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt; {% x %} Bcc:" in html
    assert "<b>" not in html
    assert "49" not in text + html
    assert "\nBcc" not in text + html


# --- checking --------------------------------------------------------------------------


def test_shipped_templates_have_no_problems(templates: Templates) -> None:
    assert templates.check() == ()


def test_every_unknown_field_is_named_with_its_template_and_words(tmp_path: Path) -> None:
    """Both faults are reported at once, also the one inside a loop."""
    own = own_copy(
        tmp_path,
        "agenda",
        lambda xml: xml.replace("{{ raad }}", "Raad: {{ raadd }}").replace("punt.doel", "punt.dole"),
    )
    problems = own.check()
    assert {problem.place for problem in problems} == {"Instellingen/sjablonen/agenda.docx"}
    assert any("'raadd'" in item.text and "Raad:" in item.text and "'raad'" in item.text for item in problems)
    assert any("'dole'" in item.text and "'doel'" in item.text for item in problems)
    assert len(problems) == 2
    with pytest.raises(TemplateError) as caught:
        own.render("agenda", EXAMPLES["agenda"][0], tmp_path / "uit.docx")
    assert "raadd" in caught.value.wat
    assert "dole" in caught.value.wat
    assert "agenda.docx" in caught.value.wat
    assert not (tmp_path / "uit.docx").exists()


def test_unknown_field_in_a_branch_that_no_example_enters_is_found(tmp_path: Path) -> None:
    own = own_copy(
        tmp_path,
        "voorblad",
        lambda xml: xml.replace(DATE_TAG, "{% if datum == 'x' %}{{ onzin }}{% endif %}"),
    )
    assert ["'onzin'" in problem.text for problem in own.check()] == [True]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("{{ raad }", "half veld: “{{ raad }”"),
        ("{% if raad %}x", "geschreven"),
        ("{ { raad } }", "half veld"),
        ("{{ raad|safe }}", "geschreven"),
        ("{{ raad.__class__.__mro__ }}", "'__class__' bestaat niet"),
        ("{{ raad + 1 }}", "berekening"),
    ],
)
def test_other_faults_are_told_in_dutch(tmp_path: Path, wrong: str, words: str) -> None:
    own = own_copy(tmp_path, "voorblad", lambda xml: xml.replace(DATE_TAG, wrong))
    found = document_problems(tmp_path / "voorblad.docx", "hier", EXAMPLES["voorblad"])
    assert any(words in problem.text for problem in found), found
    with pytest.raises(TemplateError) as caught:
        own.render("voorblad", EXAMPLES["voorblad"][0], tmp_path / "uit.docx")
    assert words in caught.value.wat


def test_a_field_that_word_cut_into_runs_still_works(tmp_path: Path) -> None:
    """Word splits what is typed into runs at will, with spelling marks in between."""
    split = '</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>'
    cut = split.join(("{", "{ dat", "um }", "}"))
    own = own_copy(tmp_path, "voorblad", lambda xml: xml.replace(DATE_TAG, cut))
    assert own.check() == ()
    own.render("voorblad", EXAMPLES["voorblad"][0], tmp_path / "uit.docx")
    assert "dinsdag 8 december 2026" in text_of(tmp_path / "uit.docx")


def test_strange_names_and_unreadable_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "vorblad.docx").write_bytes(b"")
    (tmp_path / "agenda.docx").write_bytes(b"PK maar geen Word")
    (tmp_path / "~$agenda.docx").write_bytes(b"")
    (tmp_path / "mail_proef.txt").write_bytes(b"\xff\xfe{{ raad }}")
    problems = {problem.place: problem.text for problem in Templates(SHIPPED, tmp_path).check()}
    assert "voorblad.docx" in problems["Instellingen/sjablonen/vorblad.docx"]
    assert "Word-document" in problems["Instellingen/sjablonen/agenda.docx"]
    assert "UTF-8" in problems["Instellingen/sjablonen/mail_proef.txt"]
    assert len(problems) == 3


def test_own_mail_with_unknown_field_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mail_proef.txt").write_text("Beste {{ aanhef }}, zie {{ bijlagen }}", encoding="utf-8")
    own = Templates(SHIPPED, tmp_path)
    assert ["'bijlagen'" in problem.text for problem in own.check()] == [True]
    with pytest.raises(TemplateError) as caught:
        own.render_mail("mail_proef", EXAMPLES["mail_proef"][0])
    assert "'bijlagen'" in caught.value.wat


def test_fingerprint_follows_the_own_template(tmp_path: Path, templates: Templates) -> None:
    own = own_copy(tmp_path, "agenda", lambda xml: xml.replace("Agenda", "Dagorde"))
    assert own.fingerprint("agenda") != templates.fingerprint("agenda")
    assert own.fingerprint("voorblad") == templates.fingerprint("voorblad")
    assert len({templates.fingerprint(name) for name in (*DOCUMENTS, *MAILS)}) == len(DOCUMENTS) + len(MAILS)


SHARED_CHAPTERS = {
    "Alle brieven": contexts.LetterContext,
    "Alle mails": (contexts.MailContext, contexts.ServiceMailContext),
    "Mails over vergaderstukken": contexts.MailContext,
}
"""Chapters of the README that hold the fields of several templates."""


def test_readme_lists_every_field_of_every_template() -> None:
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    chapters = {part.split("\n", 1)[0].removesuffix(".docx"): part for part in readme.split("\n## ")}
    for name, examples in EXAMPLES.items():
        listed = set(re.findall(r"[a-z_]+", chapters[name]))
        for common, kind in SHARED_CHAPTERS.items():
            if isinstance(examples[0], kind):
                listed |= set(re.findall(r"[a-z_]+", chapters[common]))
        assert {item.name for item in fields(examples[0])} <= listed, name


# --- pages -----------------------------------------------------------------------------


def _divider(papers: int, title: str) -> AgendaLine:
    stukken = tuple(
        AgendaPaper(
            nummer=f"12{letter}", titel=title, bladzijde="999", aanduiding="tafelstuk", sleutel=f"s{letter}"
        )
        for letter in "abcdefghijklmnopqrstuvwxyz"[:papers]
    )
    return AgendaLine(
        nummer="12",
        titel=LONG,
        doel="informatie en bespreking",
        tijd="19.45",
        minuten="120 min",
        inbrenger=LONG,
        uiterste_datum="15 december 2026",
        aanduiding="vertrouwelijk PMR",
        bladzijde="99",
        sleutel="p",
        stukken=stukken,
    )


DIVIDERS = DividerContext(
    raad=LONG,
    soort_vergadering=LONG,
    datum="woensdag 23 september 2026",
    punten=(
        _divider(1, LONG),
        _divider(6, LONG),
        _divider(12, LONG.upper()),
        _divider(12, "W" * 300),
        _divider(26, LONG),
    ),
)
PAGES = {
    "voorblad": 1,
    "agenda": 1,
    "scheidingsblad": 4,
    "plaatshouder": 1,
    "ontvangstbevestiging": 1,
    "leesmij": 1,
    "termijnen": 1,
    "ingekomen_stukken": 1,
    "adresblad": 2,
    "verzoek_om_aanvulling": 1,
    "advies": 1,
    "instemming": 1,
    "onthouding_instemming": 1,
    "nader_overleg": 1,
    "beroep_nietigheid": 1,
    "uitstel": 1,
    "herinnering": 1,
    "initiatiefvoorstel": 1,
    "doorgeleiding": 1,
    "toetsingsformulier": 2,
    "lang_voorblad": 1,
    "lang_scheidingsblad": 5,
    "lang_plaatshouder": 1,
    "lang_leesmij": 1,
    "lang_adresblad": 2,
}
LINKED = {"agenda": {"punt-2", "stuk-2a", "stuk-2b", "stuk-5b"}, "scheidingsblad": {"stuk-2a", "stuk-4c"}}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, templates: Templates) -> Path:
    """Fill every template once as usual, and those of a fixed length with very long text."""
    folder = tmp_path_factory.mktemp("gevuld")
    for name in DOCUMENTS:
        templates.render(name, EXAMPLES[name][0], folder / f"{name}.docx")
    templates.render("scheidingsblad", DIVIDERS, folder / "lang_scheidingsblad.docx")
    for name in ("voorblad", "plaatshouder"):
        templates.render(name, with_text(EXAMPLES[name][0], LONG), folder / f"lang_{name}.docx")
    read_me = replace(EXAMPLES["leesmij"][0], raad=LONG[:120])
    templates.render("leesmij", read_me, folder / "lang_leesmij.docx")
    line = AddressLine(naam=LONG, editie=LONG, inhoud=LONG, regels=(LONG,) * 12)
    sheets = replace(with_text(EXAMPLES["adresblad"][0], LONG), leden=(line, line))
    templates.render("adresblad", sheets, folder / "lang_adresblad.docx")
    write_fonts_conf(folder)
    return folder


def _with_libreoffice(folder: Path) -> Path:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    target = folder / "libreoffice"
    command = [soffice, f"-env:UserInstallation=file://{folder}/profiel", "--headless", "--convert-to", "pdf"]
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run(
        [*command, "--outdir", str(target), *files], check=True, capture_output=True, env=_fonts(folder)
    )
    return target


def _with_dxpdf(folder: Path) -> Path:
    target = folder / "dxpdf"
    target.mkdir()
    code = (
        "import dxpdf, pathlib, sys\n"
        "for name in sys.argv[2:]:\n"
        "    source = pathlib.Path(name)\n"
        "    made = dxpdf.convert(source.read_bytes())\n"
        "    (pathlib.Path(sys.argv[1]) / (source.stem + '.pdf')).write_bytes(made)\n"
    )
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run(
        [sys.executable, "-c", code, str(target), *files], check=True, capture_output=True, env=_fonts(folder)
    )
    return target


def _fonts(folder: Path) -> dict[str, str]:
    return {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}


@pytest.fixture(scope="module", params=[_with_libreoffice, _with_dxpdf], ids=["libreoffice", "dxpdf"])
def pages(request: pytest.FixtureRequest, filled: Path) -> Path:
    make: Callable[[Path], Path] = request.param
    return make(filled)


def test_page_counts_hold_also_with_very_long_text(pages: Path) -> None:
    """A cover, a placeholder, LEES MIJ and each divider or address sheet take exactly one page."""
    assert {name: len(PdfReader(pages / f"{name}.pdf").pages) for name in PAGES} == PAGES


def test_links_arrive_in_the_pdf(pages: Path) -> None:
    for name, wanted in LINKED.items():
        links = {
            annotation.get_object()["/A"]["/URI"]
            for page in PdfReader(pages / f"{name}.pdf").pages
            for annotation in page.get("/Annots", [])
        }
        assert {LINK + key for key in wanted} <= links


def test_letters_number_their_pages_and_dividers_count_what_they_leave_out(pages: Path) -> None:
    letter = PdfReader(pages / "ontvangstbevestiging.pdf").pages[0].extract_text()
    assert "Bladzijde 1 van 1" in re.sub(r"\s+", " ", letter)
    last = PdfReader(pages / "lang_scheidingsblad.pdf").pages[4].extract_text()
    assert "en nog 14 stukken" in re.sub(r"\s+", " ", last)

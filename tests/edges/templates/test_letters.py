"""Letters and the toetsingsformulier: what they must say, and what is left to the secretary."""

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.contexts import (
    AcknowledgementContext,
    AdviceContext,
    AlarmMailContext,
    ConsentContext,
    ConsentRefusalContext,
    ConsultationContext,
    Context,
    DigestBlock,
    DigestLine,
    DigestMailContext,
    ExaminationContext,
    ExtensionContext,
    LetterContext,
    LetterMailContext,
    NullityContext,
    ProposalContext,
    ReminderContext,
    RoutingContext,
    SupplementContext,
    ToetsLine,
)
from pipeline.edges.templates import Templates
from pipeline.edges.templates.templates import EXAMPLES

SHIPPED = Path(__file__).parents[3] / "templates"
LETTERS = tuple(name for name, examples in EXAMPLES.items() if isinstance(examples[0], LetterContext))
SIGNED_BY_BOTH = (
    "advies",
    "instemming",
    "onthouding_instemming",
    "nader_overleg",
    "beroep_nietigheid",
    "initiatiefvoorstel",
)
TO_FILL_IN = "[NOG IN TE VULLEN: "
OUTCOMES = "[NOG IN TE VULLEN: positief / positief onder voorwaarden / negatief / geen advies]"
TO_CHECK = "[NOG TE CONTROLEREN: "

C = TypeVar("C", bound=Context)


@pytest.fixture
def words(tmp_path: Path) -> "Words":
    return Words(tmp_path / "brief.docx")


class Words:
    """Fill a template and give its body as lines, without the empty ones."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def __call__(self, name: str, context: Context) -> list[str]:
        Templates(SHIPPED).render(name, context, self._out)
        body = docx.Document(str(self._out)).element.body
        lines = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
        return [line for line in lines if line.strip()]


def example(kind: type[C], *, bare: bool = False) -> C:
    """Give the full or the bare example of a kind of context."""
    found = next(examples for examples in EXAMPLES.values() if isinstance(examples[0], kind))
    context = found[1 if bare else 0]
    assert isinstance(context, kind)
    return context


# --- every letter ----------------------------------------------------------------------


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_names_its_addressee_date_number_and_subject(words: Words, name: str) -> None:
    context = EXAMPLES[name][0]
    assert isinstance(context, LetterContext)
    lines = words(name, context)
    for wanted in (*context.geadresseerde, context.datum, context.ons_kenmerk, context.betreft):
        assert wanted in lines
    assert f"{context.aanhef}," in lines


@pytest.mark.parametrize("name", LETTERS)
def test_only_a_letter_with_a_decision_is_signed_by_the_chair_too(words: Words, name: str) -> None:
    context = EXAMPLES[name][0]
    assert isinstance(context, LetterContext)
    lines = words(name, context)
    assert ("voorzitter" in lines) == ("drs. H. Okafor" in lines) == (name in SIGNED_BY_BOTH)
    assert lines[-2:] == ["M. Terpstra", "ambtelijk secretaris"]
    alone = words(name, replace(context, voorzitter=""))
    assert "voorzitter" not in alone
    assert alone[-2:] == ["M. Terpstra", "ambtelijk secretaris"]


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_of_a_geleding_says_on_whose_behalf(words: Words, name: str) -> None:
    """The geleding that holds the right decides, not the whole council (WMS 12 to 14)."""
    context = EXAMPLES[name][0]
    assert isinstance(context, LetterContext)
    if name in SIGNED_BY_BOTH:
        of_part = words(name, replace(context, houder="de oudergeleding"))
        assert "namens de oudergeleding van de CMR Veenrijk College" in of_part
    of_whole = words(name, replace(context, houder="de raad"))
    assert "namens de CMR Veenrijk College" in of_whole


# --- what must still be written --------------------------------------------------------


@pytest.mark.parametrize("name", ["verzoek_om_aanvulling", "uitstel", "herinnering", "doorgeleiding"])
def test_a_letter_of_which_all_is_known_leaves_nothing_to_fill_in(words: Words, name: str) -> None:
    assert "[NOG" not in "\n".join(words(name, EXAMPLES[name][0]))


@pytest.mark.parametrize(
    ("name", "context", "asked"),
    [
        ("verzoek_om_aanvulling", example(SupplementContext, bare=True), ["welke informatie ontbreekt"]),
        (
            "uitstel",
            example(ExtensionContext, bare=True),
            ["nieuwe uiterste datum", "waarom meer tijd nodig is"],
        ),
        ("instemming", example(ConsentContext), ["de redenen, één per regel"]),
        (
            "instemming",
            example(ConsentContext, bare=True),
            ["datum van de vergadering", "de redenen, één per regel"],
        ),
        (
            "onthouding_instemming",
            example(ConsentRefusalContext, bare=True),
            ["datum van de vergadering", "de redenen, één per regel"],
        ),
        (
            "nader_overleg",
            example(ConsultationContext, bare=True),
            ["de punten voor het overleg, één per regel", "een of meer dagen, met de tijd"],
        ),
        ("nader_overleg", example(ConsultationContext), ["de punten voor het overleg, één per regel"]),
        (
            "initiatiefvoorstel",
            example(ProposalContext),
            [
                "wat er zou moeten gebeuren of worden besloten, één voorstel per regel",
                "waarom dit voorstel er komt, wat het oplevert en wat ervoor nodig is",
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_unknown_is_asked_between_brackets(
    words: Words, name: str, context: Context, asked: list[str]
) -> None:
    text = "\n".join(words(name, context))
    assert text.count("[NOG") == len(asked)
    assert all(f"{TO_FILL_IN}{item}]" in text for item in asked)


@pytest.mark.parametrize("name", LETTERS)
def test_who_types_over_an_open_place_does_not_go_on_in_red(tmp_path: Path, name: str) -> None:
    """Word gives typed text the look of the first selected letter: the bracket has no look of its own."""
    Templates(SHIPPED).render(name, EXAMPLES[name][-1], tmp_path / "brief.docx")
    body = docx.Document(str(tmp_path / "brief.docx")).element.body
    runs = list(body.iter(qn("w:r")))
    text = ["".join(t.text or "" for t in run.iter(qn("w:t"))) for run in runs]
    for place, words in enumerate(text):
        if words.startswith("NOG "):
            assert text[place - 1].endswith("[")
            assert runs[place - 1].find(qn("w:rPr")) is None


# --- the letters that have effect ------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "said", "conditions"),
    [
        ("positief", "brengt de raad een positief advies uit.", False),
        (
            "positief onder voorwaarden",
            "brengt de raad een positief advies onder voorwaarden uit.",
            True,
        ),
        ("negatief", "brengt de raad een negatief advies uit.", False),
        ("geen advies", "brengt de raad geen advies uit.", False),
        ("", f"luidt het advies van de raad: {OUTCOMES}.", True),
    ],
)
def test_an_advice_says_its_outcome(words: Words, outcome: str, said: str, conditions: bool) -> None:  # noqa: FBT001
    """An advice tells its outcome and its arguments: they count in a dispute (WMS 34 lid 2)."""
    lines = words("advies", replace(example(AdviceContext), uitkomst=outcome))
    assert f"Over het vakantierooster 2027-2028 {said}" in lines
    assert ("Voorwaarden" in lines) == conditions
    assert "[NOG IN TE VULLEN: de argumenten, één per regel]" in lines
    assert any("welk besluit u neemt" in line for line in lines)
    assert any("in hoeverre u dit advies volgt" in line for line in lines) == (outcome != "geen advies")


@pytest.mark.parametrize(
    ("wor", "talked", "said"),
    [
        (True, "24 november 2026", "op 24 november 2026 met u besproken in de overlegvergadering."),
        (True, "", "in de overlegvergadering van [NOG IN TE VULLEN: datum van de overlegvergadering]."),
        (False, "24 november 2026", "op 24 november 2026 met u besproken."),
        (False, "", ""),
    ],
)
def test_an_or_advises_only_after_an_overlegvergadering(
    words: Words,
    wor: bool,  # noqa: FBT001
    talked: str,
    said: str,
) -> None:
    """WOR 25 lid 4: no advice before at least one overlegvergadering; the WMS asks no date."""
    text = "\n".join(words("advies", replace(example(AdviceContext), wor=wor, overleg_op=talked)))
    assert said in text
    assert ("met u besproken" in text) == bool(said)


def test_consent_and_its_refusal_say_so_in_so_many_words(words: Words) -> None:
    """WOR 27 lid 2: a decision in writing, with reasons; silence or half a word is no consent."""
    consent = words("instemming", example(ConsentContext))
    refusal = words("onthouding_instemming", example(ConsentRefusalContext))
    meeting = " Dit besluit is genomen in de vergadering van dinsdag 8 december 2026."
    plan = "het formatieplan 2027-2028."
    assert f"Het besluit luidt: de personeelsgeleding stemt in met {plan}{meeting}" in consent
    assert f"Het besluit luidt: de personeelsgeleding stemt niet in met {plan}{meeting}" in refusal
    assert "stemt niet in" not in "\n".join(consent)
    assert "stemt in" not in "\n".join(refusal)


def test_talks_are_asked_before_the_decision_is_final(words: Words) -> None:
    """WMS 17 onder d; the WOR gives no such right, so nothing is cited there."""
    lines = words("nader_overleg", example(ConsultationContext))
    assert (
        "Wij vragen u om nader overleg voordat u het besluit definitief neemt "
        "(artikel 17 onder d van de WMS). Wilt u tot dat overleg geen definitief besluit nemen?" in lines
    )
    bare = replace(example(ConsultationContext, bare=True), besloten=False)
    assert "artikel" not in "\n".join(words("nader_overleg", bare))


def test_talks_after_the_decision_do_not_ask_what_has_passed(words: Words) -> None:
    """WMS 17 onder d speaks of talks before the decision: after it that is not cited."""
    text = "\n".join(words("nader_overleg", replace(example(ConsultationContext), besloten=True)))
    assert "Op 12 januari 2027 liet u ons weten dat u ons advies" in text
    assert "niet of niet helemaal volgt." in text
    assert "definitief" not in text
    assert "artikel 17" not in text


def test_nullity_is_invoked_by_the_holder_with_its_article(words: Words) -> None:
    """WMS 32 lid 3, WOR 27 lid 5: in writing, by the organ that holds the right."""
    lines = words("beroep_nietigheid", example(NullityContext))
    assert (
        "Met deze brief beroept de personeelsgeleding zich op de nietigheid van dit besluit, op grond van "
        "artikel 32 lid 3 van de WMS." in lines
    )
    assert any("schriftelijk bevestigen dat u deze brief heeft ontvangen" in line for line in lines)


def test_an_article_that_was_not_read_must_be_checked_first(words: Words) -> None:
    unread = example(NullityContext)
    notes = [line for line in words("beroep_nietigheid", unread) if "[NOG" in line]
    assert [note.startswith(f"{TO_CHECK}lees artikel 32 lid 3 van de WMS na") for note in notes] == [True]
    read = words("beroep_nietigheid", replace(unread, bron_gecontroleerd=True))
    assert "[NOG" not in "\n".join(read)


def test_a_request_that_is_not_complete_is_not_refused(words: Words) -> None:
    text = "\n".join(words("verzoek_om_aanvulling", example(SupplementContext)))
    assert "Zonder die informatie kan de personeelsgeleding geen goed oordeel geven." in text
    assert "Wij wijzen uw instemmingsverzoek met deze brief niet af." in text
    assert "een overzicht van de beweegredenen;" in text
    assert "uiterlijk op 17 november 2026" in text


@pytest.mark.parametrize(
    ("day", "passed", "said"),
    [
        ("2 november 2026", True, "De termijn daarvoor is op 2 november 2026 verstreken"),
        ("30 november 2026", False, "De termijn daarvoor loopt tot en met 30 november 2026"),
        ("", False, "Wij vragen hierom op grond van artikel 6 lid 2 van de WMS."),
    ],
)
def test_a_reminder_says_whether_the_term_has_passed(
    words: Words,
    day: str,
    passed: bool,  # noqa: FBT001
    said: str,
) -> None:
    context = replace(example(ReminderContext), uiterste_datum=day, verlopen=passed)
    text = "\n".join(words("herinnering", context))
    assert "Wij hebben nog geen schriftelijke reactie op ons initiatiefvoorstel van u ontvangen." in text
    assert said in text
    assert ("alsnog" in text) == passed


def test_a_reminder_without_an_article_or_a_day_says_nothing_about_them(words: Words) -> None:
    text = "\n".join(words("herinnering", replace(example(ReminderContext), uiterste_datum="", grondslag="")))
    assert "op grond van" not in text
    assert "termijn" not in text
    late = "\n".join(words("herinnering", replace(example(ReminderContext), grondslag="")))
    assert "is op maandag 2 november 2026 verstreken.\n" in late


def test_an_acknowledgement_says_when_the_term_begins_or_what_follows_from_completeness(words: Words) -> None:
    """WMS 24 lid 1 onder g: a date is promised only for a request that is complete."""
    bare = example(AcknowledgementContext, bare=True)
    begins = "De termijn van zes weken begint op de dag waarop uw verzoek volledig is."
    lines = words("ontvangstbevestiging", replace(bare, begin=begins))
    assert begins in lines
    assert not any("uiterste dag" in line or "Uiterlijk" in line for line in lines)
    dated = replace(bare, uiterste_datum="dinsdag 15 december 2026")
    advice = "\n".join(words("ontvangstbevestiging", dated))
    assert (
        "Is uw verzoek volledig, dan brengt de raad uiterlijk op dinsdag 15 december 2026 advies uit."
        in advice
    )
    consent = "\n".join(words("ontvangstbevestiging", replace(dated, recht="instemming")))
    assert (
        "Is uw verzoek volledig, dan laat de raad u uiterlijk op dinsdag 15 december 2026 weten of het "
        "voorstel instemming krijgt."
    ) in consent


def test_a_request_for_one_geleding_goes_to_another_for_information(words: Words) -> None:
    """WMS 8 lid 6."""
    lines = words("doorgeleiding", example(RoutingContext))
    assert "Formatieplan 2027-2028, versie 3" in lines
    assert any("Het instemmingsrecht ligt bij de personeelsgeleding." in line for line in lines)
    assert any(
        "Wij sturen het voorstel ter kennisneming aan de oudergeleding. Het bestuur moet dat zelf ook doen "
        "(artikel 8 lid 6 van de WMS); misschien heeft u het dus al." in line
        for line in lines
    )


# --- the toetsingsformulier ------------------------------------------------------------


def test_the_form_tells_each_finding_in_words_and_leaves_the_decision(words: Words) -> None:
    findings = ("gevonden", "niet gevonden", "zelf beoordelen", "niet van toepassing")
    lines = tuple(
        ToetsLine(nummer=f"W{place}", vraag="Vraag?", grondslag="WMS 8", bevinding=finding, wettelijk=True)
        for place, finding in enumerate(findings)
    )
    filled = words("toetsingsformulier", replace(example(ExaminationContext), regels=lines))
    assert "Dit formulier is een hulpmiddel; u beslist." in filled
    assert [line for line in filled if line in findings] == list(findings)


def test_the_form_tells_law_from_good_practice(words: Words) -> None:
    law = ToetsLine(
        nummer="W5", vraag="A?", grondslag="WMS artikel 8 lid 6", bevinding="gevonden", wettelijk=True
    )
    practice = replace(law, nummer="G3", grondslag="", wettelijk=False, zin="Zo kost het niets.")
    filled = words("toetsingsformulier", replace(example(ExaminationContext), regels=(law, practice)))
    assert "Eis van de wet: WMS artikel 8 lid 6" in filled
    assert "Goed gebruik, geen eis van de wet" in filled
    assert "In het verzoek staat: ‘Zo kost het niets.’" in filled


def test_the_form_tells_what_is_only_our_own_reading(words: Words) -> None:
    """WMS 8 lid 6 is about a geleding: for the whole council it is no demand of the law, nor practice."""
    reading = ToetsLine(
        nummer="W5",
        vraag="A?",
        grondslag="Eigen lezing van WMS 8 lid 1",
        bevinding="gevonden",
        wettelijk=False,
        eigen_lezing=True,
    )
    filled = words("toetsingsformulier", replace(example(ExaminationContext), regels=(reading,)))
    assert "Eigen lezing van WMS 8 lid 1" in filled
    assert not any("Eis van de wet" in line or "Goed gebruik" in line for line in filled)


def test_the_rows_of_the_form_hold_together_and_its_head_repeats(tmp_path: Path) -> None:
    Templates(SHIPPED).render("toetsingsformulier", example(ExaminationContext), tmp_path / "uit.docx")
    table = docx.Document(str(tmp_path / "uit.docx")).tables[1]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert len(table.rows) == 7
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


# --- mails of the service --------------------------------------------------------------


def test_the_digest_gives_each_line_below_its_heading() -> None:
    block = DigestBlock(
        kop="Kop", regels=(DigestLine(tekst="Een.", uitleg="Want."), DigestLine(tekst="Twee."))
    )
    context = replace(example(DigestMailContext), blokken=(block,))
    text, html = Templates(SHIPPED).render_mail("mail_dagoverzicht", context)
    assert "\n\nKop\n- Een.\n  Want.\n- Twee.\n\n" in text
    assert (
        html.index(">Kop</h2>") < html.index(">Een.<br>") < html.index(">Want.<") < html.index(">Twee.</li>")
    )


def test_an_empty_digest_says_so() -> None:
    for body in Templates(SHIPPED).render_mail("mail_dagoverzicht", example(DigestMailContext, bare=True)):
        assert "niets dat uw aandacht vraagt" in body


def test_an_alarm_tells_the_date_why_what_and_how() -> None:
    text, html = Templates(SHIPPED).render_mail("mail_alarm", example(AlarmMailContext))
    for body in (text, html):
        order = [
            body.index(part)
            for part in (
                "Uiterste dag: woensdag 25 november 2026",
                "Er is vóór deze dag geen vergadering meer.",
                "Vraag het bestuur om uitstel.",
                "2026-0015 Verzoek om uitstel - concept.docx",
                "14 oktober 2026: de aanvraag is ontvangen",
            )
        ]
        assert order == sorted(order)


def test_the_mail_with_a_letter_asks_to_confirm_its_receipt() -> None:
    """Proof of receipt is what an appeal to nullity hangs on."""
    for body in Templates(SHIPPED).render_mail("mail_brief", example(LetterMailContext)):
        assert "Bij deze mail vindt u het advies van de raad." in body
        assert "2026-0018 Advies.pdf" in body
        assert "Wilt u ons laten weten dat u deze mail met de bijlage heeft ontvangen?" in body
    for body in Templates(SHIPPED).render_mail("mail_brief", example(LetterMailContext, bare=True)):
        assert "Geachte leden," in body
        assert "heeft ontvangen" not in body

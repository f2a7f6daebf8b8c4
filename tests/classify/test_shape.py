"""The shape of a paper speaks where its words say little."""

import pytest

from pipeline.classify.page import read_page
from pipeline.classify.shape import is_in_articles, shape_of
from pipeline.values import Kind

ACTIONS = """Hoi allen, dit is er gisteren uitgekomen.

Te doen
- Karin: belt de cateraar
- Olaf: stuurt de tekst naar de drukkerij
- Soraya: zoekt een zaal voor maart
"""
NUMBERED = """B1. De notitie is goedgekeurd.
B2. De bijdrage blijft gelijk.
A1. Peter vraagt de cijfers op.
"""
MINUTES_WITH_ACTIONS = "Aanwezig: Karin, Olaf\nNotulist: Soraya\n" + ACTIONS
ROWS_OF_DAYS = """Data van dit jaar, steeds om 19.00 uur

di 16 september	begroting
do 6 november	schoolplan
ma 19 januari	formatie
di 17 maart	vakanties
wo 20 mei	terugblik
"""
DAYS_IN_A_LINE = """Onze data zijn:

12 januari, 9 februari, 16 maart, 13 april, 18 mei en 15 juni. Begin om half drie.
"""
ELECTION_DAYS = """Zo gaat het

1 oktober	aanmelden
8 oktober	lijst bekend
15 oktober	stemmen
22 oktober	tellen
29 oktober	uitslag
"""
ARTICLES = """Afspraken in de raad

Artikel 1 Leden
Er zijn acht leden.
Artikel 2 Voorzitter
De voorzitter opent en sluit de vergadering.
Artikel 3 Slot
Wat hier niet staat, bepalen de leden samen.
"""
AMOUNTS = """Overzicht 2027

Zaalhuur	1.200
Koffie en lunch	850
Deskundigen	3.000
Reizen	400
Drukwerk	275
"""
AGENDA = """Dinsdag om acht uur

1. Opening
2. Post
3. Begroting
4. Rondvraag
"""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.BESLUITENLIJST_ACTIELIJST, ACTIONS),
        (Kind.BESLUITENLIJST_ACTIELIJST, NUMBERED),
        (Kind.JAARPLAN_VERGADERROOSTER, ROWS_OF_DAYS),
        (Kind.JAARPLAN_VERGADERROOSTER, DAYS_IN_A_LINE),
        (Kind.REGLEMENT_STATUUT, ARTICLES),
        (Kind.BEGROTING_FINANCIEEL, AMOUNTS),
        (Kind.AGENDA, AGENDA),
    ],
)
def test_a_shape_speaks_for_its_kind_and_no_other(kind: Kind, text: str) -> None:
    """A list of actions, days through the year, articles, amounts and items each say what the paper is."""
    page = read_page(text, "", "")
    assert {one for one in Kind if shape_of(one, page)} == {kind}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.BESLUITENLIJST_ACTIELIJST, MINUTES_WITH_ACTIONS),
        (Kind.JAARPLAN_VERGADERROOSTER, ELECTION_DAYS),
        (Kind.JAARPLAN_VERGADERROOSTER, ROWS_OF_DAYS + "\n" + "Zo hebben wij het jaar beleefd. " * 40),
        (Kind.BEGROTING_FINANCIEEL, "Beste allemaal,\n\n" + AMOUNTS),
        (Kind.AGENDA, AGENDA.replace("Opening", "Lokaal").replace("Rondvraag", "Kosten")),
    ],
)
def test_what_only_looks_alike_is_no_such_shape(kind: Kind, text: str) -> None:
    """Minutes end with actions, an election has its days, a letter and a long paper may hold a table."""
    assert shape_of(kind, read_page(text, "", "")) is None


def test_the_evidence_shows_a_line_of_the_list() -> None:
    """The secretary sees what was counted."""
    evidence = shape_of(Kind.BESLUITENLIJST_ACTIELIJST, read_page(ACTIONS, "", ""))
    assert evidence is not None
    assert evidence.cue == "lijst van 3 besluiten of acties"
    assert evidence.sentence == "- Karin: belt de cateraar"


def test_a_letter_that_quotes_articles_is_not_in_articles() -> None:
    """Only a text that is addressed to nobody is a regulation."""
    assert is_in_articles(read_page(ARTICLES, "", ""))
    assert not is_in_articles(read_page("Geachte raad,\n\n" + ARTICLES, "", ""))

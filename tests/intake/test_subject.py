"""What a subject line is about."""

import pytest

from pipeline.intake.subject import clean_subject


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("RE: FW: Adviesaanvraag vakantierooster 2027-2028", "Vakantierooster 2027-2028"),
        ("Antw: Doorst: Betreft: advies-aanvraag fusie", "Fusie"),
        ("[EXTERN] Verzoek om instemming met het veiligheidsplan", "Veiligheidsplan"),
        ("Instemming schoolgids 2027-2028", "Schoolgids 2027-2028"),
        ("Reactie op uw advies over de begroting", "Begroting"),
        ("Besluit naar aanleiding van uw advies over de pilot Flexrooster", "Pilot Flexrooster"),
        ("Besluit over het rooster", "Rooster"),
        ("Reactie op uw positief advies over de aula", "Aula"),
        ("Besluit n.a.v. jullie instemming met het formatieplan", "Formatieplan"),
        ("Begroting 2027, ter informatie", "Begroting 2027"),
        ("Schoolgids (ter instemming)", "Schoolgids"),
        ("Brief over de toetsweken", "Toetsweken"),
        ("Brief van de ouders", "Brief van de ouders"),
        ("Factuur 2026-1187", "Factuur 2026-1187"),
        ("Adviesaanvraag", "Adviesaanvraag"),
        ("Adviesbureau gezocht", "Adviesbureau gezocht"),
        ("Voortgang verbouwing", "Voortgang verbouwing"),
        ("", ""),
    ],
)
def test_a_subject_loses_reply_marks_and_the_name_of_the_kind(raw: str, clean: str) -> None:
    assert clean_subject(raw) == clean

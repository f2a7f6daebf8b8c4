"""To whom a request is addressed."""

from datetime import date

import pytest

from pipeline.toetsing.addressee import read_addressee
from pipeline.toetsing.case import RequestCase
from pipeline.values import Facts, Kind


@pytest.mark.parametrize(
    ("addressee", "text", "organ", "geledingen"),
    [
        ("CMR", "", "cmr", set()),
        ("gemeenschappelijke medezeggenschapsraad", "", "gmr", set()),
        ("de Centrale Cliëntenraad", "", "clientenraad", set()),
        ("ondernemingsraad", "", "or", set()),
        ("PMR", "", "", {"personeel"}),
        ("personeelsgeleding van de GMR", "", "gmr", {"personeel"}),
        ("", "Geachte leden van de ouder- en leerlinggeleding,\n", "", {"ouders", "leerlingen"}),
        ("", "Van: Kim\nAan: de MR van De Linde\n", "mr", set()),
        ("CMR", "Stichting X\nAan de leerlinggeleding van de CMR\n", "cmr", {"leerlingen"}),
        ("GMR", "Beste leden van de personeelsgeleding van de MR,\n", "gmr", set()),
        ("mr. A. de Wit", "", "", set()),
        ("", "Hoi Yusuf\nheeft de MR hier iets van te vinden?", "", set()),
    ],
)
def test_council_and_geleding_are_read(addressee: str, text: str, organ: str, geledingen: set[str]) -> None:
    """What was found before counts; a line that also names a geleding of the same council goes before it."""
    found = read_addressee(
        RequestCase(
            text=text,
            kind=Kind.INSTEMMINGSVERZOEK,
            regime="wms-vo",
            organ="cmr",
            facts=Facts(addressee=addressee),
            received=date(2026, 11, 16),
        )
    )
    assert (found.organ, found.geledingen) == (organ, geledingen)
    assert found.is_known == bool(organ or geledingen)

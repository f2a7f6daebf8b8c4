"""Calendar invitations as text."""

from pipeline.edges.reading import problems, read

INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//NL
METHOD:REQUEST
BEGIN:VEVENT
UID:1@raad.example
DTSTAMP:20261001T080000Z
DTSTART:20261103T130000Z
DTEND:20261103T143000Z
SUMMARY:Overlegvergadering MR\\, tweede deel
LOCATION:Kamer 2.14
ORGANIZER;CN=Anneke van Houten:mailto:a.vanhouten@raad.example
DESCRIPTION:Graag de stukken lezen.\\nTot dan
ATTACH:http://127.0.0.1:9/stuk.pdf
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def test_what_when_where_and_by_whom() -> None:
    """Times are told as the clock in the Netherlands shows them."""
    reading = read(INVITATION, "uitnodiging.ics")
    assert reading.text == (
        "Overlegvergadering MR, tweede deel\n"
        "Begin: dinsdag 3 november 2026, 14.00 uur\n"
        "Einde: dinsdag 3 november 2026, 15.30 uur\n"
        "Plaats: Kamer 2.14\n"
        "Uitgenodigd door: Anneke van Houten (a.vanhouten@raad.example)\n"
        "Graag de stukken lezen.\nTot dan"
    )
    assert reading.title == "Overlegvergadering MR, tweede deel"


def test_a_whole_day() -> None:
    event = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Studiedag\r\nDTSTART;VALUE=DATE:20261103\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert read(event, "a.ics").text == "Studiedag\nBegin: dinsdag 3 november 2026"


def test_damage_is_told_never_raised() -> None:
    for size in range(20, len(INVITATION), 7):
        reading = read(INVITATION[:size], "a.ics")
        assert bool(reading.text) != bool(reading.problem)
    assert read(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a.ics").problem == problems.NO_TEXT

"""A sign-in that runs out is told in time: in the werkmap, in what waits for a person, and by mail."""

from pipeline.office import Office

NOTE = "Microsoft 365 - aanmelding verloopt.txt"
"""File in the werkmap itself; it goes away when there is nothing to tell any more."""


def notice_access(office: Office) -> None:
    """Lay the note in the werkmap, or take it away."""
    told, path = office.access_warning(office.today()), office.werkmap.path(NOTE)
    if told:
        office.disk.write(path, f"\ufeff{told}\r\n".encode())
    elif path.is_file():
        office.disk.remove(path)


def access_problems(office: Office) -> tuple[str, ...]:
    """Tell in Dutch that a sign-in runs out."""
    told = office.access_warning(office.today())
    return (told,) if told else ()

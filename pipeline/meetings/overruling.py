"""Let what the secretary typed in agenda.xlsx go before what the folders say.

Pure. What she typed for one item never goes to another that took over its number: a title meant for a
closed item could reach everybody. What fits nowhere any more is a problem, told without its words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.values import AgendaItem, Override


def overrule(item: AgendaItem, overrides: tuple[Override, ...]) -> AgendaItem:
    """Apply what was typed for this item and its papers.

    Args:
        item: As its folder says.
        overrides: All rows; of an item only the one with its number and the title of its folder counts,
            of a paper only the one with its place.
    """
    own = {row.source: row.title for row in overrides if row.source and row.title}
    papers = tuple(replace(paper, title=own.get(paper.path, paper.title)) for paper in item.papers)
    place = Override.empty_for(item).row
    row = next((row for row in overrides if row.row == place), None)
    if row is None:
        return replace(item, papers=papers)
    return replace(
        item,
        papers=papers,
        title=row.title or item.title,
        presenter=row.presenter,
        starts=row.starts,
        minutes=row.minutes or item.minutes,
    )


def stray_problems(items: Iterable[AgendaItem], overrides: tuple[Override, ...]) -> tuple[str, ...]:
    """Tell which rows fit no item and no paper any more; what was typed there is not quoted.

    Args:
        items: As their folders say.
        overrides: All rows; one in which nothing was typed is no problem.

    Returns:
        Dutch sentences, each once.
    """
    places = {place for item in items for place in _places(item)}
    strays = (row for row in overrides if row.is_filled and row.row not in places)
    return tuple(dict.fromkeys(map(_problem, strays)))


def _places(item: AgendaItem) -> Iterator[tuple[str, str, str]]:
    yield Override.empty_for(item).row
    for paper in item.papers:
        yield Override(number="", source=paper.path).row


def _problem(row: Override) -> str:
    belonged, place = ("een ander stuk", "stuk") if row.source else ("een andere map", "punt")
    return (
        f"In agenda.xlsx staat bij {place} {row.number} een eigen invulling die hoorde bij {belonged}; "
        f"controleer haar en maak de gele cellen leeg of zet haar bij het goede {place}."
    )

"""What is written on the sheets of a bundle: cover, agenda, dividers, placeholders, and where all stands.

Pure: a plan and page counts in, contexts for the Word templates out.
"""

from dataclasses import dataclass

from pipeline import contexts
from pipeline.bundle.plan import paper_numbers
from pipeline.dates import dutch_date, dutch_hours, dutch_weekday_date
from pipeline.values import AgendaItem, BundlePlan, Council, Edition, Placeholder

_LINES_PER_PAGE = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything stands, as far as it is known.

    Attributes:
        item_pages: First page of the divider of each item with papers, by number.
        paper_pages: First page of each paper, by number.
        total: Number of pages; 0 while unknown.
    """

    item_pages: dict[str, int]
    paper_pages: dict[str, int]
    total: int


def lay_out(plan: BundlePlan, front_pages: int, paper_lengths: dict[str, int]) -> Layout:
    """Work out every first page.

    Args:
        plan: What goes in.
        front_pages: Pages of cover and agenda together.
        paper_lengths: Pages of each paper, by number.
    """
    page, item_pages, paper_pages = front_pages + 1, {}, {}
    for item in with_papers(plan):
        item_pages[item.number] = page
        page += 1
        for number in paper_numbers(item):
            paper_pages[number] = page
            page += paper_lengths[number]
    return Layout(item_pages=item_pages, paper_pages=paper_pages, total=page - 1)


def likely_agenda_pages(plan: BundlePlan) -> int:
    """Guess the length of the agenda from its lines; a wrong guess only costs a second turn."""
    return 1 + (2 * len(plan.meeting.items) + len(plan.papers)) // _LINES_PER_PAGE


def with_papers(plan: BundlePlan) -> tuple[AgendaItem, ...]:
    """Give the items that have a divider sheet."""
    return tuple(item for item in plan.meeting.items if item.papers)


def item_key(number: str) -> str:
    """Key of the links to an item."""
    return f"punt-{number}"


def paper_key(number: str) -> str:
    """Key of the links to a paper."""
    return f"stuk-{number}"


def cover(plan: BundlePlan, council: Council | None, layout: Layout, concept: str) -> contexts.CoverContext:
    """Fill the cover sheet."""
    moment = plan.meeting.date
    return contexts.CoverContext(
        raad=council.name if council else "",
        soort_vergadering=moment.kind,
        datum=dutch_weekday_date(moment.day) if moment.day else "",
        tijd=dutch_hours(moment.starts, moment.ends),
        plaats=moment.place,
        inhoud=contents_line(len(plan.meeting.items), len(plan.papers), layout.total),
        editie=edition_line(plan.edition),
        vertrouwelijk=secrecy_line(plan.edition),
        voorzitter=council.chair.name if council else "",
        secretaris=council.secretary.name if council else "",
        concept=concept,
    )


def contents_line(items: int, papers: int, pages: int) -> str:
    """Count in words: ``11 agendapunten, 1 stuk, 134 bladzijden``."""
    return ", ".join(
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (items, "agendapunt", "agendapunten"),
            (papers, "stuk", "stukken"),
            (pages, "bladzijde", "bladzijden"),
        )
    )


def document_title(plan: BundlePlan) -> str:
    """Title of the PDF, as readers show it above the page."""
    moment = plan.meeting.date
    kind = moment.kind if moment.kind[1:2].isupper() else moment.kind[:1].lower() + moment.kind[1:]
    day = f" {dutch_weekday_date(moment.day)}" if moment.day else ""
    edition = edition_line(plan.edition)
    return f"Vergaderstukken {kind}{day}, {edition[:1].lower()}{edition[1:]}"


def edition_line(edition: Edition) -> str:
    """Name an edition for people."""
    if edition.groups:
        return f"Editie {' en '.join(edition.groups)}"
    return "Openbare editie" if not edition.closed else "Editie leden"


def secrecy_line(edition: Edition) -> str:
    """Say for whom a confidential edition is; empty for the others."""
    if not edition.groups:
        return ""
    groups = " en ".join(f"de {group}" for group in edition.groups)
    return f"Deze editie is vertrouwelijk: er staan stukken in die alleen voor {groups} bestemd zijn."


def agenda(
    plan: BundlePlan,
    council: Council | None,
    layout: Layout,
    placeholders: tuple[Placeholder, ...],
    concept: str,
) -> contexts.AgendaContext:
    """Fill the agenda, which is the table of contents as well."""
    moment = plan.meeting.date
    return contexts.AgendaContext(
        raad=council.name if council else "",
        soort_vergadering=moment.kind,
        datum=dutch_weekday_date(moment.day) if moment.day else "",
        tijd=dutch_hours(moment.starts, moment.ends),
        plaats=moment.place,
        editie=edition_line(plan.edition),
        concept=concept,
        punten=tuple(_line(item, layout, placeholders) for item in plan.meeting.items),
    )


def dividers(plan: BundlePlan, council: Council | None, layout: Layout) -> contexts.DividerContext:
    """Fill the divider sheets: one page for each item with papers."""
    moment = plan.meeting.date
    return contexts.DividerContext(
        raad=council.name if council else "",
        soort_vergadering=moment.kind,
        datum=dutch_weekday_date(moment.day) if moment.day else "",
        punten=tuple(_line(item, layout, ()) for item in with_papers(plan)),
    )


def _line(item: AgendaItem, layout: Layout, placeholders: tuple[Placeholder, ...]) -> contexts.AgendaLine:
    unreadable = {placeholder.number for placeholder in placeholders}
    page = layout.item_pages.get(item.number)
    papers = tuple(
        contexts.AgendaPaper(
            nummer=number,
            titel=paper.title,
            bladzijde=str(layout.paper_pages.get(number, "")),
            aanduiding=_paper_note(late=paper.late, audience=paper.audience, unreadable=number in unreadable),
            sleutel=paper_key(number),
        )
        for number, paper in zip(paper_numbers(item), item.papers, strict=True)
    )
    return contexts.AgendaLine(
        nummer=item.number,
        titel=item.title,
        doel=item.aim,
        tijd=item.starts,
        minuten=f"{item.minutes} min" if item.minutes else "",
        inbrenger=item.presenter,
        uiterste_datum=dutch_date(item.deadline) if item.deadline else "",
        aanduiding="besloten" if item.closed else "",
        bladzijde=str(page) if page else "",
        sleutel=item_key(item.number) if page else "",
        stukken=papers,
    )


def _paper_note(*, late: bool, audience: str, unreadable: bool) -> str:
    notes = (
        "tafelstuk" if late else "",
        f"vertrouwelijk {audience}" if audience else "",
        "niet leesbaar" if unreadable else "",
    )
    return ", ".join(note for note in notes if note)


def placeholder_sheets(
    plan: BundlePlan, council: Council | None, placeholders: tuple[Placeholder, ...]
) -> contexts.PlaceholderContext:
    """Fill the pages that stand for papers that cannot be read, in the order given."""
    moment = plan.meeting.date
    papers = {paper.number: paper for paper in plan.papers}
    items = {item.number: f"{item.number} {item.title}" for item in plan.meeting.items}
    return contexts.PlaceholderContext(
        raad=council.name if council else "",
        soort_vergadering=moment.kind,
        datum=dutch_weekday_date(moment.day) if moment.day else "",
        stukken=tuple(
            contexts.PlaceholderLine(
                nummer=placeholder.number,
                titel=papers[placeholder.number].title,
                agendapunt=items[papers[placeholder.number].item],
                bestand=placeholder.source.rpartition("/")[2],
                reden=placeholder.reason,
                doe="Vraag het stuk op bij de secretaris.",
            )
            for placeholder in placeholders
        ),
    )


def stamp(item: str, number: str) -> str:
    """Write the stamp of a page, without its page number."""
    return f"agendapunt {item} · stuk {number}" if number else f"agendapunt {item}"

"""Decide which editions a meeting needs, what goes into each, in which order and under which number.

Pure. An edition is built from an allow-list: first everything is taken out that its readers
may not see, then numbers, lists and pages are made from what is left; so nothing in an edition
can tell of what is not in it.
"""

import hashlib
import json
from dataclasses import replace

from pipeline.values import (
    AgendaItem,
    BundlePaper,
    BundlePlan,
    Edition,
    Meeting,
    Member,
)

ALL_MEMBERS = "leden"
PUBLIC = "openbaar"
_TAKEN = (ALL_MEMBERS, PUBLIC, "aankondiging")
"""Names that mean something else; a group that is called so may never pass for it."""


def editions(meeting: Meeting, members: tuple[Member, ...], *, public: bool) -> tuple[Edition, ...]:
    """Decide which editions a meeting needs: one for each set of groups that some member is in.

    Args:
        meeting: The meeting.
        members: Members on the day of the meeting.
        public: True when an edition without closed items is wanted as well.
    """
    present = {paper.audience for item in meeting.items for paper in item.papers if paper.audience}
    sets = {(), *(_groups_of(member, present) for member in members)}
    sets |= {(group,) for group in present if not any(group in groups for groups in sets)}
    made = [edition_of(groups) for groups in sorted(sets)]
    return (*made, *((Edition(name=PUBLIC, groups=(), closed=False),) if public else ()))


def _groups_of(member: Member, present: set[str]) -> tuple[str, ...]:
    own = {group.casefold() for group in member.committees}
    return tuple(sorted(group for group in present if group.casefold() in own))


def edition_of(groups: tuple[str, ...]) -> Edition:
    """Make the edition for members who are in exactly these of the groups with papers."""
    name = "+".join(groups)
    distinct = f"groep {name}" if name.casefold() in _TAKEN else name
    return Edition(name=distinct or ALL_MEMBERS, groups=groups, closed=True)


def edition_for(member: Member, meeting: Meeting) -> Edition:
    """Tell which edition a member gets."""
    present = {paper.audience for item in meeting.items for paper in item.papers if paper.audience}
    return edition_of(_groups_of(member, present))


def seen_by(meeting: Meeting, edition: Edition) -> Meeting:
    """Take out of a meeting everything an edition may not show."""
    items = tuple(
        replace(item, papers=tuple(p for p in item.papers if _may_see(p.audience, p.closed, edition)))
        for item in meeting.items
        if edition.closed or not item.closed
    )
    return replace(meeting, items=items, problems=())


def _may_see(audience: str, closed: bool, edition: Edition) -> bool:  # noqa: FBT001  # two facts of a paper
    return (not audience or audience in edition.groups) and (edition.closed or not closed)


def is_confidential(plan: BundlePlan) -> bool:
    """Tell whether an edition holds what is for one group, or closed."""
    items = plan.meeting.items
    closed = any(item.closed or any(paper.closed for paper in item.papers) for item in items)
    return bool(plan.edition.groups) or (plan.edition.closed and closed)


def paper_numbers(item: AgendaItem) -> tuple[str, ...]:
    """Number the papers of an item: ``4.1``, ``4.2`` …; a letter is part of the item, as in ``4a.1``."""
    return tuple(f"{item.number}.{position}" for position in range(1, len(item.papers) + 1))


def plan_bundle(meeting: Meeting, edition: Edition, *, prints: tuple[str, ...], members: str) -> BundlePlan:
    """Plan one edition.

    Args:
        meeting: The whole meeting.
        edition: For whom.
        prints: Fingerprints of the templates used.
        members: Fingerprint of the member list that decides who gets it.

    Returns:
        The plan; its manifest changes exactly when something changes that approval binds.
    """
    seen = seen_by(meeting, edition)
    papers = tuple(
        BundlePaper(
            item=item.number, number=number, title=paper.title, source=paper.path, sha256=paper.sha256
        )
        for item in seen.items
        for number, paper in zip(paper_numbers(item), item.papers, strict=True)
    )
    return BundlePlan(
        edition=edition,
        meeting=seen,
        papers=papers,
        manifest=_manifest(seen, edition, papers, (*prints, members)),
        file_name=f"{meeting.folder} - {edition.name}.pdf",
    )


def _manifest(
    meeting: Meeting, edition: Edition, papers: tuple[BundlePaper, ...], prints: tuple[str, ...]
) -> str:
    agenda = [
        [
            item.number,
            item.title,
            item.aim,
            item.minutes,
            item.presenter,
            item.starts,
            item.closed,
            str(item.deadline),
        ]
        for item in meeting.items
    ]
    bound = {
        "edition": [edition.name, edition.groups, edition.closed],
        "meeting": [
            meeting.folder,
            meeting.date.kind,
            meeting.date.starts,
            meeting.date.ends,
            meeting.date.place,
        ],
        "agenda": agenda,
        "papers": [[paper.item, paper.number, paper.title, paper.sha256] for paper in papers],
        "marks": [[paper.audience, paper.late] for item in meeting.items for paper in item.papers],
        "prints": prints,
    }
    text = json.dumps(bound, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def members_fingerprint(members: tuple[Member, ...]) -> str:
    """Digest what the member list says about who gets what, and how; of a password only that there is one."""
    rows = sorted(
        (
            member.name,
            member.email,
            member.delivery,
            *sorted(member.committees),
            str(member.member_from),
            str(member.member_until),
            *(("wachtwoord",) if member.password else ()),
            *(("naam op stuk",) if member.named else ()),
        )
        for member in members
    )
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()

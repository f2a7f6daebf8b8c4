"""Whether a filed paper lies in a meeting already, also when the same bytes were filed more than once. Pure.

One letter may ask for two things, and then is two papers. That one of them is on the agenda says
nothing of the other; but within one item nobody needs the same pages twice.
"""

from collections.abc import Iterable

from pipeline.values import Filed


def once_each(papers: Iterable[Filed]) -> tuple[Filed, ...]:
    """Keep of papers with the same bytes the first."""
    first: dict[str, Filed] = {}
    for paper in papers:
        first.setdefault(paper.sha256, paper)
    return tuple(first.values())


def lies_in(paper: Filed, lying: Iterable[tuple[str, str]], filed: tuple[Filed, ...]) -> bool:
    """Tell whether a paper lies somewhere.

    Args:
        paper: The paper.
        lying: Digest and path of every file that lies there.
        filed: All papers in the archive: what was filed in several dossiers is told apart by its kenmerk.
    """
    elsewhere = any(one.sha256 == paper.sha256 and one.dossier != paper.dossier for one in filed)
    return any(sha256 == paper.sha256 and (not elsewhere or paper.kenmerk in path) for sha256, path in lying)

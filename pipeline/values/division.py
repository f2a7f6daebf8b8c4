"""A paper that is several things: the sheet on which a person tells what it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A row of the sheet ``… - verdeling.xlsx``: one thing that the paper is, as it was typed.

    Attributes:
        row: 1-based, as Excel counts; 0 when it is yet to be written.
        sort: Dutch name of the kind.
        right: The right it rests on, as chosen from the list; may be empty.
        holder: For whom it is; empty when that follows from the right.
        subject: What it is about.
        answer_by: ``16-11-2026`` or as typed; may be empty.
        recorded: What the service wrote there: as what it is filed, or why not; may be empty.
    """

    row: int = 0
    sort: str = ""
    right: str = ""
    holder: str = ""
    subject: str = ""
    answer_by: str = ""
    recorded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Everything that one paper is.

    Attributes:
        shares: The rows with something in them, in order.
        ready: What stands in the column ``klaar``; empty as long as she is busy.
    """

    shares: tuple[Share, ...]
    ready: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionChoices:
    """What can be chosen from on the sheet, each as it is shown."""

    sorts: tuple[str, ...]
    rights: tuple[str, ...]
    holders: tuple[str, ...]

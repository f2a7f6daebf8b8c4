"""What every template knows, and what every template about a meeting knows."""

from dataclasses import dataclass

SECRETARY_FUNCTION = "ambtelijk secretaris"
"""What stands under the name of who writes for the council."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every template knows."""

    raad: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingContext(Context):
    """What every template about a meeting knows."""

    soort_vergadering: str
    datum: str

"""What the service answers in the column ``Vastgelegd`` of a sheet: that it was recorded, or why not."""

_REFUSED = "Niet vastgelegd"


def refusal(reason: str) -> str:
    """Write that something was not recorded, and why."""
    return f"{_REFUSED}: {reason}"


def is_refusal(recorded: str) -> bool:
    """Tell whether an answer says that something was not recorded."""
    return recorded.startswith(_REFUSED)


def is_recorded(recorded: str) -> bool:
    """Tell whether an answer says that it was recorded; an empty one says nothing."""
    return bool(recorded) and not is_refusal(recorded)

"""What travels with the program: ``config/`` and ``templates/``, in a wheel or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def config_folder() -> Path:
    """Find the shipped data."""
    return _find("config")


def templates_folder() -> Path:
    """Find the shipped templates."""
    return _find("templates")


def _find(name: str) -> Path:
    """Prefer the copy in an installed package; a checkout has the folder beside it."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name

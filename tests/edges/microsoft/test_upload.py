"""When a file may be uploaded: at most 150 MB in five minutes."""

import pytest

from pipeline.edges.microsoft.upload import Uploads, seconds_until_room
from pipeline.errors import RefusedTransportError

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("uploads", "size", "wait"),
    [
        ((), 150 * MB, 0),
        (((1000, 100 * MB),), 50 * MB, 0),
        (((1000, 100 * MB),), 51 * MB, 300),
        (((900, 100 * MB), (950, 50 * MB)), 20 * MB, 200),
        (((900, 10 * MB), (950, 140 * MB)), 20 * MB, 250),
        (((600, 150 * MB),), 150 * MB, 0),
        (((700, 150 * MB),), 151 * MB, 0),
    ],
)
def test_a_file_waits_until_there_is_room(
    uploads: tuple[tuple[float, int], ...], size: int, wait: float
) -> None:
    assert seconds_until_room(uploads, size, 1000.0) == wait


def test_what_never_fits_is_refused() -> None:
    with pytest.raises(RefusedTransportError):
        Uploads().must_have_room(151 * MB)

"""A refused sign-in is not repeated at once, and a little later each time."""

from itertools import pairwise

import pytest

from pipeline.edges.sign_in import FIRST_WAIT, LONGEST_WAIT, Patience
from pipeline.errors import PostbusAwayError, SignInRefusedError

WRONG = "fout"


class Door:
    """A server that refuses what it does not know, and counts."""

    def __init__(self) -> None:
        self.now, self.tried = 0.0, 0
        self.patience = Patience(lambda: self.now)

    def knock(self, secret: str = WRONG, *, known: str = "goed", away: bool = False) -> None:
        with self.patience.attempt(secret, SignInRefusedError):
            self.tried += 1
            if away:
                raise PostbusAwayError("away")
            if secret != known:
                raise SignInRefusedError("refused", wat="Mag niet.")


def test_the_time_between_attempts_grows_to_an_hour() -> None:
    door, moments = Door(), []
    while door.now < 5 * LONGEST_WAIT:
        before = door.tried
        with pytest.raises(SignInRefusedError) as caught:
            door.knock()
        assert caught.value.wat == "Mag niet."
        if door.tried > before:
            moments.append(door.now)
        door.now += 60
    waits = [later - earlier for earlier, later in pairwise(moments)]
    assert waits[:6] == [FIRST_WAIT * factor for factor in (1, 2, 4, 8, 12, 12)]


def test_another_password_is_tried_at_once() -> None:
    door = Door()
    with pytest.raises(SignInRefusedError):
        door.knock()
    with pytest.raises(SignInRefusedError):
        door.knock("ook fout")
    door.knock("goed")
    assert door.tried == 3


def test_success_makes_an_end_of_waiting() -> None:
    door = Door()
    for _ in range(3):
        with pytest.raises(SignInRefusedError):
            door.knock()
        door.now += LONGEST_WAIT
    door.knock("goed")
    with pytest.raises(SignInRefusedError):
        door.knock()
    door.now += FIRST_WAIT
    tried = door.tried
    with pytest.raises(SignInRefusedError):
        door.knock()
    assert door.tried == tried + 1


def test_a_server_that_is_away_is_tried_again_at_once() -> None:
    door = Door()
    for _ in range(3):
        with pytest.raises(PostbusAwayError):
            door.knock("goed", away=True)
    door.knock("goed")
    assert door.tried == 4

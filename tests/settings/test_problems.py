"""What is wrong with a settings file is told in Dutch, with its place."""

from typing import Self

import pydantic
import pytest

from pipeline.errors import Problem, SettingsError
from pipeline.settings.problems import Table, read_toml, validate


class Span(Table):
    """A table that is wrong as a whole when its keys do not go together."""

    first: int = pydantic.Field(alias="eerste")
    last: int = pydantic.Field(alias="laatste")

    @pydantic.model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("De laatste komt voor de eerste.")
        return self


class Spans(Table):
    """A file of such tables."""

    spans: list[Span] = pydantic.Field(alias="reeks")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[raad\nnaam = 1\n", "Regel 1 is niet goed geschreven (bij teken 6)."),
        ("a = 1\nb = \n", "Regel 2: achter 'b =' staat niets. Vul het in, of zet een # voor de regel."),
        (
            "lengte = # vul in",
            "Regel 1: achter 'lengte =' staat niets. Vul het in, of zet een # voor de regel.",
        ),
        ("a = 1\na = 2\n", "Regel 2 is niet goed geschreven (bij teken 6)."),
        ("a = 'x\n", "Aan het einde ontbreekt iets, bijvoorbeeld een aanhalingsteken of een haak."),
        ("a = [1,\n", "Aan het einde ontbreekt iets, bijvoorbeeld een aanhalingsteken of een haak."),
    ],
)
def test_a_syntax_fault_is_told_with_its_line(text: str, told: str) -> None:
    table, problems = read_toml(text, "raad.toml")
    assert table == {}
    assert problems == (Problem(place="raad.toml", text=told),)


def test_a_fault_of_the_file_as_a_whole_has_the_file_as_its_place() -> None:
    _, problems = validate(Span, {"eerste": 3, "laatste": 2}, "raad.toml")
    assert [str(problem) for problem in problems] == ["raad.toml: De laatste komt voor de eerste."]


def test_a_fault_of_one_block_has_its_number() -> None:
    """People count from one."""
    table: dict[str, object] = {"reeks": [{"eerste": 1, "laatste": 2}, {"eerste": 3, "laatste": 2}]}
    _, problems = validate(Spans, table, "raad.toml")
    assert [str(problem) for problem in problems] == ["raad.toml [reeks 2]: De laatste komt voor de eerste."]


ONE = Problem(place="raad.toml", text="Dit is fout.")
OTHER = Problem(place="dienst.toml", text="Dit ook.")


def test_the_faults_are_counted_in_good_dutch() -> None:
    """One line each, and what to do below them."""
    assert SettingsError((ONE,)).for_secretary().splitlines() == [
        "De instellingen bevatten 1 fout:",
        "- raad.toml: Dit is fout.",
        "Verbeter dit en probeer het opnieuw; er is niets gewijzigd. (code INSTELLING-01)",
    ]
    assert (
        SettingsError((ONE, OTHER)).for_secretary().startswith("De instellingen bevatten 2 fouten:\n- raad")
    )

"""Weighing and packing against a packer that only knows sizes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.dispatch.packing import PackingTable, pack
from pipeline.dispatch.parcels import room
from pipeline.edges import files
from pipeline.values import Parcel, Stretch

SHRUNK = Parcel(limit_mb=1, shrunk=True)
PARTS = Parcel(limit_mb=1, parts=(Stretch(first=1, last=1), Stretch(first=2, last=2)))


@dataclass(frozen=True)
class Sizes:
    """Makes files of these sizes; 0 makes no picture smaller."""

    smaller: int = 0
    part: int = 0

    def shrink(self, source: Path, out: Path, dpi: int) -> int:  # noqa: ARG002  # the port has them
        if self.smaller:
            out.write_bytes(bytes(self.smaller))
        return int(bool(self.smaller))

    def cut(self, source: Path, out: Path, stretches: Sequence[Stretch], number: int) -> None:  # noqa: ARG002
        out.write_bytes(bytes([number]) * self.part)

    def personal(self, source: Path, out: Path, *, name: str, password: str) -> None:
        raise NotImplementedError


def packed(tmp_path: Path, parcel: Parcel, packer: Sizes) -> list[str] | None:
    whole, target = tmp_path / "heel.pdf", tmp_path / "Verstuurd"
    whole.write_bytes(bytes(2_000_000))
    target.mkdir()
    table = PackingTable(packer=packer, disk=files, folder=tmp_path / "tafel")
    made = pack(whole, "x - leden.pdf", parcel, target, table)
    lying = sorted(path.name for path in target.iterdir())
    assert lying == ([] if made is None else [one.name for one in made])
    return None if made is None else lying


def test_what_travels_as_it_is_needs_no_other_file(tmp_path: Path) -> None:
    assert packed(tmp_path, Parcel(limit_mb=1), Sizes()) == []


def test_files_are_laid_as_they_were_announced(tmp_path: Path) -> None:
    assert packed(tmp_path, SHRUNK, Sizes(smaller=500_000)) == ["x - leden - verkleind.pdf"]


def test_each_part_is_laid(tmp_path: Path) -> None:
    names = ["x - leden - deel 1 van 2.pdf", "x - leden - deel 2 van 2.pdf"]
    assert packed(tmp_path, PARTS, Sizes(part=room(1))) == names


def test_nothing_is_laid_when_a_file_became_larger_than_announced(tmp_path: Path) -> None:
    assert packed(tmp_path, PARTS, Sizes(part=room(1) + 1)) is None


def test_pictures_that_could_not_be_made_smaller_after_all_stop_the_sending(tmp_path: Path) -> None:
    assert packed(tmp_path, SHRUNK, Sizes()) is None

"""A postbus on disk is listed, read and only emptied when told to."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.edges.postbus import PostbusFolder
from pipeline.errors import OperatorError, PostbusAwayError
from pipeline.ports import PostbusItem


def names(postbus: PostbusFolder) -> list[str]:
    return [item.name for item in postbus.list_new().items]


def content(postbus: PostbusFolder, item: PostbusItem) -> bytes:
    ((_, content),) = postbus.read((item,))
    return content


@pytest.fixture
def folder(tmp_path: Path) -> PostbusFolder:
    for name in ("b.eml", "A.EML", "c.eml"):
        (tmp_path / name).write_bytes(b"Subject: " + name.encode())
    return PostbusFolder(folder=tmp_path, is_complete=Path.is_file)


@pytest.fixture
def maildir(tmp_path: Path) -> PostbusFolder:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1793692800.M1P1.host").write_bytes(b"een")
    (tmp_path / "cur" / "1793692801.M2P1.host:2,S").write_bytes(b"twee")
    (tmp_path / "tmp" / "1793692802.M3P1.host").write_bytes(b"half")
    return PostbusFolder(folder=tmp_path, is_complete=Path.is_file)


def test_only_finished_mails_are_listed_in_order(folder: PostbusFolder) -> None:
    for name in ("brief.pdf", ".d.eml", "~$e.eml", "f.eml.part", "g.tmp"):
        (folder.folder / name).write_bytes(b"x")
    (folder.folder / "map.eml").mkdir()
    assert names(folder) == ["A.EML", "b.eml", "c.eml"]


def test_what_is_still_being_written_waits(folder: PostbusFolder) -> None:
    busy = replace(folder, is_complete=lambda path: path.name != "b.eml")
    listed = busy.list_new()
    assert ([item.name for item in listed.items], listed.unfinished) == (["A.EML", "c.eml"], True)
    assert not folder.list_new().unfinished


def strange_things(folder: Path, outside: Path) -> None:
    """Lay a link to a file elsewhere, a dead link and a pipe."""
    outside.write_bytes(b"Subject: niet van hier")
    (folder / "koppeling.eml").symlink_to(outside)
    (folder / "dood.eml").symlink_to(folder / "weg.eml")
    os.mkfifo(folder / "pijp.eml")


def test_what_is_no_mail_is_named_and_never_followed(folder: PostbusFolder, tmp_path: Path) -> None:
    strange_things(folder.folder, tmp_path.with_name(f"{tmp_path.name}-elders.eml"))
    for name in ("brief.pdf", "~$e.eml", ".verborgen"):
        (folder.folder / name).write_bytes(b"x")
    for name in ("oude post", "Verwerkt"):
        (folder.folder / name).mkdir()
    assert names(folder) == ["A.EML", "b.eml", "c.eml"]
    assert folder.no_mails() == ("brief.pdf", "dood.eml", "koppeling.eml", "oude post", "pijp.eml")


def test_what_is_no_mail_in_a_maildir_is_named_too(maildir: PostbusFolder, tmp_path: Path) -> None:
    before = names(maildir)
    strange_things(tmp_path / "new", tmp_path.with_name(f"{tmp_path.name}-elders.eml"))
    assert names(maildir) == before
    assert maildir.no_mails() == ("dood.eml", "koppeling.eml", "pijp.eml")


def test_a_postbus_that_is_away_names_nothing(tmp_path: Path) -> None:
    assert PostbusFolder(folder=tmp_path / "weg", is_complete=Path.is_file).no_mails() == ()


def test_a_mail_is_read_as_it_is_and_has_no_server_time(folder: PostbusFolder) -> None:
    item = folder.list_new().items[1]
    assert (content(folder, item), item.server_time) == (b"Subject: b.eml", None)


def test_the_key_follows_bytes_and_name_and_nothing_else(folder: PostbusFolder) -> None:
    """The same mail under another name, and another mail under the same name, are new things."""
    keys = {item.name: item.key for item in folder.list_new().items}
    (folder.folder / "d.eml").write_bytes(b"Subject: c.eml")
    (folder.folder / "b.eml").write_bytes(b"Subject: anders")
    (folder.folder / "c.eml").touch()
    later = {item.name: item.key for item in folder.list_new().items}
    assert later["c.eml"] == keys["c.eml"]
    assert later["b.eml"] != keys["b.eml"]
    assert len(set(later.values())) == 4


def test_nothing_moves_before_it_is_acknowledged(folder: PostbusFolder) -> None:
    list(folder.read(folder.list_new().items))
    assert names(folder) == ["A.EML", "b.eml", "c.eml"]
    folder.acknowledge(folder.list_new().items[:1])
    assert names(folder) == ["b.eml", "c.eml"]
    assert (folder.folder / "Verwerkt" / "A.EML").read_bytes() == b"Subject: A.EML"


def test_done_mail_goes_to_the_folder_that_was_named(folder: PostbusFolder) -> None:
    named = replace(folder, done="Klaar")
    named.acknowledge(named.list_new().items)
    assert sorted(path.name for path in (folder.folder / "Klaar").iterdir()) == ["A.EML", "b.eml", "c.eml"]
    assert [one.done for one in named.list_all()] == [True, True, True]
    assert named.no_mails() == ()


def test_a_folder_of_the_usual_name_from_before_is_no_trouble(folder: PostbusFolder) -> None:
    folder.acknowledge(folder.list_new().items)
    assert replace(folder, done="Klaar").no_mails() == ()


def test_done_mail_of_a_maildir_goes_to_the_folder_that_was_named(maildir: PostbusFolder) -> None:
    named = replace(maildir, done="Klaar")
    named.acknowledge(named.list_new().items)
    assert len(list((maildir.folder / ".Klaar" / "cur").iterdir())) == 2
    assert [one.done for one in named.list_all()] == [True, True]


def test_acknowledging_twice_changes_nothing(folder: PostbusFolder) -> None:
    item = folder.list_new().items[0]
    folder.acknowledge((item,))
    folder.acknowledge((item,))
    assert [path.name for path in (folder.folder / "Verwerkt").iterdir()] == ["A.EML"]


def test_an_earlier_mail_of_the_same_name_is_kept(folder: PostbusFolder) -> None:
    folder.acknowledge(folder.list_new().items[1:2])
    (folder.folder / "b.eml").write_bytes(b"een ander")
    folder.acknowledge(folder.list_new().items[1:2])
    done = {path.name: path.read_bytes() for path in (folder.folder / "Verwerkt").iterdir()}
    assert done == {"b.eml": b"Subject: b.eml", "b (2).eml": b"een ander"}


def test_a_crash_halfway_a_move_leaves_one_copy_in_the_end(folder: PostbusFolder) -> None:
    """The new name exists already, the old one is still there."""
    item = folder.list_new().items[0]
    (folder.folder / "Verwerkt").mkdir()
    (folder.folder / "Verwerkt" / item.name).hardlink_to(item.place)
    folder.acknowledge((item,))
    assert [path.name for path in (folder.folder / "Verwerkt").iterdir()] == ["A.EML"]
    assert names(folder) == ["b.eml", "c.eml"]


def test_a_missing_folder_is_an_error_and_not_an_empty_postbus(tmp_path: Path) -> None:
    postbus = PostbusFolder(folder=tmp_path / "weg", is_complete=Path.is_file)
    with pytest.raises(PostbusAwayError) as caught:
        postbus.list_new()
    assert isinstance(caught.value, OperatorError)
    assert str(tmp_path) not in caught.value.for_secretary()


def test_a_postbus_that_goes_away_is_noticed_when_acknowledging(
    folder: PostbusFolder, tmp_path: Path
) -> None:
    item = folder.list_new().items[0]
    tmp_path.rename(tmp_path.with_name("verplaatst"))
    with pytest.raises(PostbusAwayError):
        content(folder, item)
    with pytest.raises(PostbusAwayError):
        folder.acknowledge((item,))


def test_a_maildir_lists_delivered_mails_with_the_time_of_delivery(maildir: PostbusFolder) -> None:
    """A mail that somebody has read already counts; one still being delivered does not."""
    items = maildir.list_new().items
    assert [item.key for item in items] == ["1793692800.M1P1.host", "1793692801.M2P1.host"]
    assert items[0].server_time == datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
    assert content(maildir, items[1]) == b"twee"


def test_the_key_in_a_maildir_survives_being_read(maildir: PostbusFolder) -> None:
    item = maildir.list_new().items[0]
    Path(item.place).rename(maildir.folder / "cur" / f"{item.name}:2,RS")
    assert maildir.list_new().items[0].key == item.key


def test_a_number_in_a_file_name_is_no_moment_outside_a_maildir(folder: PostbusFolder) -> None:
    """1000000000 is a second of 2001; the file is of now."""
    (folder.folder / "1000000000.eml").write_bytes(b"x")
    assert "1000000000.eml" in names(replace(folder, since=date(2020, 1, 1)))


def test_a_mail_in_a_maildir_without_a_moment_in_its_name_came_when_its_file_did(
    maildir: PostbusFolder,
) -> None:
    for name, moment in (
        ("oud", datetime(2019, 5, 1, tzinfo=UTC)),
        ("jong", datetime(2026, 11, 3, tzinfo=UTC)),
    ):
        path = maildir.folder / "cur" / f"{name}:2,S"
        path.write_bytes(b"x")
        os.utime(path, (moment.timestamp(), moment.timestamp()))
    found = replace(maildir, since=date(2026, 11, 3))
    assert names(found) == ["1793692800.M1P1.host", "1793692801.M2P1.host", "jong"]


def test_drafts_and_thrown_away_mails_are_left_alone(maildir: PostbusFolder) -> None:
    (maildir.folder / "cur" / "1.x:2,ST").write_bytes(b"x")
    (maildir.folder / "cur" / "2.x:2,D").write_bytes(b"x")
    assert len(maildir.list_new().items) == 2


def test_an_acknowledged_mail_lies_read_in_the_folder_verwerkt_of_the_maildir(maildir: PostbusFolder) -> None:
    maildir.acknowledge(maildir.list_new().items)
    assert maildir.list_new().items == ()
    done = maildir.folder / ".Verwerkt"
    assert sorted(path.name for path in (done / "cur").iterdir()) == [
        "1793692800.M1P1.host:2,S",
        "1793692801.M2P1.host:2,S",
    ]
    assert (done / "maildirfolder").exists()


def test_a_time_that_is_no_date_keeps_no_mail_back(
    folder: PostbusFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share may give any number; not every disk can keep one, so it is made up here."""
    absurd, real = "b.eml", Path.stat

    def stat(path: Path, **options: bool) -> object:
        found = real(path, **options)  # type: ignore[arg-type]
        return os.stat_result((*found[:8], 10**15, *found[9:])) if path.name == absurd else found

    monkeypatch.setattr(Path, "stat", stat)
    assert absurd in names(replace(folder, since=date(2020, 1, 1)))

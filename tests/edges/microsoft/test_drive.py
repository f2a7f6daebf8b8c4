"""A folder in SharePoint or OneDrive as a second Inkomend: nothing in it is lost or taken half."""

from datetime import UTC, datetime
from types import ModuleType

import pytest
from microsoft_fake import Fake
from microsoft_fake.wire import refused

from pipeline.edges.microsoft import drive, graph
from pipeline.edges.microsoft.drive import DriveFolder
from pipeline.edges.microsoft.graph import Graph
from pipeline.errors import AccessDeniedError, PostbusAwayError

PLACE = "drives/b!schijf/Raad/Inkomend"


@pytest.fixture
def folder(fake: Fake, graph: Graph) -> DriveFolder:
    fake.drive().put("Raad/Inkomend")
    return DriveFolder(graph=graph, place=PLACE)


def names(folder: DriveFolder) -> list[str]:
    return [item.name for item in folder.list_new("").items]


def take_in(folder: DriveFolder) -> list[bytes]:
    items = folder.list_new("").items
    contents = [content for _, content in folder.read(items)]
    folder.acknowledge(items)
    return contents


def test_a_file_is_read_and_moved(fake: Fake, folder: DriveFolder) -> None:
    fake.drive().put("Raad/Inkomend/Brief.docx", b"PK-brief")
    fake.drive().put("Raad/Inkomend/~$Brief.docx", b"slot")
    fake.drive().put("Raad/Inkomend/Een map/Stuk.pdf", b"%PDF")
    assert take_in(folder) == [b"PK-brief"]
    assert folder.no_mails() == ("Een map",)
    assert fake.drive().names("Raad/Inkomend/Verwerkt") == ["Brief.docx"]
    assert names(folder) == []


def test_a_file_that_is_still_being_written_waits(fake: Fake, folder: DriveFolder) -> None:
    fake.drive().put("Raad/Inkomend/Brief.docx", b"half", changed=datetime.now(UTC))
    listed = folder.list_new("")
    assert (listed.items, listed.unfinished) == ((), True)


def test_a_file_that_changed_since_stays_and_is_a_new_one(fake: Fake, folder: DriveFolder) -> None:
    fake.drive().put("Raad/Inkomend/Brief.docx", b"eerste")
    items = folder.list_new("").items
    fake.drive().put("Raad/Inkomend/Brief.docx", b"tweede")
    folder.acknowledge(items)
    (again,) = folder.list_new("").items
    assert again.key != items[0].key
    assert take_in(folder) == [b"tweede"]


def test_two_files_of_one_name_both_stay_in_verwerkt(fake: Fake, folder: DriveFolder) -> None:
    for content in (b"eerste", b"tweede", b"derde"):
        fake.drive().put("Raad/Inkomend/Brief.docx", content)
        assert take_in(folder) == [content]
    assert fake.drive().names("Raad/Inkomend/Verwerkt") == ["Brief (2).docx", "Brief (3).docx", "Brief.docx"]


def test_a_file_that_somebody_has_open_keeps_no_other_there(fake: Fake, folder: DriveFolder) -> None:
    for name in ("a.docx", "b.docx"):
        fake.drive().put(f"Raad/Inkomend/{name}", b"x")
    fake.fault("PATCH", "/items/", refused(423, "resourceLocked"))
    with pytest.raises(PostbusAwayError):
        take_in(folder)
    assert names(folder) == ["a.docx"]
    folder.acknowledge(folder.list_new("").items)
    assert names(folder) == []


def test_what_is_gone_is_left_out(fake: Fake, folder: DriveFolder) -> None:
    lying = fake.drive().put("Raad/Inkomend/Brief.docx", b"x")
    items = folder.list_new("").items
    del fake.drive().items[lying.id]
    assert list(folder.read(items)) == []
    folder.acknowledge(items)


@pytest.mark.parametrize("found_out", [drive, graph], ids=["when listed", "while it is fetched"])
def test_a_file_that_is_too_large_comes_as_a_shortcut(
    fake: Fake, folder: DriveFolder, monkeypatch: pytest.MonkeyPatch, found_out: ModuleType
) -> None:
    monkeypatch.setattr(found_out, "MOST_BYTES", 10)
    lying = fake.drive().put("Raad/Inkomend/Film.mp4", b"x" * 11)
    ((item, content),) = folder.read(folder.list_new("").items)
    assert (item.name, content) == (
        "Film.mp4.url",
        f"[InternetShortcut]\r\nURL=https://x.example/{lying.id}\r\n".encode(),
    )


def test_everything_is_listed(fake: Fake, folder: DriveFolder) -> None:
    fake.drive().put("Raad/Inkomend/Oud.docx", b"x")
    take_in(folder)
    for number in range(205):
        fake.drive().put(f"Raad/Inkomend/{number}.txt", b"x")
    assert [one.done for one in folder.list_all()].count(True) == 1
    assert len(folder.list_all()) == 206


def test_a_folder_that_is_not_there_or_not_ours_is_told(fake: Fake, graph: Graph) -> None:
    fake.drive().put("Raad")
    with pytest.raises(PostbusAwayError) as caught:
        DriveFolder(graph=graph, place=PLACE).list_new("")
    assert "bestaat niet" in caught.value.wat
    with pytest.raises(AccessDeniedError):
        DriveFolder(graph=graph, place="drives/een-ander/x").list_new("")

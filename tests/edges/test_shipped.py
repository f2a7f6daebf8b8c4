"""What travels with the program is found, from whatever folder it is asked."""

from pathlib import Path

import pytest

from pipeline.edges import shipped


def test_the_shipped_folders_hold_what_the_program_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (shipped.config_folder() / "soorten.yaml").is_file()
    assert (shipped.config_folder() / "raad.example.toml").is_file()
    assert (shipped.templates_folder() / "voorblad.docx").is_file()


def test_the_copy_in_an_installed_package_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "pipeline"
    (package / "_shipped" / "config").mkdir(parents=True)
    (tmp_path / "config").mkdir()
    monkeypatch.setattr(shipped, "_PACKAGE", package)
    assert shipped.config_folder() == package / "_shipped" / "config"
    assert shipped.templates_folder() == tmp_path / "templates"

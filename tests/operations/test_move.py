"""From SQLite to PostgreSQL: the same rows, the same figures, and only into an empty database."""

from pathlib import Path

from tests.operations.installations import IN_ORDER, Installation, backed_up, installed, manifest_of

SPAN = ("--from", "2014-01-01", "--to", "2030-12-31")


async def test_a_moved_office_has_the_same_rows_and_the_same_figures(db: None, tmp_path: Path) -> None:
    old = await installed("embedded", tmp_path / "bisher")
    await old.does("demo")
    new = await installed("networked", tmp_path / "neu")
    code, printed = await new.does("move", str(old.file))
    assert code == 0 and "jede Tabelle mit gleicher Prüfsumme" in printed and printed.endswith(IN_ORDER)
    for by in ("programme", "family", "kind"):
        asked = ("report", *SPAN, "--by", by, "--format", "json")
        assert await new.does(*asked) == await old.does(*asked)
    assert (await old.does("check"))[1] == (await new.does("check"))[1] == IN_ORDER
    before, after = [await _tables(one, tmp_path) for one in (old, new)]
    assert before == after
    code, printed = await new.does("move", str(old.file))
    assert code == 1 and "`events move` braucht eine leere" in printed


async def test_a_move_says_what_it_needs(db: None, tmp_path: Path) -> None:
    old = await installed("embedded", tmp_path / "bisher")
    new = await installed("networked", tmp_path / "neu")
    assert "lässt sich nicht lesen" in (await new.does("move", str(old.file)))[1]
    await old.does("migrate")
    (old.folder / "secret-key").write_text("ein anderer Schlüssel, den hier sonst niemand kennt")
    assert "EVENTS_SECRET_KEY ist nicht der bisherige" in (await new.does("move", str(old.file)))[1]
    code, printed = await old.does("move", str(old.file))
    assert code == 1 and "in die umgezogen wird" in printed


async def _tables(installation: Installation, folder: Path) -> object:
    path = await backed_up(folder / f"{installation.folder.name}.zip", **installation.settings)
    return manifest_of(path)["tables"]

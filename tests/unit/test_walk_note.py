"""What a walk leaves in its service's history: what was found, masked, and nothing of the announcements."""

from datetime import UTC, datetime

from clients.models.walk import Outcome, Walk
from clients.models.walk_note import note_of_walk
from tests.support.walking import walk_of

NOW = datetime(2026, 3, 4, 15, 6, tzinfo=UTC)


def seen(found: str) -> Walk:
    walk = walk_of("Loja Sol", NOW).stepped("entrada", Outcome.DONE, at=NOW, who="Ana", found="Entrando")
    return walk.stepped("ver", Outcome.DONE, at=NOW, who="Ana", found=found)


def test_what_was_found_stays_masked_under_its_name() -> None:
    note = note_of_walk(seen("parou às 8h; Password=lua4512;"), NOW, "Ana")
    assert note is not None
    assert note.key == "loja sol/ct-e"
    assert note.text.startswith("Entrar e ver\nO que foi visto: parou às 8h;")
    assert "lua4512" not in note.text
    assert "Entrando" not in note.text


def test_where_nothing_was_written_down_nothing_stays() -> None:
    assert note_of_walk(walk_of("Loja Sol", NOW), NOW, "Ana") is None

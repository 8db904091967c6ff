"""The local store behaves as TinyDB, across connections, and refuses what it cannot keep safe."""

import contextlib
import json
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from clients import store_engine, store_files
from clients.errors import StoreError
from clients.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "estado" / "plantao.db"


@pytest.fixture
def store(path: Path) -> Store:
    return Store(path)


def journal_of(path: Path) -> str:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def interrupted(store: Store, *documents: dict[str, object]) -> None:
    """Insert into a table each, ``a`` then ``b``, and fail before the end."""
    with store.transaction():
        for name, document in zip("ab", documents, strict=False):
            store.table(name).insert(document)
        raise ZeroDivisionError


class TestAsTinyDB:
    def test_insert_search_remove(self, store: Store) -> None:
        tickets = store.table("tickets")
        assert tickets.insert({"id": 7, "status": 2}) == 1
        assert tickets.insert_multiple([{"id": 8, "status": 2}, {"id": 9, "status": 5}]) == [2, 3]
        assert [row["id"] for row in tickets.search(where("status") == 2)] == [7, 8]
        assert tickets.remove(where("id") == 7) == [1]
        assert [dict(row) for row in tickets] == [{"id": 8, "status": 2}, {"id": 9, "status": 5}]
        assert len(tickets) == 2
        assert tickets.contains(where("id") == 9)
        assert not tickets.contains(doc_id=1)
        assert tickets.count(where("status") > 4) == 1

    def test_get_by_query_and_by_id(self, store: Store) -> None:
        table = store.table("t")
        table.insert_multiple({"n": n} for n in range(3))
        assert table.get(where("n") == 1) == {"n": 1}
        assert table.get(doc_id=3) == {"n": 2}
        assert table.get(doc_id=4) is None
        assert table.get(where("n") == 9) is None

    def test_upsert_updates_or_inserts(self, store: Store) -> None:
        table = store.table("t")
        assert table.upsert({"id": "a", "n": 1, "old": True}, where("id") == "a") == [1]
        assert table.upsert({"id": "a", "n": 2}, where("id") == "a") == [1]
        assert table.upsert(Document({"n": 5}, doc_id=9)) == [9]
        assert [dict(row) for row in table] == [{"id": "a", "n": 2, "old": True}, {"n": 5}]

    def test_tables_are_separate_and_can_be_dropped(self, store: Store) -> None:
        store.table("a").insert({"n": 1})
        store.table("b").insert({"n": 2})
        store.insert({"n": 3})
        store.table("a").truncate()
        assert store.table("a").all() == []
        store.drop_table("b")
        assert store.table("b").all() == []
        assert store.all() == [{"n": 3}]
        store.drop_tables()
        assert store.all() == []

    def test_truncate_restarts_the_ids(self, store: Store) -> None:
        table = store.table("t")
        table.insert_multiple({"n": n} for n in range(500))
        table.truncate()
        assert len(table) == 0
        assert table.insert({"n": 0}) == 1

    def test_an_id_given_twice_is_refused(self, store: Store) -> None:
        table = store.table("t")
        table.insert(Document({"n": 1}, doc_id=5))
        with pytest.raises(ValueError, match="already exists"):
            table.insert(Document({"n": 2}, doc_id=5))
        assert table.all() == [{"n": 1}]

    def test_a_batch_that_mixes_given_and_free_ids_loses_nothing(self, store: Store) -> None:
        table = store.table("t")
        assert table.insert_multiple([{"n": 0}, Document({"n": 1}, doc_id=2), {"n": 2}]) == [1, 2, 3]
        assert [row["n"] for row in table] == [0, 1, 2]

    def test_what_is_returned_is_detached_from_the_cache(self, store: Store) -> None:
        table = store.table("t")
        given = {"tags": ["a"], "stats": {"deep": [1]}}
        table.insert(given)
        given["tags"].append("b")  # type: ignore[attr-defined]
        for found in (table.all()[0], table.search(where("tags").any(["a"]))[0], table.get(doc_id=1)):
            assert found == {"tags": ["a"], "stats": {"deep": [1]}}
            assert found is not None
            found["tags"].append("c")
            found["stats"]["deep"].clear()
        assert table.get(doc_id=1) == {"tags": ["a"], "stats": {"deep": [1]}}

    def test_the_cache_holds_what_a_new_reader_would_find(self, store: Store, path: Path) -> None:
        store.table("t").insert({"pair": (1, 2), 3: "three"})  # type: ignore[dict-item]
        assert store.table("t").all() == Store(path).table("t").all() == [{"pair": [1, 2], "3": "three"}]


class TestPut:
    def test_replaces_by_key_and_inserts_the_rest(self, store: Store) -> None:
        store.put("tickets", "id", [{"id": 1, "old": True}, {"id": 2}])
        assert store.put("tickets", "id", [{"id": 1, "new": True}, {"id": 3}, {"id": 3, "last": True}]) == [
            1,
            3,
            3,
        ]
        assert store.table("tickets").all() == [{"id": 1, "new": True}, {"id": 2}, {"id": 3, "last": True}]

    def test_ten_thousand_documents_in_one_go(self, store: Store, path: Path) -> None:
        rows = [{"id": number, "subject": "Emissão de NF-e"} for number in range(10_000)]
        store.put("tickets", "id", rows)
        store.put("tickets", "id", [{"id": number, "subject": "outro"} for number in range(0, 10_000, 40)])
        again = Store(path).table("tickets")
        assert len(again) == 10_000
        assert again.count(where("subject") == "outro") == 250

    def test_a_document_without_the_key_stores_nothing(self, store: Store) -> None:
        with pytest.raises(KeyError):
            store.put("t", "id", [{"id": 1}, {"n": 2}])
        assert store.table("t").all() == []


class TestSeveralConnections:
    def test_each_sees_what_the_other_wrote_at_once(self, store: Store, path: Path) -> None:
        other = Store(path)
        query = where("status") == 2
        assert store.table("t").search(query) == []
        assert other.table("t").insert({"status": 2}) == 1
        assert store.table("t").search(query) == [{"status": 2}]
        assert store.table("t").insert({"status": 2}) == 2
        other.table("t").upsert(Document({"status": 3}, doc_id=2))
        assert store.table("t").search(query) == [{"status": 2}]
        other.table("t").remove(query)
        assert store.table("t").get(doc_id=1) is None

    def test_threads_of_one_process_share_a_store(self, store: Store) -> None:
        table = store.table("t")

        def write(who: int) -> None:
            for n in range(50):
                table.insert({"who": who, "n": n})
                assert table.search(where("who") == who)[-1]["n"] == n

        threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted((row["who"], row["n"]) for row in table) == [
            (w, n) for w in range(4) for n in range(50)
        ]
        assert sorted(row.doc_id for row in table) == list(range(1, 201))


class TestTransactions:
    def test_all_or_nothing_over_several_tables(self, store: Store, path: Path) -> None:
        store.table("a").insert({"n": 0})
        with pytest.raises(ZeroDivisionError):
            interrupted(store, {"n": 1}, {"n": 2})
        for reader in (store, Store(path)):
            assert reader.table("a").all() == [{"n": 0}]
            assert reader.table("b").all() == []

    def test_an_inner_failure_that_is_caught_undoes_the_inner_part_only(
        self, store: Store, path: Path
    ) -> None:
        with store.transaction():
            store.table("a").insert({"n": 1})
            with pytest.raises(ZeroDivisionError):
                interrupted(store, {"n": 2})
            assert store.table("a").all() == [{"n": 1}]
            store.table("a").insert({"n": 3})
        assert Store(path).table("a").all() == store.table("a").all() == [{"n": 1}, {"n": 3}]

    def test_after_sqlite_gave_up_nothing_more_is_written(self, store: Store) -> None:
        def write() -> None:
            with store.transaction():
                store.table("a").insert({"n": 1})
                store._rows._connection.execute("ROLLBACK")  # what SQLite does by itself on some full disks
                store.table("a").insert({"n": 2})

        with pytest.raises(StoreError, match="uma gravação falhou antes desta"):
            write()
        assert store.table("a").all() == []


class TestText:
    @pytest.mark.parametrize("text", ["\ud83d", "x\ude00y", "\udfff \ud800"])
    def test_lone_surrogates_become_replacement_characters(self, store: Store, path: Path, text: str) -> None:
        store.table("t").insert({"text": text, text: 1})
        (found,) = Store(path).table("t").all()
        assert found == store.table("t").all()[0]
        assert "\ufffd" in found["text"]
        json.dumps(found, ensure_ascii=False).encode()

    def test_a_split_pair_is_joined_and_other_text_is_untouched(self, store: Store) -> None:
        text = "ação 🙂 \x00\x1b\u202e\n"
        store.table("t").insert({"text": text + "\ud83d\ude42"})
        assert store.table("t").all() == [{"text": text + "🙂"}]


class TestFiles:
    def test_created_0600_in_a_0700_folder_whatever_the_umask(self, path: Path) -> None:
        before = os.umask(0)
        try:
            store = Store(path)
        finally:
            os.umask(before)
        store.table("t").insert({"n": 1})
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
        assert {file.name for file in path.parent.iterdir()} == {
            "plantao.db",
            "plantao.db-wal",
            "plantao.db-shm",
        }

    def test_a_symbolic_link_is_refused(self, tmp_path: Path) -> None:
        link = tmp_path / "plantao.db"
        link.symlink_to(tmp_path / "alvo.db")
        with pytest.raises(StoreError, match="é um link simbólico"):
            Store(link)
        assert not (tmp_path / "alvo.db").exists()

    def test_a_file_that_others_can_read_is_refused_with_the_chmod(self, store: Store, path: Path) -> None:
        store.close()
        path.chmod(0o640)
        with pytest.raises(StoreError, match=rf"modo 0640\): use chmod 600 {path}"):
            Store(path)

    def test_a_folder_that_others_can_write_is_refused(self, tmp_path: Path) -> None:
        folder = tmp_path / "aberta"
        folder.mkdir()
        folder.chmod(0o777)
        with pytest.raises(StoreError, match=f"use chmod 700 {folder}"):
            Store(folder / "plantao.db")

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    def test_what_belongs_to_somebody_else_is_refused(self, store: Store, path: Path) -> None:
        store.close()
        os.chown(path, 65534, 65534)
        with pytest.raises(StoreError, match=r"plantao\.db é de outro usuário"):
            Store(path)
        os.chown(path, 0, 0)
        os.chown(path.parent, 65534, 65534)
        with pytest.raises(StoreError, match="estado é de outro usuário"):
            Store(path)

    def test_a_folder_is_not_a_store(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="não é um arquivo comum"):
            Store(tmp_path)

    def test_a_local_disk_uses_the_log_and_a_network_one_does_not(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert store_files.filesystem(path.parents[1]) != 0
        store = Store(path)
        store.table("t").insert({"n": 1})
        store.close()
        assert journal_of(path) == "wal"
        monkeypatch.setattr(store_files, "filesystem", lambda folder: 0x6969)  # a home that moved to NFS
        moved = Store(path)
        moved.table("t").insert({"n": 2})
        assert not path.with_name("plantao.db-wal").exists()
        assert len(Store(path).table("t")) == 2
        assert journal_of(path) == "delete"


class TestDamage:
    def test_a_file_that_is_no_database_says_where_it_is(self, path: Path) -> None:
        path.parent.mkdir(0o700)
        path.touch(0o600)
        path.write_bytes(b"isto nunca foi um banco de dados " * 100)
        with pytest.raises(StoreError) as caught:
            Store(path)
        assert caught.value.title == "Dados locais danificados"
        assert str(path) in caught.value.message
        assert str(path) in caught.value.way_out

    def test_pages_overwritten_are_told_by_the_check_and_by_the_read(self, store: Store, path: Path) -> None:
        store.table("t").insert_multiple({"n": n, "text": "x" * 400} for n in range(200))
        store.close()
        with path.open("r+b") as file:
            file.seek(3 * 4096)
            file.write(os.urandom(20 * 4096))
        damaged = Store(path)
        with pytest.raises(StoreError, match="está danificado"):
            damaged.check()
        with pytest.raises(StoreError, match="está danificado"):
            damaged.table("t").all()

    def test_a_row_that_is_not_json_names_its_table(self, store: Store, path: Path) -> None:
        store.table("tickets").insert({"n": 1})
        store.check()
        store._rows._connection.execute("UPDATE doc SET body='{'")
        with pytest.raises(StoreError, match=r"está danificado \(tabela tickets\)"):
            Store(path).table("tickets").all()

    def test_another_programs_database_is_not_touched(self, path: Path) -> None:
        path.parent.mkdir(0o700)
        path.touch(0o600)
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE favoritos(url)")
        before = path.read_bytes()
        with pytest.raises(StoreError, match="é de outro programa"):
            Store(path)
        assert path.read_bytes() == before

    def test_a_newer_layout_is_not_touched(self, store: Store, path: Path) -> None:
        store._rows._connection.execute(f"PRAGMA user_version={store_engine.LAYOUT + 1}")
        store.close()
        with pytest.raises(StoreError, match="versão mais nova"):
            Store(path)

    def test_a_closed_store_raises_the_tree_s_own_error(self, store: Store) -> None:
        store.close()
        store.close()
        with pytest.raises(StoreError):
            store.table("t").insert({"n": 1})

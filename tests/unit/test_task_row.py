"""A task as a line and as a sheet, and the strip of views above the list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clients.models.task import CustomField, Named, SubTask, Task, TaskFile, TaskRelation, TaskStatus
from clients.models.task_columns import COLUMNS, TaskColumn
from clients.models.task_history import TaskEvent
from clients.models.task_news import TaskNews
from clients.models.task_reading import Related, TaskReading
from clients.models.task_views import TASK_VIEWS, TaskEntry, TaskView
from tests.support.clock import NOW
from tests.support.tasks import ME, OTHER, entry, task
from widgets.cells import line_width
from widgets.task_head import TaskStrip
from widgets.task_row import (
    TaskColumns,
    TaskRow,
    draw_header,
    draw_news,
    draw_news_header,
    draw_task,
    longest_told,
)
from widgets.task_text import task_lines

NEWS = TaskNews(
    task_id=7,
    subject="Etiqueta",
    lines=("comentou", "concluída por Otávio Prado"),
    at=NOW - timedelta(hours=2),
)


def row(of: TaskEntry, width: int = 120, columns: tuple[TaskColumn, ...] = COLUMNS) -> str:
    wanted = TaskColumns.for_width(width, columns, 3)
    return "".join(piece.text for piece in draw_task(TaskRow(of.id, of, None), wanted, NOW))


@pytest.mark.parametrize("width", [40, 60, 77, 90, 117, 160])
def test_every_line_is_as_wide_as_the_list(width: int) -> None:
    columns = TaskColumns.for_width(width, COLUMNS, 3)
    late = TaskRow(7, entry(7, due=date(2026, 3, 1), blocked_by=(8, 9)), NEWS)
    lines = [draw_task(late, columns, NOW), draw_news(late, columns, NOW)]
    assert {line_width(line) for line in lines} == {width}
    assert {line_width(draw(columns)) for draw in (draw_header, draw_news_header)} == {width + 1}
    gone = TaskRow(7, None, NEWS)
    assert draw_task(gone, columns, NOW) == draw_news(gone, columns, NOW)


def test_a_column_goes_before_the_title_has_no_room_and_none_is_there_twice() -> None:
    assert [*TaskColumns.for_width(60, COLUMNS, 3).others] == ["situacao"]
    assert [*TaskColumns.for_width(40, COLUMNS, 3).others] == []
    assert [*TaskColumns.for_width(200, ("prazo", "papel", "prazo"), 3).others] == ["prazo", "papel"]


def test_what_a_column_says_is_said_whole_where_there_is_room_and_takes_no_more() -> None:
    waiting = TaskStatus(id=9, name="Aguardando o cliente")
    mine = entry(7, assigned=ME)
    mine = mine.model_copy(update={"task": mine.task.model_copy(update={"status": waiting})})
    rows = [TaskRow(one.id, one, None) for one in (mine, entry(8))]
    told = longest_told(rows, ("situacao", "prazo", "com"), NOW)
    assert told == {"situacao": 20, "com": 7}, "nothing is said of when they are due"
    wide = TaskColumns.for_width(77, told, 3, told)
    assert wide.others == {"situacao": 20, "com": 7}
    assert "Aguardando o cliente" in "".join(piece.text for piece in draw_task(rows[0], wide, NOW))
    assert TaskColumns.for_width(60, told, 3, told).others == {"situacao": 14, "com": 7}
    people: dict[TaskColumn, int] = {"situacao": 20, "com": 16}
    assert TaskColumns.for_width(69, people, 3, people).others == {"situacao": 20, "com": 10}
    assert TaskColumns.for_width(77, people, 3, people).others == {"situacao": 20, "com": 15}
    assert longest_told([TaskRow(7, None, NEWS)], COLUMNS, NOW) == {}


def test_what_matters_is_said_in_words_and_signs() -> None:
    late = row(entry(7, assigned=ME, due=date(2026, 3, 1), blocked_by=(8, 9)))
    assert "(espera 8, 9) Erro ao emitir" in late
    assert "▲ 01/03" in late
    assert "você" in late
    assert "0h00" in late
    done = row(entry(7, status=5, due=date(2026, 3, 1), closed=timedelta(hours=1), hours=None))
    assert "✓ Fechada" in done
    assert "▲" not in done
    assert "ninguém" in done


def test_a_change_on_its_way_is_said_by_a_sign_in_the_row_and_in_words_beside_it() -> None:
    waiting = entry(7, assigned=ME).model_copy(update={"on_its_way": True})
    assert row(waiting).startswith("…   7 ")
    assert draw_task(TaskRow(7, waiting, NEWS), TaskColumns.for_width(77, COLUMNS, 3), NOW)[0].text == "… "
    lines = task_lines(TaskReading(task(7)), waiting, None, NOW, 60)
    sheet = ["".join(piece.text for piece in line) for line in lines]
    assert " … mudança a caminho; abaixo, como ainda está" in sheet
    assert not row(entry(7)).strip().startswith("…")


def test_any_column_can_be_asked_for() -> None:
    every: tuple[TaskColumn, ...] = ("prioridade", "autor", "feito", "versao", "papel", "tipo", "projeto")
    of = entry(
        7, author=ME, priority=4, done_ratio=40, fixed_version=Named(id=1, name="2026.2"), watched=True
    )
    shown = row(of, 200, every)
    assert all(word in shown for word in ("Urgente", "você", "40%", "2026.2", "criada por", "Bug", "ERP"))


def test_news_say_what_happened_and_when_until_they_were_seen() -> None:
    columns = TaskColumns.for_width(117, COLUMNS, 3)
    unread = "".join(piece.text for piece in draw_news(TaskRow(7, None, NEWS), columns, NOW))
    assert unread.startswith("✱   7 Etiqueta")
    assert "concluída por Otávio Prado · comentou" in unread
    assert unread.endswith(" 2 h")
    seen = NEWS.model_copy(update={"unread": False})
    assert "✱" not in "".join(piece.text for piece in draw_news(TaskRow(7, None, seen), columns, NOW))


class TestSheet:
    def text(self, reading: TaskReading, of: TaskEntry | None = None, width: int = 60) -> str:
        lines = list(task_lines(reading, of, NEWS if of else None, NOW, width))
        assert all(line_width(line) <= width for line in lines)
        return "\n".join("".join(piece.text for piece in line) for line in lines)

    def reading(self, of: Task) -> TaskReading:
        return TaskReading(of, as_of=NOW, tickets=(4102,))

    def test_says_what_it_is_and_what_is_new(self) -> None:
        fields = (
            CustomField(id=1, name="Freshdesk", values=("4102",)),
            CustomField(id=3, name="Cliente", values=("Papelaria Lume",)),
        )
        of = task(
            7,
            author=ME,
            hours=1.5,
            estimated_hours=4.0,
            custom_fields=fields,
            description="Um.\n\nDois.",
            watchers=(Named(id=OTHER, name="Otávio Prado"),),
            attachments=(TaskFile(id=1, filename="tela.png", filesize=34_000),),
        )
        text = self.text(self.reading(of), entry(7, author=ME, blocked_by=(8,)))
        wanted: tuple[str, ...]
        wanted = ("✱ concluída por Otávio Prado · comentou, há 2 h", "▲ pela nº 8, ainda aberta", "ninguém")
        wanted += (
            "1h30 de 4h00 estimadas",
            "#4102",
            "Cliente: Papelaria Lume",
            "Um.",
            "tela.png · 34 KB",
        )
        wanted += ("criada por você", "observam    Otávio Prado", "Nada aconteceu ainda.")
        assert [word for word in wanted if word not in text] == []
        assert "Freshdesk:" not in text

    @pytest.mark.parametrize("width", [36, 46, 79])
    def test_fits_whatever_the_room(self, width: int) -> None:
        long = "palavra " * 60 + "x" * 200
        of = task(7, subject=long, description=long, attachments=(TaskFile(id=1, filename="y" * 99),))
        self.text(replace(self.reading(of), tickets=tuple(range(4000, 4040))), entry(7), width)

    def test_counts_what_lies_below_it_by_tracker(self) -> None:
        below = (
            task(8, hours=1.5, subject="Tela nova", estimated_hours=2.0),
            task(9, hours=0.5, status=5, subject="Relatório", tracker=Named(id=2, name="Funcionalidade")),
        )
        children = tuple(SubTask(id=one.id, subject=one.subject) for one in below)
        hidden = SubTask(id=10, subject="Reservada")
        of = self.reading(task(7, children=(*children, hidden)))
        text = self.text(replace(of, children=below))
        assert "2 tarefas · 1 aberta · 2h00 de 2h00" in text
        assert "Bug: 1 tarefa · 1 aberta · 1h30" in text
        assert "Funcionalidade: 1 tarefa · 0 abertas · 0h30" in text
        assert " 9 ✓ Fechada · ninguém · 0h30 · Relatório" in text
        assert " 10 Reservada" in text

    def test_names_the_tasks_that_are_tied_to_it(self) -> None:
        relations = (TaskRelation(id=1, issue_id=8, issue_to_id=7, relation_type="blocks"),)
        related = (Related("bloqueada por", 8, task(8, assigned=OTHER)), Related("precede", 9, None))
        text = self.text(replace(self.reading(task(7, relations=relations)), related=related))
        assert "bloqueada por 8 Nova · Otávio Prado · Erro ao emitir" in text
        assert "precede 9 você não vê esta tarefa" in text

    def test_tells_its_history_newest_first_and_what_is_private(self) -> None:
        def event(number: int, notes: str = "", *, private: bool = False) -> TaskEvent:
            at = NOW - timedelta(hours=9 - number)
            changes = (f"Situação: {number} → {number + 1}",)
            return TaskEvent(number, "Otávio Prado", OTHER, at, changes, notes, private, frozenset())

        events = (event(1, "Primeira.\nLinha."), event(2, "Só nossa.", private=True))
        text = self.text(replace(self.reading(task(7)), events=events))
        assert text.index("Situação: 2 → 3") < text.index("Situação: 1 → 2")
        assert "NOTA PRIVADA ┃ Só nossa." in text
        assert "  │ Primeira.\n  │ Linha." in text

    def test_says_that_it_is_being_read(self) -> None:
        assert "↻ lendo…" in self.text(TaskReading(task(7)))


class TestStrip:
    def line(self, width: int, current: str = "minhas", counted: int = 12) -> str:
        strip = TaskStrip()
        strip.tell(TASK_VIEWS, current, {view.id: counted for view in TASK_VIEWS[:3]})
        line = strip.lay_out(width)
        assert line_width(line) <= width + 1
        return "".join(piece.text for piece in line)

    def test_is_as_full_as_there_is_room_for(self) -> None:
        assert "criadas por mim 12" in self.line(117)
        assert "criadas 12" in self.line(78)
        assert "bloq." not in self.line(40)

    def test_knows_no_number_of_what_was_not_read(self) -> None:
        strip = TaskStrip()
        strip.tell(TASK_VIEWS, "minhas", {})
        told = "".join(piece.text for piece in strip.lay_out(117))
        assert "[minhas ?]" in told
        assert "0" not in told

    @pytest.mark.parametrize("view", TASK_VIEWS)
    @pytest.mark.parametrize("width", [24, 40, 78, 117])
    def test_always_shows_where_one_is(self, view: TaskView, width: int) -> None:
        assert "[" in self.line(width, view.id)

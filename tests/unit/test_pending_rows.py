"""The lines of Pendências: what a refused step would have sent is there, what was done says that it was."""

from collections.abc import Sequence

from clients.models.fields import Vocabulary
from tests.support.clock import NOW
from tests.support.tasks import task
from tui.flows.task_texts import note_edit
from tui.flows.tasks import Watch, edit_step, watch_step
from tui.intent import Intent, State, Step
from tui.screens.pending import pending_rows
from widgets.pending_pane import PendingRow, in_full

NOTE = "O cliente confirmou.\nPode publicar."


def rows(steps: Sequence[tuple[Step, State]]) -> list[PendingRow]:
    intents = tuple(
        Intent(
            op_id=f"{seq}",
            workflow="w",
            seq=seq,
            kind=step.kind,
            target=step.target,
            payload=dict(step.payload),
            state=state,
            evidence="o servidor recusou" if state is State.PLANNED else "",
            planned_at=NOW,
        )
        for seq, (step, state) in enumerate(steps)
    )
    return list(pending_rows(intents, Vocabulary()))


def test_a_refused_note_is_there_to_be_read_and_copied() -> None:
    _, row = rows([(edit_step(note_edit(task(12), NOTE, private=False)), State.PLANNED)])
    assert row.sends == NOTE
    assert in_full(row) == "Tarefa 12 · nota\no servidor recusou\n│ O cliente confirmou.\n│ Pode publicar."


def test_what_was_done_says_so_and_what_waits_does_not() -> None:
    watch = watch_step(Watch(task_id=12, user_id=5, observe=True))
    note = edit_step(note_edit(task(12), NOTE, private=False))
    _, done, waiting = rows([(watch, State.DONE), (note, State.PLANNED)])
    assert (done.mark, done.about) == ("✓", "feito")
    assert (waiting.mark, waiting.about) == ("✖", "")

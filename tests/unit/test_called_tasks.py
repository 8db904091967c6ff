"""Tasks that were called by their number stand among those of the lists."""

from clients.models.feed import Feed
from clients.models.task_views import TASK_VIEWS
from tests.support.clock import NOW
from tests.support.tasks import ME, entry
from tui.called_tasks import CalledTasks
from widgets.task_listing import CALLED, counts_of, rows_of


def test_a_desk_on_which_none_was_called_has_the_very_same_feed() -> None:
    feed = Feed((entry(1, assigned=ME),), as_of=NOW)
    assert CalledTasks().among(feed) is feed


def test_a_called_task_is_in_its_own_view_and_in_no_other() -> None:
    called = CalledTasks()
    called.call(entry(7))
    feed = called.among(Feed((entry(1, assigned=ME),), as_of=NOW))
    assert [one.id for one in feed.items] == [1, 7]
    counts = counts_of((*TASK_VIEWS, CALLED), feed.items, (), NOW)
    assert {view for view, count in counts.items() if count} == {"minhas", "sem_horas", "buscadas"}
    assert [row.id for row in rows_of(CALLED, feed.items, (), NOW)] == [7]


def test_once_the_lists_have_it_theirs_counts_and_one_still_comes_back_to_it() -> None:
    called = CalledTasks()
    called.call(entry(7, subject="como era"))
    feed = called.among(Feed((entry(7, subject="como é", watched=True),), as_of=NOW))
    (one,) = feed.items
    assert (one.task.subject, one.watched, one.called) == ("como é", True, True)
    assert 7 in called


def test_called_again_it_is_as_it_was_read_last() -> None:
    called = CalledTasks()
    called.call(entry(7, subject="como era"))
    called.call(entry(7, subject="como é"))
    assert [one.task.subject for one in called.among(Feed()).items] == ["como é"]

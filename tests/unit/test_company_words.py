import pytest

from tui.company_words import advice, company_words
from tui.presence import Colleague


def there(*logins: str) -> list[Colleague]:
    """Colleagues; the one called "eu" is another session of one's own."""
    return [Colleague(login=login, pid=number, mine=login == "eu") for number, login in enumerate(logins, 7)]


@pytest.mark.parametrize(
    ("logins", "said", "advised"),
    [
        ((), "", ""),
        (("ana",), "ana também está neste ticket", "combinem quem responde"),
        (("ana", "ana"), "ana também está neste ticket", "combinem quem responde"),
        (("bruno", "ana"), "ana e bruno também estão neste ticket", "combinem quem responde"),
        (("c", "b", "a", "d"), "a, b e mais 2 também estão neste ticket", "combinem quem responde"),
        (("eu",), "você também está neste ticket em outra sessão (processo 7)", "feche uma das duas"),
        (
            ("ana", "eu"),
            "ana também está neste ticket, e você em outra sessão (processo 8)",
            "combinem quem responde",
        ),
    ],
)
def test_who_else_is_there_and_what_to_do_about_it(logins: tuple[str, ...], said: str, advised: str) -> None:
    assert company_words(there(*logins)) == said
    assert advice(there(*logins)) == advised

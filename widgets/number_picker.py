"""Going to something by its number: what was opened lately, shorter at every letter, and the number typed."""

from collections.abc import Callable, Sequence

from .picker import TALLEST, Pick, Picker


class NumberPicker(Picker):
    """A picker whose first row is what was typed, where that can be gone to."""

    HELP = """\
Digite o número de um ticket, tarefa ou chamado, ou cole um link do Freshdesk ou do Redmine:
4102 procura nos três; t3017 só a tarefa; c12 só o chamado.
Sem número, a lista é o que foi aberto há pouco; algumas letras a diminuem."""
    PLACEHOLDER = "número, t3017, c12 ou link"
    NOTHING_YET = ("Nada aberto há pouco.", "Digite um número, ou cole um link.")
    EMPTY = ("Nada aberto há pouco com isso.", "Digite um número, ou cole um link.")

    def __init__(self, title: str, recent: Sequence[Pick], offer: Callable[[str], Pick | None]) -> None:
        """``offer`` makes a choice of what is typed; None where it is none."""
        super().__init__(title, recent)
        self._offer = offer
        self._list.styles.height = max(4, min(TALLEST, len(recent) + 1))

    def search(self, letters: str) -> None:
        """What was typed, then what of the recent has it."""
        self._list.explain(*(self.EMPTY if letters.strip() else self.NOTHING_YET))
        typed = self._offer(letters)
        rows = self.matching(letters)
        self._list.set_rows([typed, *rows] if typed is not None else rows)
        self._list.move_to(0)

"""The yardstick: what Textual itself costs. Header, Footer, DataTable of 100 rows."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header


class BareApp(App[None]):
    """Nothing but Textual's own widgets."""

    BINDINGS = [("q", "quit", "Sair")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("id", "cliente", "assunto", "tipo", "situação", "dono")
        for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 100):
            subject = f"Erro ao emitir nota {number}"
            table.add_row(f"#{number}", f"Cliente {number % 12}", subject, "Bug", "Aberto", "Ana")
        table.focus()


if __name__ == "__main__":
    BareApp().run()

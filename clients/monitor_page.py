"""The status page of the services: how its markup is read. What cannot be read is unknown, never green."""

# selectolax is imported on use: settings need the rules, not the parser
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from .errors import SettingsError, SourceError
from .models.page_rules import WRITTEN_AS, PageRules
from .models.service import Service, ServiceState
from .models.service_reading import worst_of
from .monitor_marks import Verdict, evidence_of, judge
from .monitor_notes import Notes
from .tables import moment_in, read_moment

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MAX_ROWS = 5_000


class Page:
    """A fetched page, to be asked for its services."""

    def __init__(self, html: str, where: str, rules: PageRules, notes: Notes | None = None) -> None:
        """``notes`` is told what was found, and what decided."""
        from selectolax.lexbor import LexborHTMLParser

        self._tree: LexborHTMLParser = LexborHTMLParser(html)
        self._where = where
        self._rules = rules
        self._notes = notes or Notes()
        for table in self._tree.css("table"):
            _unmerge(table)

    def services(self) -> tuple[Service, ...]:
        """Return the services, the worst where one is listed twice.

        `SourceError` names the selector that found nothing: an empty board would look like a green one.
        """
        chosen = self._select(self._rules.row, "row")
        rows = [row for row in chosen if _is_data(row)]
        for _ in range(len(chosen) - len(rows)):
            self._notes.left_out("linha de cabeçalho")
        if not rows:
            raise self._nothing("row", self._rules.row)
        self._notes.sought(WRITTEN_AS["row"], self._rules.row, len(rows))
        read = [*(self._read_matrix(rows) if self._rules.layout == "matrix" else self._read_list(rows))]
        found = worst_of(read)
        if not found:
            raise self._nothing("row", self._rules.row)
        for _ in range(len(read) - len(found)):
            self._notes.left_out("repetida na página: vale a pior")
        return found

    def next_address(self) -> str:
        """Return what the page's link to its next one says, as written; empty where there is none."""
        if not self._rules.next:
            return ""
        links = self._select(self._rules.next, "next")
        self._notes.sought(WRITTEN_AS["next"], self._rules.next, len(links))
        return next((href for link in links if (href := (link.attributes.get("href") or "").strip())), "")

    # -- one row per service ---------------------------------------------------------------------------

    def _read_list(self, rows: list["LexborNode"]) -> Iterator[Service]:
        rules = self._rules
        for name, selector in (("client", rules.client), ("service", rules.service), ("state", rules.state)):
            if not any(self._found(row, selector, name) for row in rows):
                raise self._nothing(name, selector)
        checked = self._checked_at()
        client = ""
        for row in rows:
            self._notes.row()
            client = _text(self._cell(row, rules.client, "client")) or client
            service = _text(self._cell(row, rules.service, "service"))
            cell = self._cell(row, rules.state, "state")
            if not service and cell is None:
                self._notes.left_out("só diz o cliente das de baixo")
                continue
            verdict = self._judge(cell, row)
            since_text = _text(self._cell(row, rules.since, "since"))
            since = read_moment(since_text)
            untold = f"desde {since_text}" if since_text and since is None else ""
            if not client or not service:
                verdict = _doubted(verdict, f"sem {'o serviço' if client else 'o cliente'} na linha")
            self._notes.judged(verdict.state, verdict.mark or verdict.note)
            yield Service(
                client=client or "?",
                service=service or "?",
                kind=_text(self._cell(row, rules.kind, "kind")),
                state=verdict.state,
                since=since,
                last_check=checked,
                note=_joined(_text(self._cell(row, rules.note, "note")), untold, verdict.note),
            )

    # -- clients as rows, services as columns ----------------------------------------------------------

    def _read_matrix(self, rows: list["LexborNode"]) -> Iterator[Service]:
        rules = self._rules
        headers = self._select(rules.header, "header")
        if not headers:
            raise self._nothing("header", rules.header)
        header = headers[0]
        self._notes.sought(WRITTEN_AS["header"], rules.header, len(headers))
        names = [_text(cell) for cell in _children(header)]
        if not any(self._found(row, rules.client, "client") for row in rows):
            raise self._nothing("client", rules.client)
        checked = self._checked_at()
        absent = {text.casefold() for text in rules.absent}
        for row in rows:
            self._notes.row()
            named = self._cell(row, rules.client, "client")
            client = _text(named)
            for column, cell in enumerate(_children(row)):
                if named is not None and cell.mem_id == named.mem_id:
                    continue
                if _text(cell).casefold() in absent:
                    self._notes.left_out("célula que diz que o cliente não tem o serviço")
                    continue
                name = names[column] if column < len(names) else ""
                verdict = self._judge(cell, None)
                if not name or not client:
                    verdict = _doubted(verdict, f"sem {'cabeçalho' if client else 'o cliente'} na célula")
                self._notes.judged(verdict.state, verdict.mark or verdict.note)
                yield Service(
                    client=client or "?",
                    service=name or f"coluna {column + 1}",
                    state=verdict.state,
                    last_check=checked,
                    note=verdict.note,
                )

    # -- cells -----------------------------------------------------------------------------------------

    def _judge(self, cell: "LexborNode | None", row: "LexborNode | None") -> Verdict:
        """Judge by the cell; where it bears no known mark, by the row's own class and colour.

        A row marked as fine makes nothing green beside a word that is not understood.
        """
        if cell is None:
            return Verdict(ServiceState.UNKNOWN, "sem célula de situação")
        ok, fail = self._rules.ok, self._rules.fail
        text = _visible_text(cell)
        by_cell = judge(evidence_of(_visible_attributes(cell), text), ok, fail)
        by_row = judge(evidence_of([row.attributes] if row is not None else []), ok, fail)
        if not by_row.marked:
            return by_cell
        if not by_cell.marked:
            return by_row if by_row.state is not ServiceState.OK or not text else by_cell
        if by_cell.state is not by_row.state:
            return Verdict(ServiceState.UNKNOWN, "marcas contraditórias: a da linha e a da célula")
        return by_cell

    def _checked_at(self) -> datetime | None:
        if not self._rules.checked_at:
            return None
        places = self._select(self._rules.checked_at, "checked_at")
        self._notes.sought(WRITTEN_AS["checked_at"], self._rules.checked_at, len(places))
        place = next(iter(places), None)
        return moment_in(_text(place))

    def _cell(self, row: "LexborNode", selector: str, name: str) -> "LexborNode | None":
        cell = self._found(row, selector, name)
        if selector:
            self._notes.sought(WRITTEN_AS[name], selector, int(cell is not None))
        return cell

    def _found(self, row: "LexborNode", selector: str, name: str) -> "LexborNode | None":
        return next(iter(self._css(row, selector, name)), None) if selector else None

    def _select(self, selector: str, name: str) -> list["LexborNode"]:
        root = self._tree.root
        return self._css(root, selector, name) if root is not None else []

    def _css(self, node: "LexborNode", selector: str, name: str) -> list["LexborNode"]:
        from selectolax.lexbor import SelectolaxError

        try:
            return node.css(selector)
        except SelectolaxError:
            raise SettingsError(
                f"[monitor.pagina] {WRITTEN_AS[name]} = “{selector}” não é um seletor CSS"
            ) from None

    def _nothing(self, name: str, selector: str) -> SourceError:
        self._notes.sought(WRITTEN_AS[name], selector, 0)
        return SourceError(
            f"{self._where}: o seletor {WRITTEN_AS[name]} = “{selector}” não encontrou nada",
            title="Página de serviços ilegível",
            way_out="Ajuste os seletores em [monitor.pagina], na configuração.",
        )


def _unmerge(table: "LexborNode") -> None:
    """Repeat cells that span rows in each of their rows, so that every row tells its client."""
    rows = table.css("tr")[:_MAX_ROWS]
    for index, row in enumerate(rows):
        for column, cell in enumerate(_children(row)):
            span = cell.attributes.get("rowspan") or "1"
            if not span.isdecimal() or len(span) > 4 or int(span) < 2:
                continue
            del cell.attrs["rowspan"]
            for below in rows[index + 1 : index + int(span)]:
                beside = _children(below)
                if column < len(beside):
                    beside[column].insert_before(cell)
                else:
                    below.insert_child(cell)


def _is_data(row: "LexborNode") -> bool:
    cells = _children(row)
    return not cells or any(cell.tag != "th" for cell in cells)


def _children(row: "LexborNode") -> list["LexborNode"]:
    return list(row.iter())


def _text(node: "LexborNode | None") -> str:
    return _visible_text(node) if node is not None else ""


def _visible_text(node: "LexborNode") -> str:
    return " ".join("".join(_texts(node)).split())


def _texts(node: "LexborNode") -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif not _is_hidden(child):
            yield from _texts(child) if child.tag != "br" else " "


def _visible_attributes(node: "LexborNode") -> Iterator[dict[str, str | None]]:
    yield node.attributes
    for child in node.iter():
        if not _is_hidden(child):
            yield from _visible_attributes(child)


def _is_hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    style = "".join((attributes.get("style") or "").casefold().split())
    return "hidden" in attributes or "display:none" in style or node.tag in ("script", "style", "template")


def _doubted(verdict: Verdict, why: str) -> Verdict:
    """Return a verdict on something whose name is missing: a failure stays one, green does not."""
    state = ServiceState.FAIL if verdict.state is ServiceState.FAIL else ServiceState.UNKNOWN
    return replace(verdict, state=state, note=why, mark="")


def _joined(*notes: str) -> str:
    return " · ".join(note for note in notes if note)

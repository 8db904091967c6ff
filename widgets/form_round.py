"""The round from finding to finding: each once, though mending one moves or removes others."""

from collections.abc import Callable, Sequence

from clients.models.finding import Finding

from .form_field import WEIGHT

Place = Callable[[Finding], int]


def finding_order(finding: Finding) -> tuple[int, bool, int]:
    """Sort key within a field: the heaviest first, those about all of it, then as they stand in the text."""
    end = finding.span[1] if finding.span else 0
    return WEIGHT[finding.severity], finding.span is not None, end


class FormRound:
    """Knows which finding was gone to last. It may be mended by the next key."""

    def __init__(self, place: Place) -> None:
        """``place`` is the number of the field at which a finding is shown, from the top."""
        self._place = place
        self._last: Finding | None = None
        self._seen: set[str] = set()
        """Rules gone to in the field of the last one."""

    def went_to(self, finding: Finding) -> None:
        """Go on from there."""
        if self._last is None or self._place(self._last) != self._place(finding):
            self._seen.clear()
        self._last = finding
        self._seen.add(finding.rule)

    def step(self, ordered: Sequence[Finding], here: int, cursor: int) -> int:
        """Go on from the field ``here``, its text cursor at ``cursor``: index of the finding to go to.

        ``ordered`` is by severity, then by field and `finding_order`: what blocks is gone through first, then
        what warns, each from the top; after the last one comes the first.
        """
        found = next((index for index, each in enumerate(ordered) if self._ahead(each, here, cursor)), None)
        if found is None:
            self._seen.clear()
        self.went_to(ordered[found or 0])
        return found or 0

    def _ahead(self, finding: Finding, here: int, cursor: int) -> bool:
        place, last = self._place(finding), self._last
        weight = WEIGHT[finding.severity] - (WEIGHT[last.severity] if last else -1)
        if last is None or weight:
            return weight > 0
        if place != here or self._place(last) != here:
            return place >= here
        if finding == last:
            return False
        if finding.span is None:
            return last.span is None and finding.rule not in self._seen
        if last.span is None or finding.span[1] > cursor:
            return True
        return finding.span[1] == cursor and finding.rule not in self._seen

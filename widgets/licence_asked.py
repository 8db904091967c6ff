"""What a form knows of the licence of the e-mail that it holds: known, asked for, or worth asking."""

from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from clients.models.licence import LicenceCheck
from clients.models.quality.personal import is_email

from .licence_line import licence_line


@dataclass(frozen=True)
class LicenceAsked:
    """One e-mail, the last answer of the source, and the e-mail that was asked about last."""

    email: str
    check: LicenceCheck | None
    asked: str

    @property
    def known(self) -> LicenceCheck | None:
        """The answer, if it is about the e-mail."""
        same = self.check is not None and self.check.email.casefold() == self.email.casefold()
        return self.check if same else None

    @property
    def is_asking(self) -> bool:
        """Whether it was asked for and not answered."""
        return self.known is None and self.asked == self.email != ""

    def is_worth_asking(self, *, again: bool = False) -> bool:
        """Whether the source can be asked, and (but for ``again``) was not yet."""
        return is_email(self.email) and (again or not (self.email == self.asked or self.known))

    def note(self, now: datetime) -> Content | None:
        """What is said below the field."""
        if self.known is not None:
            return Content.assemble("Licença ", licence_line(self.known, now))
        return Content.styled("… conferindo a licença", "$foreground-muted") if self.is_asking else None

"""What all models share: frozen, blind to unknown keys, tolerant of null lists and odd dates."""

from datetime import UTC, datetime
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

Item = TypeVar("Item")


class Model(BaseModel):
    """A frozen record. Unknown keys are ignored: the remote systems add attributes without notice."""

    # defer_build: a start should not wait for the validators of models that it does not meet
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, defer_build=True)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(_aware)]
"""An instant in UTC; a naive one is read as UTC (contracts of Freshdesk and Redmine)."""


def _null_is_empty(value: object) -> object:
    return () if value is None else value


Nullable = Annotated[tuple[Item, ...], BeforeValidator(_null_is_empty)]
"""A list that the wire may send as null: ``Nullable[SafeText]``."""

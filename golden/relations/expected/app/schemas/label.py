"""API models of labels."""

from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field

from app.schemas.base import InputModel, OutputModel, Page, PageQuery
from app.schemas.types import Line

Name = Annotated[Line, Field(min_length=1, max_length=40)]


class LabelBase(InputModel):
    """What clients decide about one label."""

    name: Name


class LabelCreate(LabelBase):
    """One new label."""


class LabelUpdate(InputModel):
    """Changes to one label: omitted members stay."""

    name: Name | MISSING = MISSING


class LabelRead(OutputModel):
    """A label."""

    id: int
    name: str
    ticket_count: int
    is_used_abroad: bool


class LabelSort(StrEnum):
    """The orders of the list of labels."""

    ID = "id"
    ID_DESC = "-id"


class LabelListQuery(PageQuery):
    """The query of the list of labels."""

    sort: LabelSort = LabelSort.ID


class LabelPage(Page[LabelRead]):
    """One page of labels."""

"""API models of value objects."""

from typing import Annotated

from pydantic import Field

from app.schemas.base import InputModel, OutputModel
from app.schemas.types import Line


class Place(InputModel):
    """A place."""

    street: Annotated[Line, Field(min_length=1, max_length=80)]
    city: Annotated[Line, Field(min_length=1, max_length=80)]


class PlaceRead(OutputModel):
    """A place."""

    street: str
    city: str

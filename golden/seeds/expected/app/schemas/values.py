"""API models of value objects."""

from typing import Annotated

from pydantic import Field

from app.schemas.base import InputModel, OutputModel
from app.schemas.types import Line, Text


class Address(InputModel):
    """An address."""

    street: Annotated[Line, Field(min_length=1, max_length=80)]
    country: Annotated[Line, Field(min_length=2, max_length=2)] = "DE"
    note: Annotated[Text, Field(max_length=100_000)] | None = None


class AddressRead(OutputModel):
    """An address."""

    street: str
    country: str
    note: str | None

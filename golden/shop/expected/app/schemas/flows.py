"""API models of what flows take."""

from typing import Annotated

from pydantic import Field

from app.schemas.base import InputModel
from app.schemas.types import Line


class PayInput(InputModel):
    """What it takes to pay."""

    reference: Annotated[Line, Field(min_length=1, max_length=64)]

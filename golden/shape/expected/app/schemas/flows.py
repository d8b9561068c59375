"""API models of what flows take."""

from typing import Annotated

from pydantic import Field

from app.schemas.base import InputModel
from app.schemas.types import WHOLE, Int


class CountInput(InputModel):
    """What it takes to count."""

    words: Annotated[Int, Field(ge=0, le=100_000), WHOLE]

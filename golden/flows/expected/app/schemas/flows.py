"""API models of what flows take."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.models.enums import Reason
from app.schemas.base import InputModel
from app.schemas.types import WHOLE, Bool, DecimalText, Int


class TransferInput(InputModel):
    """What it takes to transfer."""

    amount: Annotated[
        Decimal, DecimalText(2, r"^(0\.(0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,9}(\.[0-9]{1,2})?)$")
    ]
    reason: Reason | None = None
    urgent: Bool


class RestockInput(InputModel):
    """What it takes to restock."""

    pieces: Annotated[Int, Field(ge=1, le=1000), WHOLE]

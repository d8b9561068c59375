"""API models of what flows take."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.models.enums import Reason
from app.schemas.base import InputModel
from app.schemas.types import WHOLE, Absent, Bool, DecimalText, Int, UtcDatetime


class TransferInput(InputModel):
    """What it takes to transfer."""

    amount: Annotated[
        Decimal, DecimalText(2, r"^(0\.(0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,9}(\.[0-9]{1,2})?)$")
    ]
    reason: Reason | None = None
    urgent: Bool


class FindPayerQuery(InputModel):
    """The query that it takes to find payer."""

    least: Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")] = Field(
        description="What the account holds at least"
    )
    reason: Reason | Absent = Field(
        default=None, description="What it is for", json_schema_extra={"deprecated": True}
    )
    open_only: bool = Field(description="Leave closed ones out", examples=[True])
    since: UtcDatetime | Absent = None


class ReserveInput(InputModel):
    """What it takes to reserve."""

    pieces: Annotated[Int, Field(ge=1, le=1000), WHOLE]


class ReserveQuery(InputModel):
    """The query that it takes to reserve."""

    urgent: bool


class RestockInput(InputModel):
    """What it takes to restock."""

    pieces: Annotated[Int, Field(ge=1, le=1000), WHOLE]

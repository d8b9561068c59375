"""API models of what flows take."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.models.enums import Reason, Tier
from app.schemas.base import InputModel
from app.schemas.types import WHOLE, Absent, Bool, Date, DecimalText, Int, Line, Time, UtcDatetime


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


class OfferQuery(InputModel):
    """The query that it takes to offer."""

    pieces: Annotated[int, Field(ge=1, le=1000)] = 2
    most: Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")] = Field(
        default=Decimal("99.5"), description="What it may cost", examples=["5"]
    )
    tier: Tier = Field(default=Tier.VERY_RARE, description="How rare it may be")
    day: Date = Field(
        default=date.fromisoformat("2026-01-31"), json_schema_extra={"deprecated": True}
    )
    since: UtcDatetime = datetime.fromisoformat("2026-01-31T08:30:00Z")
    at: Time = time.fromisoformat("09:30:00")
    words: Annotated[Line, Field(min_length=1, max_length=40)] = "any"


class RefillInput(InputModel):
    """What it takes to refill."""

    urgent: Bool = False


class RestockInput(InputModel):
    """What it takes to restock."""

    pieces: Annotated[Int, Field(ge=1, le=1000), WHOLE] = 25

"""API models of what flows take."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.models.enums import State
from app.schemas.base import InputModel
from app.schemas.types import WHOLE, AnyLine, Bool, DecimalText, Int, UtcDatetime


class SendInput(InputModel):
    """What it takes to send."""

    least: Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
    note: Annotated[AnyLine, Field(max_length=200)] | None = None
    urgent: Bool
    state: State | None = None
    times: Annotated[Int, Field(ge=0, le=9), WHOLE]
    since: UtcDatetime | None = None

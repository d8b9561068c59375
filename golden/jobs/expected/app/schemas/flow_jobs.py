"""What is stored of flows that are done after the answer."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from app.models.enums import State
from app.schemas.base import OutputModel
from app.schemas.types import Date, DecimalText, UtcDatetime


class FlowJobRead(OutputModel):
    """A flow that is done after the answer."""

    id: UUID


class SendJob(OutputModel):
    """What it takes to send."""

    invoice_id: UUID
    day: Date
    channel: str
    least: Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
    note: str | None
    urgent: bool
    state: State | None
    times: int
    since: UtcDatetime | None
    caller_id: UUID


class RemindJob(OutputModel):
    """What it takes to remind."""

    invoice_id: UUID


class PrintDigestJob(OutputModel):
    """What it takes to print digest."""

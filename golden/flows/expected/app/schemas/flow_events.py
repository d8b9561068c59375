"""What events tell."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from app.models.enums import Reason
from app.schemas.base import OutputModel
from app.schemas.types import DecimalText, UtcDatetime


class MoneyMoved(OutputModel):
    """What ``money.moved`` tells."""

    transfer_id: UUID
    amount: Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]
    reason: Reason | None
    urgent: bool


class AccountClosed(OutputModel):
    """What ``account.closed`` tells."""

    account_id: UUID
    closed_at: UtcDatetime | None
    entries: int


class AccountHandedOver(OutputModel):
    """What ``account.handed_over`` tells."""

    account_id: UUID
    email: str

"""What events tell."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from app.schemas.base import OutputModel
from app.schemas.types import DecimalText


class OrderPlaced(OutputModel):
    """What ``order.placed`` tells."""

    order_id: UUID
    total: Annotated[Decimal, DecimalText(2, r"^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$")]

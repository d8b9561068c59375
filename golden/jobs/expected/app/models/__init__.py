"""ORM models. Importing this package registers every table."""

from app.models.base import Base
from app.models.digest import Digest
from app.models.flow_job import FlowJob
from app.models.idempotency_key import IdempotencyKey
from app.models.invoice import Invoice
from app.models.invoice_state_change import InvoiceStateChange
from app.models.member import Member
from app.models.number_series import NumberSeries
from app.models.outbox_event import OutboxEvent
from app.models.refresh_token import RefreshToken

__all__ = [
    "Base",
    "Digest",
    "FlowJob",
    "IdempotencyKey",
    "Invoice",
    "InvoiceStateChange",
    "Member",
    "NumberSeries",
    "OutboxEvent",
    "RefreshToken",
]

"""Events that are to be delivered."""

from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import JSON, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import utcnow
from app.models.base import Base, UuidKeyMixin


class OutboxEvent(UuidKeyMixin, Base):
    """An event, written in the transaction that it tells of and delivered after it.

    One without a next attempt was delivered or, when it has no ``delivered_at``, given up.
    """

    __tablename__ = "outbox_events"
    __table_args__ = (Index(None, "next_attempt_at", "id"),)

    name: Mapped[str] = mapped_column(String(100))
    payload: Mapped[dict[str, JsonValue]] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql")
    )
    occurred_at: Mapped[datetime] = mapped_column(default=utcnow)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(default=utcnow)
    delivered_at: Mapped[datetime | None] = mapped_column(index=True)

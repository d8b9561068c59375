"""Flows that workers are to do."""

from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import utcnow
from app.models.base import Base, UuidKeyMixin


class FlowJob(UuidKeyMixin, Base):
    """A flow that is to be done: stored in a transaction, and done after it.

    One without a next attempt is over, and its ``outcome`` says how. What starts by itself is
    stored once for each time that it is ``scheduled_for``, however many workers there are.
    """

    __tablename__ = "flow_jobs"
    __table_args__ = (
        UniqueConstraint("name", "scheduled_for"),
        Index(None, "next_attempt_at", "id"),
    )

    name: Mapped[str] = mapped_column(String(100))
    payload: Mapped[dict[str, JsonValue]] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql")
    )
    scheduled_for: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(default=utcnow)
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[str | None] = mapped_column(String(20))

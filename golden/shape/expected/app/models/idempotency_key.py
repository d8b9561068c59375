"""Requests that were answered, and may be sent again."""

from datetime import datetime

from sqlalchemy import JSON, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class IdempotencyKey(Base):
    """What a request with an Idempotency-Key was answered."""

    __tablename__ = "idempotency_keys"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Of the key and of who sent it."""
    request_hash: Mapped[str] = mapped_column(String(64))
    """Of method, address and body."""
    status: Mapped[int] = mapped_column()
    headers: Mapped[dict[str, str]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(index=True)

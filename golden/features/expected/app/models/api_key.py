"""API keys, kept as fingerprints."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, TimestampMixin, UuidKeyMixin

_ACCOUNT = "accounts.id"


class ApiKey(UuidKeyMixin, TimestampMixin, Base):
    """A secret with which a program acts as an account, until it is revoked."""

    __tablename__ = "api_keys"

    user_id: Mapped[UUID] = mapped_column(ForeignKey(_ACCOUNT, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    last_used_at: Mapped[datetime | None] = mapped_column()
    revoked_at: Mapped[datetime | None] = mapped_column()

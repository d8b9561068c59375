"""Refresh tokens, kept as fingerprints and grouped in rotation families."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, TimestampMixin, UuidKeyMixin

_ACCOUNT = "members.id"


class RefreshToken(UuidKeyMixin, TimestampMixin, Base):
    """One link of a rotation chain; using a link twice revokes the whole family."""

    __tablename__ = "refresh_tokens"

    user_id: Mapped[UUID] = mapped_column(ForeignKey(_ACCOUNT, ondelete="CASCADE"), index=True)
    family_id: Mapped[UUID] = mapped_column(index=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column()
    revoked_at: Mapped[datetime | None] = mapped_column()

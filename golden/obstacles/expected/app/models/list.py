"""Lists."""

from sqlalchemy import JSON
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class List(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A list."""

    __tablename__ = "lists"

    list_: Mapped[list[str]] = mapped_column(
        "list", JSON().with_variant(JSONB(), "postgresql"), default=list, server_default="[]"
    )

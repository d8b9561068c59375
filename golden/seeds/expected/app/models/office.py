"""Offices."""

from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from app.core.clock import utctoday
from app.core.column_types import ExactDecimal
from app.core.ids import uuid7
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.values import Address

if TYPE_CHECKING:
    from app.models.country import Country
    from app.models.member import Member
    from app.models.opening import Opening


class Office(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An office."""

    __tablename__ = "offices"
    __table_args__ = (
        CheckConstraint("rent >= 0", name="rent_range"),
        UniqueConstraint("country_code", "city"),
    )

    city: Mapped[str] = mapped_column(String(60))
    address_street: Mapped[str] = mapped_column(String(80), info={"pointer": "/address/street"})
    address_country: Mapped[str] = mapped_column(
        String(2), default="DE", server_default="DE", info={"pointer": "/address/country"}
    )
    address_note: Mapped[str | None] = mapped_column(Text, info={"pointer": "/address/note"})
    rent: Mapped[Decimal] = mapped_column(ExactDecimal(10, 2))
    opened: Mapped[date] = mapped_column(default=utctoday, server_default=text("CURRENT_DATE"))
    hours: Mapped[time] = mapped_column(default=time.fromisoformat("09:00:00"))
    settings: Mapped[JsonValue] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"),
        nullable=False,
        default=dict,
        server_default="{}",
    )
    phones: Mapped[list[str]] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"), default=list, server_default="[]"
    )
    contact: Mapped[str | None] = mapped_column(String(254))
    key: Mapped[UUID] = mapped_column(default=uuid7)
    made_by: Mapped[str] = mapped_column(String(40), default="system", server_default="system")
    country_code: Mapped[str] = mapped_column(
        String(2), ForeignKey("countries.code", ondelete="RESTRICT"), index=True
    )
    manager_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    address: Mapped[Address] = composite("address_street", "address_country", "address_note")

    country: Mapped["Country"] = relationship(lazy="raise")
    manager: Mapped["Member | None"] = relationship(back_populates="offices", lazy="raise")
    openings: Mapped[list["Opening"]] = relationship(
        back_populates="office",
        lazy="raise",
        order_by="[Opening.office_id, Opening.topic_id]",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

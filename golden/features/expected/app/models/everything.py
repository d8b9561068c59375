"""Everythings."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    Double,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, composite, mapped_column

from app.core.clock import utcnow, utctoday
from app.core.column_types import (
    DurationMicroseconds,
    ExactDecimal,
    JsonList,
    JsonOrNull,
    string_enum,
)
from app.core.errors import Invariant
from app.core.ids import uuid7
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import Color, Size, Stage
from app.models.values import Address


class Everything(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An attribute of every type."""

    __tablename__ = "everythings"
    __table_args__ = (
        CheckConstraint("count >= -5 AND count <= 5", name="count_range"),
        CheckConstraint("ratio >= 0 AND ratio <= 1", name="ratio_range"),
        CheckConstraint("tolerance >= 0", name="tolerance_range"),
        CheckConstraint("count < 5 OR ratio >= 0.5", name="small_count"),
        CheckConstraint(
            "reference IS NULL OR stage = 'idea' OR large IS NOT NULL OR color IN ('red', 'green')",
            name="dated",
            info={"invariant": Invariant("dated", "A finished thing has a number.")},
        ),
        CheckConstraint("is_active OR stage = 'done'", name="retired"),
        CheckConstraint("shipping_street IS NULL OR note IS NOT NULL", name="addressed"),
        UniqueConstraint("name", "stage"),
        Index(None, "color", "size"),
        Index(
            None,
            "day",
            "price",
            postgresql_where=text("active AND color <> 'blue'"),
            sqlite_where=text("active AND color <> 'blue'"),
        ),
        Index(None, "stage", "count"),
        Index(
            None,
            "is_active",
            "created_at",
            postgresql_where=text("is_active"),
            sqlite_where=text("is_active"),
        ),
    )

    name: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    note: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    large: Mapped[int | None] = mapped_column(BigInteger)
    ratio: Mapped[float] = mapped_column(Double, default=0.5, server_default=text("0.5"))
    price: Mapped[Decimal] = mapped_column(ExactDecimal(12, 2), default=Decimal("9.9"))
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    day: Mapped[date] = mapped_column(default=utctoday, server_default=text("CURRENT_DATE"))
    start: Mapped[time] = mapped_column(default=time.fromisoformat("08:30:00"))
    moment: Mapped[datetime] = mapped_column(default=utcnow, server_default=func.now())
    length: Mapped[timedelta] = mapped_column(
        DurationMicroseconds, default=lambda: timedelta(hours=1, minutes=30)
    )
    token: Mapped[UUID] = mapped_column(default=uuid7)
    meta: Mapped[JsonValue] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"),
        nullable=False,
        default=dict,
        server_default="{}",
    )
    blob: Mapped[bytes | None] = mapped_column(LargeBinary(1024))
    contact: Mapped[str | None] = mapped_column(String(254))
    link: Mapped[str | None] = mapped_column(String(2048))
    address: Mapped[str | None] = mapped_column(String(45))
    color: Mapped[Color] = mapped_column(
        string_enum(Color, name="color", length=16),
        default=Color.RED,
        server_default=Color.RED.value,
    )
    size: Mapped[Size | None] = mapped_column(string_enum(Size, name="size", length=16))
    stage: Mapped[Stage] = mapped_column(
        string_enum(Stage, name="stage", length=16),
        default=Stage.IDEA,
        server_default=Stage.IDEA.value,
    )
    colors: Mapped[list[Color]] = mapped_column(JsonList(Color), default=list, server_default="[]")
    tags: Mapped[list[str]] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"), default=list, server_default="[]"
    )
    scores: Mapped[list[int] | None] = mapped_column(
        JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    )
    billing_street: Mapped[str] = mapped_column(String(120), info={"pointer": "/billing/street"})
    billing_city: Mapped[str] = mapped_column(String(80), info={"pointer": "/billing/city"})
    billing_country: Mapped[str] = mapped_column(
        String(2), default="DE", server_default="DE", info={"pointer": "/billing/country"}
    )
    billing_note: Mapped[str | None] = mapped_column(Text, info={"pointer": "/billing/note"})
    shipping_street: Mapped[str | None] = mapped_column(
        String(120), info={"pointer": "/shipping/street"}
    )
    shipping_city: Mapped[str | None] = mapped_column(
        String(80), info={"pointer": "/shipping/city"}
    )
    shipping_country: Mapped[str | None] = mapped_column(
        String(2), info={"pointer": "/shipping/country"}
    )
    shipping_note: Mapped[str | None] = mapped_column(Text, info={"pointer": "/shipping/note"})
    legacy: Mapped[str | None] = mapped_column(String(255))
    secret_note: Mapped[str | None] = mapped_column(String(255))
    reference: Mapped[str | None] = mapped_column(String(32), unique=True)
    made_by: Mapped[str] = mapped_column(String(255), default="system", server_default="system")
    nickname: Mapped[str | None] = mapped_column(
        String(40).evaluates_none(), default="thing", server_default="thing"
    )
    due: Mapped[date | None] = mapped_column(
        Date().evaluates_none(), default=utctoday, server_default=text("CURRENT_DATE")
    )
    grade: Mapped[Decimal | None] = mapped_column(
        ExactDecimal(4, 2).evaluates_none(), default=Decimal(1)
    )
    tolerance: Mapped[Decimal] = mapped_column(ExactDecimal(12, 9), default=Decimal("0.00000025"))
    hints: Mapped[JsonValue | None] = mapped_column(JsonOrNull(), default=dict, server_default="{}")
    marks: Mapped[list[int] | None] = mapped_column(
        JsonOrNull(), default=lambda: [1], server_default="[1]"
    )
    moments: Mapped[list[datetime] | None] = mapped_column(
        JsonList(datetime).evaluates_none(), default=list, server_default="[]"
    )
    billing: Mapped[Address] = composite(
        "billing_street", "billing_city", "billing_country", "billing_note"
    )
    shipping: Mapped[Address | None] = composite(
        "shipping_street", "shipping_city", "shipping_country", "shipping_note"
    )

"""Declarative base, and the columns that many models have."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import MetaData, Uuid, func, true
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core.clock import utcnow
from app.core.column_types import UTCDateTime
from app.core.ids import uuid7

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every model."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UTCDateTime(), UUID: Uuid()}


class UuidKeyMixin:
    """A key that is made in advance and grows with time."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-10)


class ActiveMixin:
    """A row that can be switched off."""

    is_active: Mapped[bool] = mapped_column(default=True, server_default=true(), sort_order=10)


class TimestampMixin:
    """When the row was made and last changed."""

    created_at: Mapped[datetime] = mapped_column(
        default=utcnow, server_default=func.now(), sort_order=11
    )
    updated_at: Mapped[datetime] = mapped_column(
        default=utcnow, onupdate=utcnow, server_default=func.now(), sort_order=12
    )

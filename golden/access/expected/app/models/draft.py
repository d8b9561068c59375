"""Drafts."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import TaskState


class Draft(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A draft."""

    __tablename__ = "drafts"

    text: Mapped[str] = mapped_column(Text)
    state: Mapped[TaskState] = mapped_column(
        string_enum(TaskState, name="state", length=16),
        default=TaskState.DRAFT,
        server_default=TaskState.DRAFT.value,
    )
    remark: Mapped[str | None] = mapped_column(String(80))

"""Articles."""

from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.core.errors import Invariant
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import Status

if TYPE_CHECKING:
    from app.models.member import Member
    from app.models.remark import Remark


class Article(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """An article."""

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("words >= 0 AND words <= 100000", name="words_range"),
        CheckConstraint(
            "status <> 'published' OR words > 0",
            name="published_has_words",
            info={
                "invariant": Invariant(
                    "published_has_words",
                    "An article without words is not published.",
                    status=HTTPStatus.UNPROCESSABLE_ENTITY,
                )
            },
        ),
    )

    slug: Mapped[str] = mapped_column(String(200), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    words: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    status: Mapped[Status] = mapped_column(
        string_enum(Status, name="status", length=16),
        default=Status.DRAFT,
        server_default=Status.DRAFT.value,
    )
    author_id: Mapped[UUID] = mapped_column(
        ForeignKey("members.id", ondelete="RESTRICT"), index=True
    )

    author: Mapped["Member"] = relationship(back_populates="articles", lazy="raise")
    remarks: Mapped[list["Remark"]] = relationship(
        back_populates="article",
        lazy="raise",
        order_by="Remark.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

"""Members."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import MemberRole

if TYPE_CHECKING:
    from app.models.article import Article


class Member(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A member."""

    __tablename__ = "members"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    hashed_password: Mapped[str] = mapped_column(String(255))
    role: Mapped[MemberRole] = mapped_column(
        string_enum(MemberRole, name="role", length=16),
        default=MemberRole.MEMBER,
        server_default=MemberRole.MEMBER.value,
    )

    articles: Mapped[list["Article"]] = relationship(
        back_populates="author", lazy="raise", order_by="Article.id", passive_deletes="all"
    )

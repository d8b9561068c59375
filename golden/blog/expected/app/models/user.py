"""Users."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import UserRole

if TYPE_CHECKING:
    from app.models.comment import Comment
    from app.models.post import Post


class User(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A user."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    full_name: Mapped[str | None] = mapped_column(String(120))
    hashed_password: Mapped[str] = mapped_column(String(255))
    role: Mapped[UserRole] = mapped_column(
        string_enum(UserRole, name="role", length=16),
        default=UserRole.MEMBER,
        server_default=UserRole.MEMBER.value,
    )

    posts: Mapped[list["Post"]] = relationship(
        back_populates="author",
        lazy="raise",
        order_by="Post.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    comments: Mapped[list["Comment"]] = relationship(
        back_populates="author",
        lazy="raise",
        order_by="Comment.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

"""People."""

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, composite, mapped_column, query_expression, relationship

from app.core.column_types import ExactDecimal, string_enum
from app.models.article_fans import article_fans
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import PersonRole
from app.models.values import Place

if TYPE_CHECKING:
    from app.models.article import Article
    from app.models.remark import Remark


class Person(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A person."""

    __tablename__ = "people"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    hashed_password: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[PersonRole] = mapped_column(
        string_enum(PersonRole, name="role", length=16),
        default=PersonRole.MEMBER,
        server_default=PersonRole.MEMBER.value,
    )
    home_street: Mapped[str | None] = mapped_column(String(80), info={"pointer": "/home/street"})
    home_city: Mapped[str | None] = mapped_column(String(80), info={"pointer": "/home/city"})
    salary: Mapped[Decimal | None] = mapped_column(ExactDecimal(10, 2))
    home: Mapped[Place | None] = composite("home_street", "home_city")

    articles: Mapped[list["Article"]] = relationship(
        foreign_keys="Article.author_id",
        back_populates="author",
        lazy="raise",
        order_by="Article.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    edited: Mapped[list["Article"]] = relationship(
        foreign_keys="Article.editor_id",
        back_populates="editor",
        lazy="raise",
        order_by="Article.id",
        passive_deletes=True,
    )
    liked: Mapped[list["Article"]] = relationship(
        secondary=article_fans,
        back_populates="fans",
        lazy="raise",
        order_by="Article.id",
        passive_deletes=True,
    )
    remarks: Mapped[list["Remark"]] = relationship(
        back_populates="author",
        lazy="raise",
        order_by="Remark.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    is_me: Mapped[bool] = query_expression()

"""Articles."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from app.models.article_fans import article_fans
from app.models.article_tags import article_tags
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin, VersionMixin

if TYPE_CHECKING:
    from app.models.person import Person
    from app.models.remark import Remark
    from app.models.tag import Tag


class Article(UuidKeyMixin, ActiveMixin, TimestampMixin, VersionMixin, Base):
    """An article."""

    __tablename__ = "articles"

    title: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    body: Mapped[str] = mapped_column(Text)
    section: Mapped[str | None] = mapped_column(String(40))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    editor_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )

    author: Mapped["Person"] = relationship(
        foreign_keys=[author_id], back_populates="articles", lazy="raise"
    )
    editor: Mapped["Person | None"] = relationship(
        foreign_keys=[editor_id], back_populates="edited", lazy="raise"
    )
    tags: Mapped[list["Tag"]] = relationship(
        secondary=article_tags,
        back_populates="articles",
        lazy="raise",
        order_by="Tag.id",
        passive_deletes=True,
    )
    fans: Mapped[list["Person"]] = relationship(
        secondary=article_fans,
        back_populates="liked",
        lazy="raise",
        order_by="Person.id",
        passive_deletes=True,
    )
    remarks: Mapped[list["Remark"]] = relationship(
        back_populates="article",
        lazy="raise",
        order_by="Remark.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def tag_ids(self) -> list[UUID]:
        """Return the keys of its tags, in order."""
        return sorted(tag_row.id for tag_row in self.tags)

    @property
    def fan_ids(self) -> list[UUID]:
        """Return the keys of its people, in order."""
        return sorted(person.id for person in self.fans)

    liked: Mapped[bool] = query_expression()
    mine: Mapped[bool] = query_expression()
    discussed: Mapped[bool] = query_expression()
    if TYPE_CHECKING:
        remark_count: Mapped[int]

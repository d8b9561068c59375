"""Changes of the status of articles."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import utcnow
from app.models.base import Base, UuidKeyMixin


class ArticleStatusChange(UuidKeyMixin, Base):
    """A change of the status of one article."""

    __tablename__ = "article_status_changes"
    __table_args__ = (Index(None, "article_id", "changed_at"),)

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    transition: Mapped[str] = mapped_column(String(100))
    from_state: Mapped[str] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )

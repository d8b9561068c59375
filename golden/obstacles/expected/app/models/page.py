"""Pages."""

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin


class PageEntity(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A page."""

    __tablename__ = "pages"

    page: Mapped[int] = mapped_column(default=1, server_default=text("1"))

"""Changes of the state of invoices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import utcnow
from app.models.base import Base, UuidKeyMixin


class InvoiceStateChange(UuidKeyMixin, Base):
    """A change of the state of one invoice."""

    __tablename__ = "invoice_state_changes"
    __table_args__ = (Index(None, "invoice_id", "changed_at"),)

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoices.id", ondelete="CASCADE"))
    transition: Mapped[str] = mapped_column(String(100))
    from_state: Mapped[str] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )

"""Labels."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, IntKeyMixin
from app.models.ticket_labels import ticket_labels

if TYPE_CHECKING:
    from app.models.ticket import Ticket


class Label(IntKeyMixin, Base):
    """A label."""

    __tablename__ = "labels"

    name: Mapped[str] = mapped_column(String(40), unique=True)

    tickets: Mapped[list["Ticket"]] = relationship(
        secondary=ticket_labels,
        back_populates="labels",
        lazy="raise",
        order_by="Ticket.id",
        passive_deletes=True,
    )
    if TYPE_CHECKING:
        ticket_count: Mapped[int]
        is_used_abroad: Mapped[bool]

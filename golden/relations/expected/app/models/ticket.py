"""Tickets."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, IntKeyMixin, TimestampMixin
from app.models.ticket_labels import ticket_labels

if TYPE_CHECKING:
    from app.models.country import Country
    from app.models.label import Label


class Ticket(IntKeyMixin, TimestampMixin, Base):
    """A ticket."""

    __tablename__ = "tickets"

    subject: Mapped[str] = mapped_column(String(120))
    country_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("countries.code", ondelete="SET NULL"), index=True
    )

    country: Mapped["Country | None"] = relationship(back_populates="tickets", lazy="raise")
    labels: Mapped[list["Label"]] = relationship(
        secondary=ticket_labels,
        back_populates="tickets",
        lazy="raise",
        order_by="Label.id",
        passive_deletes=True,
    )

    @property
    def label_ids(self) -> list[int]:
        """Return the keys of its labels, in order."""
        return sorted(label.id for label in self.labels)

    if TYPE_CHECKING:
        label_count: Mapped[int]
        letters: Mapped[int]
        country_name: Mapped[str]

"""Users."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.column_types import string_enum
from app.models.base import ActiveMixin, Base, TimestampMixin, UuidKeyMixin
from app.models.enums import UserRole

if TYPE_CHECKING:
    from app.models.order import Order


class User(UuidKeyMixin, ActiveMixin, TimestampMixin, Base):
    """A user."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    hashed_password: Mapped[str] = mapped_column(String(255))
    role: Mapped[UserRole] = mapped_column(
        string_enum(UserRole, name="role", length=16),
        default=UserRole.NONE,
        server_default=UserRole.NONE.value,
    )

    order: Mapped[list["Order"]] = relationship(
        back_populates="user", lazy="raise", order_by="Order.id", passive_deletes="all"
    )

    @property
    def lambda_(self) -> int:
        """Lambda."""
        return len(self.email)

    @property
    def cls(self) -> bool:
        """Cls."""
        return self.role is UserRole.NONE

    @property
    def metadata_(self) -> str:
        """Metadata."""
        return self.email if self.role is UserRole.NONE else "none@example.com"

    @property
    def model_fields_(self) -> int:
        """Text that means something: \u0022\u0022\u0022 {{ x }} \u005c."""
        return len(self.email) + 1

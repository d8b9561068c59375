"""Series of numbers."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class NumberSeries(Base):
    """The last number that was given out in a form."""

    __tablename__ = "number_series"

    form: Mapped[str] = mapped_column(String(100), primary_key=True)
    last: Mapped[int] = mapped_column(BigInteger)

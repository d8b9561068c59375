"""Settings."""

from pydantic import JsonValue
from sqlalchemy import JSON, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Setting(Base):
    """A setting."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[JsonValue] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"), nullable=False
    )

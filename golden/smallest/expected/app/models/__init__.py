"""ORM models. Importing this package registers every table."""

from app.models.base import Base
from app.models.note import Note

__all__ = ["Base", "Note"]

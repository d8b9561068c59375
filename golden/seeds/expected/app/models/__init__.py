"""ORM models. Importing this package registers every table."""

from app.models.article import Article
from app.models.article_labels import article_labels
from app.models.base import Base
from app.models.computed import add_computed_attributes
from app.models.country import Country
from app.models.label import Label
from app.models.member import Member
from app.models.office import Office
from app.models.opening import Opening
from app.models.refresh_token import RefreshToken
from app.models.seeded_row import SeededRow
from app.models.topic import Topic

__all__ = [
    "Article",
    "Base",
    "Country",
    "Label",
    "Member",
    "Office",
    "Opening",
    "RefreshToken",
    "SeededRow",
    "Topic",
    "article_labels",
]
add_computed_attributes()

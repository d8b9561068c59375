"""ORM models. Importing this package registers every table."""

from app.models.article import Article
from app.models.article_fans import article_fans
from app.models.article_tags import article_tags
from app.models.base import Base
from app.models.computed import add_computed_attributes
from app.models.person import Person
from app.models.refresh_token import RefreshToken
from app.models.remark import Remark
from app.models.tag import Tag

__all__ = [
    "Article",
    "Base",
    "Person",
    "RefreshToken",
    "Remark",
    "Tag",
    "article_fans",
    "article_tags",
]
add_computed_attributes()

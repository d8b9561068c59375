"""ORM models. Importing this package registers every table."""

from app.models.account import Account
from app.models.api_key import ApiKey
from app.models.author import Author
from app.models.base import Base
from app.models.book import Book
from app.models.book_authors import book_authors
from app.models.computed import add_computed_attributes
from app.models.everything import Everything
from app.models.internal import Internal
from app.models.refresh_token import RefreshToken
from app.models.remark import Remark
from app.models.setting import Setting
from app.models.shelf import Shelf

__all__ = [
    "Account",
    "ApiKey",
    "Author",
    "Base",
    "Book",
    "Everything",
    "Internal",
    "RefreshToken",
    "Remark",
    "Setting",
    "Shelf",
    "book_authors",
]
add_computed_attributes()

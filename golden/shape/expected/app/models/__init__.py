"""ORM models. Importing this package registers every table."""

from app.models.article import Article
from app.models.article_status_change import ArticleStatusChange
from app.models.base import Base
from app.models.idempotency_key import IdempotencyKey
from app.models.label import Label
from app.models.member import Member
from app.models.note import Note
from app.models.photo import Photo
from app.models.refresh_token import RefreshToken
from app.models.remark import Remark
from app.models.visit import Visit

__all__ = [
    "Article",
    "ArticleStatusChange",
    "Base",
    "IdempotencyKey",
    "Label",
    "Member",
    "Note",
    "Photo",
    "RefreshToken",
    "Remark",
    "Visit",
]

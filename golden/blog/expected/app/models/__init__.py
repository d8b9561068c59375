"""ORM models. Importing this package registers every table."""

from app.models.base import Base
from app.models.category import Category
from app.models.comment import Comment
from app.models.post import Post
from app.models.post_tags import post_tags
from app.models.refresh_token import RefreshToken
from app.models.tag import Tag
from app.models.user import User

__all__ = ["Base", "Category", "Comment", "Post", "RefreshToken", "Tag", "User", "post_tags"]

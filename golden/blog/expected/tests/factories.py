"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import Base, Category, Comment, Post, Tag, User
from app.models.enums import PostStatus, UserRole

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class UserValues(TypedDict, total=False):
    """What a test may say about one user."""

    email: str
    full_name: str | None
    password: str
    role: UserRole
    is_active: bool


class CategoryValues(TypedDict, total=False):
    """What a test may say about one category."""

    name: str
    slug: str
    parent: Category | None
    is_active: bool


class PostValues(TypedDict, total=False):
    """What a test may say about one post."""

    title: str
    slug: str
    body: str
    status: PostStatus
    published_at: datetime | None
    views: int
    author: User
    category: Category | None
    tags: list[Tag]
    is_active: bool


class TagValues(TypedDict, total=False):
    """What a test may say about one tag."""

    name: str
    is_active: bool


class CommentValues(TypedDict, total=False):
    """What a test may say about one comment."""

    body: str
    post: Post
    author: User
    reply_to: Comment | None
    is_active: bool


@dataclass(frozen=True)
class Factory:
    database: Database
    settings: Settings

    async def user(self, **values: Unpack[UserValues]) -> User:
        number = next(_sequence)
        password = values.pop("password", None)
        row = User(
            **{
                "email": f"sample-{number}@example.com",
                "hashed_password": await hash_password(password) if password else "unusable",
                **values,
            }
        )
        return await self._save(row)

    async def category(self, **values: Unpack[CategoryValues]) -> Category:
        number = next(_sequence)
        parent = values.pop("parent", None)
        row = Category(
            **{
                "name": f"Name{number}",
                "slug": f"sample-{number}",
                "parent_id": parent.id if parent else None,
                **values,
            }
        )
        return await self._save(row)

    async def post(self, **values: Unpack[PostValues]) -> Post:
        number = next(_sequence)
        author = values.pop("author", None) or await self.user()
        category = values.pop("category", None)
        tags = values.pop("tags", [])
        row = Post(
            **{
                "title": f"Title{number}",
                "slug": f"sample-{number}",
                "body": "Body",
                "author_id": author.id,
                "category_id": category.id if category else None,
                **values,
            }
        )
        async with self.database.session() as session:
            row.tags = [await session.merge(item) for item in tags]
            session.add(row)
        return row

    async def tag_row(self, **values: Unpack[TagValues]) -> Tag:
        number = next(_sequence)
        row = Tag(**{"name": f"Name{number}", **values})
        return await self._save(row)

    async def comment(self, **values: Unpack[CommentValues]) -> Comment:
        post = values.pop("post", None) or await self.post()
        author = values.pop("author", None) or await self.user()
        reply_to = values.pop("reply_to", None)
        row = Comment(
            **{
                "body": "Body",
                "post_id": post.id,
                "author_id": author.id,
                "reply_to_id": reply_to.id if reply_to else None,
                **values,
            }
        )
        return await self._save(row)

    def auth(self, user: User) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_access_token(user.id, self.settings)}"}

    async def _save(self, row: RowT) -> RowT:
        async with self.database.session() as session:
            session.add(row)
        return row


@contextmanager
def counted_selects(database: Database) -> Generator[list[str]]:
    """Collect the SELECT statements that are sent inside."""
    statements: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", record)
    yield statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", record)

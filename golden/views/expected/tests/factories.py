"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import Article, Base, Person, Remark, Tag
from app.models.enums import PersonRole
from app.models.values import Place

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class PersonValues(TypedDict, total=False):
    """What a test may say about one person."""

    email: str
    password: str
    name: str
    role: PersonRole
    salary: Decimal | None
    home: Place | None
    is_active: bool


class ArticleValues(TypedDict, total=False):
    """What a test may say about one article."""

    title: str
    slug: str
    body: str
    section: str | None
    author: Person
    editor: Person | None
    tags: list[Tag]
    fans: list[Person]
    is_active: bool


class TagValues(TypedDict, total=False):
    """What a test may say about one tag."""

    label: str
    parent: Tag | None
    is_active: bool


class RemarkValues(TypedDict, total=False):
    """What a test may say about one remark."""

    text: str
    article: Article
    author: Person
    is_active: bool


@dataclass(frozen=True)
class Factory:
    database: Database
    settings: Settings

    async def person(self, **values: Unpack[PersonValues]) -> Person:
        number = next(_sequence)
        password = values.pop("password", None)
        row = Person(
            **{
                "email": f"sample-{number}@example.com",
                "hashed_password": await hash_password(password) if password else "unusable",
                "name": "Name",
                **values,
            }
        )
        return await self._save(row)

    async def article(self, **values: Unpack[ArticleValues]) -> Article:
        number = next(_sequence)
        author = values.pop("author", None) or await self.person()
        editor = values.pop("editor", None)
        tags = values.pop("tags", [])
        fans = values.pop("fans", [])
        row = Article(
            **{
                "title": "Title",
                "slug": f"sample-{number}",
                "body": "Body",
                "author_id": author.id,
                "editor_id": editor.id if editor else None,
                **values,
            }
        )
        async with self.database.session() as session:
            row.tags = [await session.merge(item) for item in tags]
            row.fans = [await session.merge(item) for item in fans]
            session.add(row)
        return row

    async def tag_row(self, **values: Unpack[TagValues]) -> Tag:
        number = next(_sequence)
        parent = values.pop("parent", None)
        row = Tag(
            **{"label": f"Label{number}", "parent_id": parent.id if parent else None, **values}
        )
        return await self._save(row)

    async def remark(self, **values: Unpack[RemarkValues]) -> Remark:
        article = values.pop("article", None) or await self.article()
        author = values.pop("author", None) or await self.person()
        row = Remark(**{"text": "Text", "article_id": article.id, "author_id": author.id, **values})
        return await self._save(row)

    def auth(self, person: Person) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_access_token(person.id, self.settings)}"}

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

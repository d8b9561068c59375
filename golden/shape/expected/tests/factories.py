"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import Article, Base, Label, Member, Note, Photo, Remark, Visit
from app.models.enums import MemberRole, Status

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class MemberValues(TypedDict, total=False):
    """What a test may say about one member."""

    email: str
    password: str
    role: MemberRole
    is_active: bool


class ArticleValues(TypedDict, total=False):
    """What a test may say about one article."""

    slug: str
    title: str
    words: int
    status: Status
    author: Member
    is_active: bool


class RemarkValues(TypedDict, total=False):
    """What a test may say about one remark."""

    text: str
    article: Article
    is_active: bool


class LabelValues(TypedDict, total=False):
    """What a test may say about one label."""

    name: str
    is_active: bool


class VisitValues(TypedDict, total=False):
    """What a test may say about one visit."""

    page: str
    seconds: int
    label: Label | None
    is_active: bool


class NoteValues(TypedDict, total=False):
    """What a test may say about one note."""

    text: str
    is_active: bool


class PhotoValues(TypedDict, total=False):
    """What a test may say about one photo."""

    title: str
    is_active: bool


@dataclass(frozen=True)
class Factory:
    database: Database
    settings: Settings

    async def member(self, **values: Unpack[MemberValues]) -> Member:
        number = next(_sequence)
        password = values.pop("password", None)
        row = Member(
            **{
                "email": f"sample-{number}@example.com",
                "hashed_password": await hash_password(password) if password else "unusable",
                **values,
            }
        )
        return await self._save(row)

    async def article(self, **values: Unpack[ArticleValues]) -> Article:
        number = next(_sequence)
        author = values.pop("author", None) or await self.member()
        row = Article(
            **{
                "slug": f"sample-{number}",
                "title": "Title",
                "words": 1,
                "author_id": author.id,
                **values,
            }
        )
        return await self._save(row)

    async def remark(self, **values: Unpack[RemarkValues]) -> Remark:
        article = values.pop("article", None) or await self.article()
        row = Remark(**{"text": "Text", "article_id": article.id, **values})
        return await self._save(row)

    async def label(self, **values: Unpack[LabelValues]) -> Label:
        number = next(_sequence)
        row = Label(**{"name": f"Name{number}", **values})
        return await self._save(row)

    async def visit(self, **values: Unpack[VisitValues]) -> Visit:
        label = values.pop("label", None)
        row = Visit(
            **{"page": "Page", "seconds": 1, "label_id": label.id if label else None, **values}
        )
        return await self._save(row)

    async def note(self, **values: Unpack[NoteValues]) -> Note:
        row = Note(**{"text": "Text", **values})
        return await self._save(row)

    async def photo(self, **values: Unpack[PhotoValues]) -> Photo:
        row = Photo(**{"title": "Title", **values})
        return await self._save(row)

    def auth(self, member: Member) -> dict[str, str]:
        return {"Authorization": f"Token {create_access_token(member.id, self.settings)}"}

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

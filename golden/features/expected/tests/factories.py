"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import TypedDict, TypeVar, Unpack
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import Account, Author, Base, Book, Everything, Internal, Remark, Setting, Shelf
from app.models.enums import AccountRole, Color, Size, Stage
from app.models.values import Address

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class AccountValues(TypedDict, total=False):
    """What a test may say about one account."""

    login: str
    passphrase: str
    role: AccountRole
    is_active: bool


class EverythingValues(TypedDict, total=False):
    """What a test may say about one everything."""

    name: str
    slug: str
    note: str | None
    title: str
    body: str
    count: int
    large: int | None
    ratio: float
    price: Decimal
    active: bool
    day: date
    start: time
    moment: datetime
    length: timedelta
    token: UUID
    meta: JsonValue
    blob: bytes | None
    contact: str | None
    link: str | None
    address: str | None
    color: Color
    size: Size | None
    stage: Stage
    colors: list[Color]
    tags: list[str]
    scores: list[int] | None
    legacy: str | None
    secret_note: str | None
    reference: str | None
    made_by: str
    nickname: str | None
    due: date | None
    grade: Decimal | None
    tolerance: Decimal
    hints: JsonValue | None
    marks: list[int] | None
    moments: list[datetime] | None
    billing: Address
    shipping: Address | None
    is_active: bool


class ShelfValues(TypedDict, total=False):
    """What a test may say about one shelf."""

    label: str
    capacity: int
    owner: Account
    is_active: bool


class BookValues(TypedDict, total=False):
    """What a test may say about one book."""

    name: str
    slug: str
    isbn: str
    pages: int
    shelf: Shelf
    authors: list[Author]
    is_active: bool


class RemarkValues(TypedDict, total=False):
    """What a test may say about one remark."""

    text: str
    book: Book
    writer: Account
    is_active: bool


class AuthorValues(TypedDict, total=False):
    """What a test may say about one author."""

    name: str
    born: date | None
    is_active: bool


class SettingValues(TypedDict, total=False):
    """What a test may say about one setting."""

    key: str
    value: JsonValue


class InternalValues(TypedDict, total=False):
    """What a test may say about one internal."""

    text: str
    is_active: bool


@dataclass(frozen=True)
class Factory:
    database: Database
    settings: Settings

    async def account(self, **values: Unpack[AccountValues]) -> Account:
        number = next(_sequence)
        passphrase = values.pop("passphrase", None)
        row = Account(
            **{
                "login": f"aa{number}",
                "hashed_passphrase": await hash_password(passphrase) if passphrase else "unusable",
                **values,
            }
        )
        return await self._save(row)

    async def everything(self, **values: Unpack[EverythingValues]) -> Everything:
        number = next(_sequence)
        row = Everything(
            **{
                "name": f"Name{number}",
                "slug": f"sample-{number}",
                "note": "Note",
                "title": "Title",
                "count": 1,
                "large": 1,
                "ratio": 0.0,
                "color": Color.RED,
                "stage": Stage.IDEA,
                "reference": f"Reference{number}",
                "billing": Address(street="Street", city="City", country="Co", note="Note"),
                **values,
            }
        )
        return await self._save(row)

    async def shelf(self, **values: Unpack[ShelfValues]) -> Shelf:
        number = next(_sequence)
        owner = values.pop("owner", None) or await self.account()
        row = Shelf(**{"label": f"Label{number}", "owner_id": owner.id, **values})
        return await self._save(row)

    async def book(self, **values: Unpack[BookValues]) -> Book:
        number = next(_sequence)
        shelf = values.pop("shelf", None) or await self.shelf()
        authors = values.pop("authors", [])
        row = Book(
            **{
                "name": "Name",
                "slug": f"sample-{number}",
                "isbn": f"Isbnxxxxx{number % 10_000:04}",
                "pages": 1,
                "shelf_id": shelf.id,
                **values,
            }
        )
        async with self.database.session() as session:
            row.authors = [await session.merge(item) for item in authors]
            session.add(row)
        return row

    async def remark(self, **values: Unpack[RemarkValues]) -> Remark:
        book = values.pop("book", None) or await self.book()
        writer = values.pop("writer", None) or await self.account()
        row = Remark(**{"text": "Text", "book_id": book.id, "writer_id": writer.id, **values})
        return await self._save(row)

    async def author(self, **values: Unpack[AuthorValues]) -> Author:
        row = Author(**{"name": "Name", **values})
        return await self._save(row)

    async def setting(self, **values: Unpack[SettingValues]) -> Setting:
        number = next(_sequence)
        row = Setting(**{"key": f"{number}aa", "value": {"key": "value"}, **values})
        return await self._save(row)

    async def internal(self, **values: Unpack[InternalValues]) -> Internal:
        row = Internal(**{"text": "Text", **values})
        return await self._save(row)

    def auth(self, account: Account) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_access_token(account.id, self.settings)}"}

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

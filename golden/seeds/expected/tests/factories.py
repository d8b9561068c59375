"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import count
from typing import TypedDict, TypeVar, Unpack
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import Article, Base, Country, Label, Member, Office, Opening, Topic
from app.models.enums import Level, MemberRole, State
from app.models.values import Address

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class MemberValues(TypedDict, total=False):
    """What a test may say about one member."""

    email: str
    password: str
    role: MemberRole
    is_active: bool


class CountryValues(TypedDict, total=False):
    """What a test may say about one country."""

    code: str
    name: str


class TopicValues(TypedDict, total=False):
    """What a test may say about one topic."""

    title: str
    slug: str
    rank: int | None
    parent: Topic | None
    is_active: bool


class LabelValues(TypedDict, total=False):
    """What a test may say about one label."""

    name: str
    level: Level
    is_active: bool


class OfficeValues(TypedDict, total=False):
    """What a test may say about one office."""

    city: str
    rent: Decimal
    opened: date
    hours: time
    settings: JsonValue
    phones: list[str]
    contact: str | None
    key: UUID
    made_by: str
    address: Address
    country: Country
    manager: Member | None
    is_active: bool


class ArticleValues(TypedDict, total=False):
    """What a test may say about one article."""

    title: str
    slug: str
    body: str
    state: State
    published_at: datetime | None
    topic: Topic
    office: Office | None
    labels: list[Label]
    is_active: bool


class OpeningValues(TypedDict, total=False):
    """What a test may say about one opening."""

    note: str | None
    from_hour: int
    to_hour: int
    office: Office
    topic: Topic
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

    async def country(self, **values: Unpack[CountryValues]) -> Country:
        number = next(_sequence)
        row = Country(
            **{
                "code": [
                    "BA",
                    "CA",
                    "DA",
                    "EA",
                    "FA",
                    "GA",
                    "HA",
                    "IA",
                    "JA",
                    "KA",
                    "LA",
                    "MA",
                    "NA",
                    "OA",
                    "PA",
                    "QA",
                    "RA",
                    "SA",
                    "TA",
                    "UA",
                    "VA",
                    "WA",
                    "XA",
                    "YA",
                    "ZA",
                    "AB",
                    "CB",
                    "DB",
                    "EB",
                    "FB",
                    "GB",
                    "HB",
                    "IB",
                    "JB",
                    "KB",
                    "LB",
                    "MB",
                    "NB",
                ][number % 38],
                "name": "Name",
                **values,
            }
        )
        return await self._save(row)

    async def topic(self, **values: Unpack[TopicValues]) -> Topic:
        number = next(_sequence)
        parent = values.pop("parent", None)
        row = Topic(
            **{
                "title": "Title",
                "slug": f"sample-{number}",
                "parent_id": parent.id if parent else None,
                **values,
            }
        )
        return await self._save(row)

    async def label(self, **values: Unpack[LabelValues]) -> Label:
        number = next(_sequence)
        row = Label(**{"name": f"Name{number}", "level": Level.BASIC, **values})
        return await self._save(row)

    async def office(self, **values: Unpack[OfficeValues]) -> Office:
        number = next(_sequence)
        country = values.pop("country", None) or await self.country()
        manager = values.pop("manager", None)
        row = Office(
            **{
                "city": f"City{number}",
                "rent": Decimal("12.50"),
                "address": Address(street="Street", country="Co", note="Note"),
                "country_code": country.code,
                "manager_id": manager.id if manager else None,
                **values,
            }
        )
        return await self._save(row)

    async def article(self, **values: Unpack[ArticleValues]) -> Article:
        number = next(_sequence)
        topic = values.pop("topic", None) or await self.topic()
        office = values.pop("office", None)
        labels = values.pop("labels", [])
        row = Article(
            **{
                "title": "Title",
                "slug": f"sample-{number}",
                "body": "Body",
                "topic_id": topic.id,
                "office_id": office.id if office else None,
                **values,
            }
        )
        async with self.database.session() as session:
            row.labels = [await session.merge(item) for item in labels]
            session.add(row)
        return row

    async def opening(self, **values: Unpack[OpeningValues]) -> Opening:
        office = values.pop("office", None) or await self.office()
        topic = values.pop("topic", None) or await self.topic()
        row = Opening(
            **{"from_hour": 1, "to_hour": 2, "office_id": office.id, "topic_id": topic.id, **values}
        )
        return await self._save(row)

    def auth(self, member: Member) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_access_token(member.id, self.settings)}"}

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

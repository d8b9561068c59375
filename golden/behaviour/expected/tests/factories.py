"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import Base, Booking, Claim, Member, Remark, Topic
from app.models.enums import ClaimStage, MemberRole, Stage

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class MemberValues(TypedDict, total=False):
    """What a test may say about one member."""

    email: str
    password: str
    role: MemberRole
    is_active: bool


class TopicValues(TypedDict, total=False):
    """What a test may say about one topic."""

    title: str
    stage: Stage
    closed_at: datetime | None
    reviewed_by: str | None
    reviews: int
    room: int
    parent: Topic | None
    is_active: bool


class BookingValues(TypedDict, total=False):
    """What a test may say about one booking."""

    seats: int
    children: int
    extras: int | None
    price: Decimal
    discount: Decimal
    paid: bool
    held_at: datetime | None
    note: str | None
    topic: Topic
    owner: Member
    is_active: bool


class RemarkValues(TypedDict, total=False):
    """What a test may say about one remark."""

    heading: str
    text: str
    topic: Topic
    is_active: bool


class ClaimValues(TypedDict, total=False):
    """What a test may say about one claim."""

    subject: str
    amount: Decimal
    stage: ClaimStage
    reviewer_note: str | None
    decided_at: datetime | None
    decided_on: date | None
    urgent: bool
    claimant: Member
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

    async def topic(self, **values: Unpack[TopicValues]) -> Topic:
        parent = values.pop("parent", None)
        row = Topic(
            **{
                "title": "Title",
                "stage": Stage.DRAFT,
                "closed_at": datetime.fromisoformat("2026-01-31T08:30:00Z"),
                "room": 1,
                "parent_id": parent.id if parent else None,
                **values,
            }
        )
        return await self._save(row)

    async def booking(self, **values: Unpack[BookingValues]) -> Booking:
        topic = values.pop("topic", None) or await self.topic()
        owner = values.pop("owner", None) or await self.member()
        row = Booking(
            **{
                "seats": 1,
                "children": 1,
                "extras": 1,
                "price": Decimal("12.50"),
                "discount": Decimal("12.50"),
                "paid": False,
                "note": "Note",
                "topic_id": topic.id,
                "owner_id": owner.id,
                **values,
            }
        )
        return await self._save(row)

    async def remark(self, **values: Unpack[RemarkValues]) -> Remark:
        topic = values.pop("topic", None) or await self.topic()
        row = Remark(**{"heading": "Heading", "text": "Text", "topic_id": topic.id, **values})
        return await self._save(row)

    async def claim(self, **values: Unpack[ClaimValues]) -> Claim:
        claimant = values.pop("claimant", None) or await self.member()
        row = Claim(
            **{
                "subject": "Subject",
                "amount": Decimal("12.50"),
                "claimant_id": claimant.id,
                **values,
            }
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

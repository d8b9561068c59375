"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import Base, Digest, Invoice, Member
from app.models.enums import MemberRole, State

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class MemberValues(TypedDict, total=False):
    """What a test may say about one member."""

    email: str
    password: str
    role: MemberRole
    is_active: bool


class InvoiceValues(TypedDict, total=False):
    """What a test may say about one invoice."""

    amount: Decimal
    state: State
    sent_at: datetime | None
    note: str | None
    reminders: int
    owner: Member
    is_active: bool


class DigestValues(TypedDict, total=False):
    """What a test may say about one digest."""

    number: str
    printed_at: datetime
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

    async def invoice(self, **values: Unpack[InvoiceValues]) -> Invoice:
        owner = values.pop("owner", None) or await self.member()
        row = Invoice(**{"owner_id": owner.id, **values})
        return await self._save(row)

    async def digest(self, **values: Unpack[DigestValues]) -> Digest:
        row = Digest(
            **{
                "number": "Number",
                "printed_at": datetime.fromisoformat("2026-01-31T08:30:00Z"),
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

"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.core.security import create_access_token, hash_password
from app.models import (
    Base,
    Board,
    Booking,
    Draft,
    LineEntity,
    Member,
    Notice,
    Room,
    Seat,
    Sheet,
    Task,
    Team,
    Topic,
)
from app.models.enums import MemberRole, Standing, TaskState

RowT = TypeVar("RowT", bound=Base)

PASSWORD = "correct horse ba"
_sequence = count(1)


class MemberValues(TypedDict, total=False):
    """What a test may say about one member."""

    email: str
    name: str
    desk: int
    languages: list[str]
    phone: str | None
    grade: int | None
    password: str
    role: MemberRole
    standing: Standing
    is_active: bool


class TeamValues(TypedDict, total=False):
    """What a test may say about one team."""

    name: str
    budget: int
    lead: Member
    is_active: bool


class TaskValues(TypedDict, total=False):
    """What a test may say about one task."""

    title: str
    team: Team
    topics: list[Topic]
    is_active: bool


class DraftValues(TypedDict, total=False):
    """What a test may say about one draft."""

    text: str
    state: TaskState
    remark: str | None
    is_active: bool


class NoticeValues(TypedDict, total=False):
    """What a test may say about one notice."""

    text: str
    pinned: bool
    author: Member
    is_active: bool


class TopicValues(TypedDict, total=False):
    """What a test may say about one topic."""

    code: str
    label: str
    parent: Topic | None
    is_active: bool


class RoomValues(TypedDict, total=False):
    """What a test may say about one room."""

    house: str
    floor: int
    is_active: bool


class BookingValues(TypedDict, total=False):
    """What a test may say about one booking."""

    day: date
    room: Room
    topic: Topic | None
    guest: Member
    is_active: bool


class BoardValues(TypedDict, total=False):
    """What a test may say about one board."""

    title: str
    open: bool
    state: TaskState
    owner: Member
    guests: list[Member]
    is_active: bool


class SeatValues(TypedDict, total=False):
    """What a test may say about one seat."""

    writes: bool
    board: Board
    member: Member
    is_active: bool


class SheetValues(TypedDict, total=False):
    """What a test may say about one sheet."""

    title: str
    desk: int
    mark: int | None
    board: Board
    is_active: bool


class LineValues(TypedDict, total=False):
    """What a test may say about one line."""

    text: str
    sheet: Sheet
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
                "name": "Name",
                "desk": 1,
                "languages": ["Languages"],
                "hashed_password": await hash_password(password) if password else "unusable",
                **values,
            }
        )
        return await self._save(row)

    async def team(self, **values: Unpack[TeamValues]) -> Team:
        lead = values.pop("lead", None) or await self.member()
        row = Team(**{"name": "Name", "lead_id": lead.id, **values})
        return await self._save(row)

    async def task(self, **values: Unpack[TaskValues]) -> Task:
        team = values.pop("team", None) or await self.team()
        topics = values.pop("topics", [])
        row = Task(**{"title": "Title", "team_id": team.id, **values})
        async with self.database.session() as session:
            row.topics = [await session.merge(item) for item in topics]
            session.add(row)
        return row

    async def draft(self, **values: Unpack[DraftValues]) -> Draft:
        row = Draft(**{"text": "Text", **values})
        return await self._save(row)

    async def notice(self, **values: Unpack[NoticeValues]) -> Notice:
        author = values.pop("author", None) or await self.member()
        row = Notice(**{"text": "Text", "author_id": author.id, **values})
        return await self._save(row)

    async def topic(self, **values: Unpack[TopicValues]) -> Topic:
        number = next(_sequence)
        parent = values.pop("parent", None)
        row = Topic(
            **{
                "code": f"{number}aa",
                "label": "Label",
                "parent_code": parent.code if parent else None,
                **values,
            }
        )
        return await self._save(row)

    async def room(self, **values: Unpack[RoomValues]) -> Room:
        number = next(_sequence)
        row = Room(**{"house": f"{number}aa", "floor": 1 + number % 200, **values})
        return await self._save(row)

    async def booking(self, **values: Unpack[BookingValues]) -> Booking:
        room = values.pop("room", None) or await self.room()
        topic = values.pop("topic", None)
        guest = values.pop("guest", None) or await self.member()
        row = Booking(
            **{
                "day": date.fromisoformat("2026-01-31"),
                "room_house": room.house,
                "room_floor": room.floor,
                "topic_code": topic.code if topic else None,
                "guest_id": guest.id,
                **values,
            }
        )
        return await self._save(row)

    async def board(self, **values: Unpack[BoardValues]) -> Board:
        owner = values.pop("owner", None) or await self.member()
        guests = values.pop("guests", [])
        row = Board(**{"title": "Title", "owner_id": owner.id, **values})
        async with self.database.session() as session:
            row.guests = [await session.merge(item) for item in guests]
            session.add(row)
        return row

    async def seat(self, **values: Unpack[SeatValues]) -> Seat:
        board = values.pop("board", None) or await self.board()
        member = values.pop("member", None) or await self.member()
        row = Seat(**{"board_id": board.id, "member_id": member.id, **values})
        return await self._save(row)

    async def sheet(self, **values: Unpack[SheetValues]) -> Sheet:
        board = values.pop("board", None) or await self.board()
        row = Sheet(**{"title": "Title", "desk": 1, "board_id": board.id, **values})
        return await self._save(row)

    async def line(self, **values: Unpack[LineValues]) -> LineEntity:
        sheet = values.pop("sheet", None) or await self.sheet()
        row = LineEntity(**{"text": "Text", "sheet_id": sheet.id, **values})
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

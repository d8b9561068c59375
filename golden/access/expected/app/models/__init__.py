"""ORM models. Importing this package registers every table."""

from app.models.base import Base
from app.models.board import Board
from app.models.board_guests import board_guests
from app.models.booking import Booking
from app.models.draft import Draft
from app.models.line import LineEntity
from app.models.member import Member
from app.models.notice import Notice
from app.models.refresh_token import RefreshToken
from app.models.room import Room
from app.models.seat import Seat
from app.models.sheet import Sheet
from app.models.task import Task
from app.models.task_topics import task_topics
from app.models.team import Team
from app.models.topic import Topic

__all__ = [
    "Base",
    "Board",
    "Booking",
    "Draft",
    "LineEntity",
    "Member",
    "Notice",
    "RefreshToken",
    "Room",
    "Seat",
    "Sheet",
    "Task",
    "Team",
    "Topic",
    "board_guests",
    "task_topics",
]

"""ORM models. Importing this package registers every table."""

from app.models.base import Base
from app.models.booking import Booking
from app.models.draft import Draft
from app.models.member import Member
from app.models.notice import Notice
from app.models.refresh_token import RefreshToken
from app.models.room import Room
from app.models.task import Task
from app.models.task_topics import task_topics
from app.models.team import Team
from app.models.topic import Topic

__all__ = [
    "Base",
    "Booking",
    "Draft",
    "Member",
    "Notice",
    "RefreshToken",
    "Room",
    "Task",
    "Team",
    "Topic",
    "task_topics",
]

"""Dependencies shared by the routers."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from fastapi.security import OAuth2PasswordBearer
from pydantic.json_schema import SkipJsonSchema
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.convertors import StringConvertor, register_url_convertor

from app.core.config import Settings
from app.core.database import Database
from app.core.errors import AuthenticationError
from app.core.rate_limit import RateLimiter, address_of
from app.core.security import decode_access_token
from app.models import Member
from app.services.auth_service import AuthService
from app.services.board_service import BoardService
from app.services.booking_service import BookingService
from app.services.draft_service import DraftService
from app.services.line_service import LineService
from app.services.member_service import MemberService
from app.services.notice_service import NoticeService
from app.services.room_service import RoomService
from app.services.seat_service import SeatService
from app.services.sheet_service import SheetService
from app.services.task_service import TaskService
from app.services.team_service import TeamService
from app.services.topic_service import TopicService

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_bearer = OAuth2PasswordBearer(
    tokenUrl="/api/v1/auth/token", refreshUrl="/api/v1/auth/refresh", auto_error=False
)


class _NotBulkConvertor(StringConvertor):
    """Texts that stand for a row: ``bulk`` has routes of its own."""

    regex = "(?!bulk(?:/|$))[^/]+"


register_url_convertor("not_bulk", _NotBulkConvertor())


async def get_app_settings(request: Request) -> Settings:
    """Return the settings that the application was created with."""
    settings: Settings = request.app.state.settings
    return settings


async def get_database(request: Request) -> Database:
    """Return the database of the application."""
    database: Database = request.app.state.database
    return database


SettingsDep = Annotated[Settings, Depends(get_app_settings)]
DatabaseDep = Annotated[Database, Depends(get_database)]


async def get_session(request: Request, database: DatabaseDep) -> AsyncGenerator[AsyncSession]:
    """Open the transaction of the request; safe methods get a read-only one."""
    async with database.session(read_only=request.method in _SAFE_METHODS) as session:
        yield session


# "function" scope: the commit happens after the response is built and before it is sent, so a
# client never sees a success that the database then refused.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


async def get_auth_service(session: SessionDep, settings: SettingsDep) -> AuthService:
    """Build the service."""
    return AuthService(session, settings)


async def get_member_service(session: SessionDep) -> MemberService:
    """Build the service."""
    return MemberService(session)


async def get_team_service(session: SessionDep) -> TeamService:
    """Build the service."""
    return TeamService(session)


async def get_task_service(session: SessionDep) -> TaskService:
    """Build the service."""
    return TaskService(session)


async def get_draft_service(session: SessionDep) -> DraftService:
    """Build the service."""
    return DraftService(session)


async def get_notice_service(session: SessionDep) -> NoticeService:
    """Build the service."""
    return NoticeService(session)


async def get_topic_service(session: SessionDep) -> TopicService:
    """Build the service."""
    return TopicService(session)


async def get_room_service(session: SessionDep) -> RoomService:
    """Build the service."""
    return RoomService(session)


async def get_booking_service(session: SessionDep) -> BookingService:
    """Build the service."""
    return BookingService(session)


async def get_board_service(session: SessionDep) -> BoardService:
    """Build the service."""
    return BoardService(session)


async def get_seat_service(session: SessionDep) -> SeatService:
    """Build the service."""
    return SeatService(session)


async def get_sheet_service(session: SessionDep) -> SheetService:
    """Build the service."""
    return SheetService(session)


async def get_line_service(session: SessionDep) -> LineService:
    """Build the service."""
    return LineService(session)


AuthServiceDep = Annotated[AuthService, Depends(get_auth_service)]
MemberServiceDep = Annotated[MemberService, Depends(get_member_service)]
TeamServiceDep = Annotated[TeamService, Depends(get_team_service)]
TaskServiceDep = Annotated[TaskService, Depends(get_task_service)]
DraftServiceDep = Annotated[DraftService, Depends(get_draft_service)]
NoticeServiceDep = Annotated[NoticeService, Depends(get_notice_service)]
TopicServiceDep = Annotated[TopicService, Depends(get_topic_service)]
RoomServiceDep = Annotated[RoomService, Depends(get_room_service)]
BookingServiceDep = Annotated[BookingService, Depends(get_booking_service)]
BoardServiceDep = Annotated[BoardService, Depends(get_board_service)]
SeatServiceDep = Annotated[SeatService, Depends(get_seat_service)]
SheetServiceDep = Annotated[SheetService, Depends(get_sheet_service)]
LineServiceDep = Annotated[LineService, Depends(get_line_service)]


async def get_optional_user(
    token: Annotated[str | None, Depends(_bearer)], settings: SettingsDep, auth: AuthServiceDep
) -> Member | None:
    """Return the caller, or None when nothing says who they are."""
    if token is not None:
        return await auth.authenticate(decode_access_token(token, settings).user_id)
    return None


OptionalUserDep = Annotated[Member | None, Depends(get_optional_user)]


async def get_current_user(user: OptionalUserDep) -> Member:
    """Return the caller or fail."""
    if user is None:
        raise AuthenticationError
    return user


CurrentUserDep = Annotated[Member, Depends(get_current_user)]


async def get_auth_limiter(request: Request) -> RateLimiter:
    """Return the limiter of the routes of sign-in."""
    limiter: RateLimiter = request.app.state.auth_limiter
    return limiter


async def limit_auth_attempts(
    request: Request, limiter: Annotated[RateLimiter, Depends(get_auth_limiter)]
) -> None:
    """Slow down password guessing."""
    await limiter.hit(address_of(request))


async def forbid_caching(response: Response) -> None:
    """Keep tokens out of every cache (RFC 6749, section 5.1)."""
    response.headers["Cache-Control"] = "no-store"


# A header cannot be null: without SkipJsonSchema the document would say that it can.
IfMatch = Annotated[
    str | SkipJsonSchema[None],
    Header(
        alias="If-Match",
        description="The ETag the client read; the request fails with 412 if it is out of date.",
    ),
]

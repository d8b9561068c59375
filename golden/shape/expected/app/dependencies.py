"""Dependencies shared by the routers."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from fastapi.security import HTTPAuthorizationCredentials
from fastapi.security.http import HTTPBase
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import Settings
from app.core.database import Database
from app.core.errors import AuthenticationError, PermissionDeniedError
from app.core.idempotency import attempt_of
from app.core.rate_limit import RateLimiter, address_of
from app.core.security import decode_access_token
from app.models import Member
from app.models.enums import MemberRole
from app.services.article_service import ArticleService
from app.services.auth_service import AuthService
from app.services.flow_methods import FlowMethods
from app.services.idempotency_service import IdempotencyService
from app.services.label_service import LabelService
from app.services.member_service import MemberService
from app.services.note_service import NoteService
from app.services.photo_service import PhotoService
from app.services.remark_service import RemarkService
from app.services.visit_service import VisitService

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_authorization = HTTPBase(scheme="token", scheme_name="Token", auto_error=False)


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


async def get_article_service(session: SessionDep) -> ArticleService:
    """Build the service."""
    return ArticleService(session)


async def get_remark_service(session: SessionDep) -> RemarkService:
    """Build the service."""
    return RemarkService(session)


async def get_label_service(session: SessionDep) -> LabelService:
    """Build the service."""
    return LabelService(session)


async def get_visit_service(session: SessionDep) -> VisitService:
    """Build the service."""
    return VisitService(session)


async def get_note_service(session: SessionDep) -> NoteService:
    """Build the service."""
    return NoteService(session)


async def get_photo_service(session: SessionDep) -> PhotoService:
    """Build the service."""
    return PhotoService(session)


async def get_flow_methods(session: SessionDep) -> FlowMethods:
    """Build the service."""
    return FlowMethods(session)


AuthServiceDep = Annotated[AuthService, Depends(get_auth_service)]
MemberServiceDep = Annotated[MemberService, Depends(get_member_service)]
ArticleServiceDep = Annotated[ArticleService, Depends(get_article_service)]
RemarkServiceDep = Annotated[RemarkService, Depends(get_remark_service)]
LabelServiceDep = Annotated[LabelService, Depends(get_label_service)]
VisitServiceDep = Annotated[VisitService, Depends(get_visit_service)]
NoteServiceDep = Annotated[NoteService, Depends(get_note_service)]
PhotoServiceDep = Annotated[PhotoService, Depends(get_photo_service)]
FlowMethodsDep = Annotated[FlowMethods, Depends(get_flow_methods)]


async def _token(
    sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_authorization)],
) -> str | None:
    return sent.credentials if sent and sent.scheme.lower() == "token" else None


async def get_optional_user(
    token: Annotated[str | None, Depends(_token)], settings: SettingsDep, auth: AuthServiceDep
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


async def require_admin(user: CurrentUserDep) -> Member:
    """Return the caller if they have the role."""
    if user.role is not MemberRole.ADMIN:
        detail = "This takes the role admin"
        raise PermissionDeniedError(detail)
    return user


IdempotencyKeyHeader = Annotated[
    Annotated[str, Field(min_length=1, max_length=255, pattern="^[!-~]+$")] | SkipJsonSchema[None],
    Header(
        alias="Idempotency-Key",
        description="Tells that a request is sent again: it is done once, and the first "
        "answer comes again.",
    ),
]


async def get_idempotency(
    request: Request,
    response: Response,
    session: SessionDep,
    settings: SettingsDep,
    caller: OptionalUserDep,
    key: IdempotencyKeyHeader = None,
) -> IdempotencyService:
    """Answer a request that was answered before; else let its answer be kept."""
    idempotency = IdempotencyService(session, settings, response.headers)
    if key is not None:
        await idempotency.begin(await attempt_of(request, key, caller.id if caller else None))
    return idempotency


IdempotencyDep = Annotated[IdempotencyService, Depends(get_idempotency)]


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

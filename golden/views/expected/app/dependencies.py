"""Dependencies shared by the routers."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from fastapi.security import OAuth2PasswordBearer
from pydantic.json_schema import SkipJsonSchema
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import Settings
from app.core.database import Database
from app.core.errors import AuthenticationError, PermissionDeniedError
from app.core.rate_limit import RateLimiter, address_of
from app.core.security import decode_access_token
from app.models import Person
from app.models.enums import PersonRole
from app.services.article_service import ArticleService
from app.services.auth_service import AuthService
from app.services.person_service import PersonService
from app.services.remark_service import RemarkService
from app.services.tag_service import TagService

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_bearer = OAuth2PasswordBearer(
    tokenUrl="/api/v1/auth/token", refreshUrl="/api/v1/auth/refresh", auto_error=False
)


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


async def get_person_service(session: SessionDep) -> PersonService:
    """Build the service."""
    return PersonService(session)


async def get_article_service(session: SessionDep) -> ArticleService:
    """Build the service."""
    return ArticleService(session)


async def get_tag_service(session: SessionDep) -> TagService:
    """Build the service."""
    return TagService(session)


async def get_remark_service(session: SessionDep) -> RemarkService:
    """Build the service."""
    return RemarkService(session)


AuthServiceDep = Annotated[AuthService, Depends(get_auth_service)]
PersonServiceDep = Annotated[PersonService, Depends(get_person_service)]
ArticleServiceDep = Annotated[ArticleService, Depends(get_article_service)]
TagServiceDep = Annotated[TagService, Depends(get_tag_service)]
RemarkServiceDep = Annotated[RemarkService, Depends(get_remark_service)]


async def get_optional_user(
    token: Annotated[str | None, Depends(_bearer)], settings: SettingsDep, auth: AuthServiceDep
) -> Person | None:
    """Return the caller, or None when nothing says who they are."""
    if token is not None:
        return await auth.authenticate(decode_access_token(token, settings).user_id)
    return None


OptionalUserDep = Annotated[Person | None, Depends(get_optional_user)]


async def get_current_user(user: OptionalUserDep) -> Person:
    """Return the caller or fail."""
    if user is None:
        raise AuthenticationError
    return user


CurrentUserDep = Annotated[Person, Depends(get_current_user)]


async def require_admin(user: CurrentUserDep) -> Person:
    """Return the caller if they have the role."""
    if user.role is not PersonRole.ADMIN:
        detail = "This takes the role admin"
        raise PermissionDeniedError(detail)
    return user


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

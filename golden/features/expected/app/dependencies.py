"""Dependencies shared by the routers."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Header, Path, Request, Response
from fastapi.security import APIKeyHeader, OAuth2PasswordBearer
from pydantic.json_schema import SkipJsonSchema
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.convertors import IntegerConvertor, StringConvertor, register_url_convertor

from app.core.config import Settings
from app.core.database import Database
from app.core.errors import AuthenticationError, PermissionDeniedError
from app.core.rate_limit import RateLimiter, address_of
from app.core.security import decode_access_token
from app.models import Account
from app.models.enums import AccountRole
from app.services.account_service import AccountService
from app.services.auth_service import AuthService
from app.services.author_service import AuthorService
from app.services.book_service import BookService
from app.services.everything_service import EverythingService
from app.services.remark_service import RemarkService
from app.services.setting_service import SettingService
from app.services.shelf_service import ShelfService

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_bearer = OAuth2PasswordBearer(
    tokenUrl="/api/v2/auth/token", refreshUrl="/api/v2/auth/refresh", auto_error=False
)
_api_key = APIKeyHeader(name="X-Service-Key", auto_error=False)


class _IntKeyConvertor(IntegerConvertor):
    """Integers with no more digits than 64 bits can have."""

    regex = "[0-9]{1,19}"


register_url_convertor("int", _IntKeyConvertor())
IntKey = Annotated[int, Path(ge=0, lt=9_223_372_036_854_775_808)]


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


async def get_account_service(session: SessionDep) -> AccountService:
    """Build the service."""
    return AccountService(session)


async def get_everything_service(session: SessionDep) -> EverythingService:
    """Build the service."""
    return EverythingService(session)


async def get_shelf_service(session: SessionDep) -> ShelfService:
    """Build the service."""
    return ShelfService(session)


async def get_book_service(session: SessionDep) -> BookService:
    """Build the service."""
    return BookService(session)


async def get_remark_service(session: SessionDep) -> RemarkService:
    """Build the service."""
    return RemarkService(session)


async def get_author_service(session: SessionDep) -> AuthorService:
    """Build the service."""
    return AuthorService(session)


async def get_setting_service(session: SessionDep) -> SettingService:
    """Build the service."""
    return SettingService(session)


AuthServiceDep = Annotated[AuthService, Depends(get_auth_service)]
AccountServiceDep = Annotated[AccountService, Depends(get_account_service)]
EverythingServiceDep = Annotated[EverythingService, Depends(get_everything_service)]
ShelfServiceDep = Annotated[ShelfService, Depends(get_shelf_service)]
BookServiceDep = Annotated[BookService, Depends(get_book_service)]
RemarkServiceDep = Annotated[RemarkService, Depends(get_remark_service)]
AuthorServiceDep = Annotated[AuthorService, Depends(get_author_service)]
SettingServiceDep = Annotated[SettingService, Depends(get_setting_service)]


async def get_optional_user(
    token: Annotated[str | None, Depends(_bearer)],
    api_key: Annotated[str | None, Depends(_api_key)],
    settings: SettingsDep,
    auth: AuthServiceDep,
) -> Account | None:
    """Return the caller, or None when nothing says who they are."""
    if token is not None:
        return await auth.authenticate(decode_access_token(token, settings).user_id)
    if api_key is not None:
        return await auth.authenticate_key(api_key)
    return None


OptionalUserDep = Annotated[Account | None, Depends(get_optional_user)]


async def get_current_user(user: OptionalUserDep) -> Account:
    """Return the caller or fail."""
    if user is None:
        raise AuthenticationError
    return user


CurrentUserDep = Annotated[Account, Depends(get_current_user)]


async def require_writer_or_admin(user: CurrentUserDep) -> Account:
    """Return the caller if they have the role."""
    if user.role not in {AccountRole.WRITER, AccountRole.ADMIN}:
        detail = "This takes the role writer or admin"
        raise PermissionDeniedError(detail)
    return user


async def require_admin(user: CurrentUserDep) -> Account:
    """Return the caller if they have the role."""
    if user.role is not AccountRole.ADMIN:
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
IfNoneMatch = Annotated[
    str | SkipJsonSchema[None],
    Header(alias="If-None-Match", description="The ETag the client has; 304 if still current."),
]

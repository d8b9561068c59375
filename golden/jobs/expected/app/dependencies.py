"""Dependencies shared by the routers."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from fastapi.security import OAuth2PasswordBearer
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
from app.services.auth_service import AuthService
from app.services.digest_service import DigestService
from app.services.flow_jobs import FlowJobs
from app.services.flow_methods import FlowMethods
from app.services.idempotency_service import IdempotencyService
from app.services.invoice_service import InvoiceService
from app.services.member_service import MemberService

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


async def get_member_service(session: SessionDep) -> MemberService:
    """Build the service."""
    return MemberService(session)


async def get_invoice_service(session: SessionDep) -> InvoiceService:
    """Build the service."""
    return InvoiceService(session)


async def get_digest_service(session: SessionDep) -> DigestService:
    """Build the service."""
    return DigestService(session)


async def get_flow_methods(session: SessionDep) -> FlowMethods:
    """Build the service."""
    return FlowMethods(session)


async def get_flow_jobs(session: SessionDep) -> FlowJobs:
    """Build the service."""
    return FlowJobs(session)


AuthServiceDep = Annotated[AuthService, Depends(get_auth_service)]
MemberServiceDep = Annotated[MemberService, Depends(get_member_service)]
InvoiceServiceDep = Annotated[InvoiceService, Depends(get_invoice_service)]
DigestServiceDep = Annotated[DigestService, Depends(get_digest_service)]
FlowMethodsDep = Annotated[FlowMethods, Depends(get_flow_methods)]
FlowJobsDep = Annotated[FlowJobs, Depends(get_flow_jobs)]


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


async def require_clerk(user: CurrentUserDep) -> Member:
    """Return the caller if they have the role."""
    if user.role is not MemberRole.CLERK:
        detail = "This takes the role clerk"
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
        await idempotency.begin(
            await attempt_of(request, key, caller.id if caller else None, ("X-Channel",))
        )
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

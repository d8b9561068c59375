"""Dependencies shared by the routers."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import Settings
from app.core.database import Database
from app.core.errors import AuthenticationError
from app.core.rate_limit import RateLimiter, address_of
from app.core.security import decode_access_token
from app.models import User
from app.services.any_service import AnyService
from app.services.auth_service import AuthService
from app.services.base_entity_service import BaseService
from app.services.class__service import ClassService
from app.services.date_service import DateService
from app.services.enum_service import EnumService
from app.services.exception_service import ExceptionService
from app.services.field_service import FieldService
from app.services.group_service import GroupService
from app.services.index_service import IndexService
from app.services.list_service import ListService
from app.services.model_service import ModelService
from app.services.optional_service import OptionalService
from app.services.order_service import OrderService
from app.services.page_service import PageService
from app.services.query_service import QueryService
from app.services.repository_service import RepositoryService
from app.services.request_service import RequestService
from app.services.response_service import ResponseService
from app.services.select_service import SelectService
from app.services.service_service import ServiceService
from app.services.session_service import SessionService
from app.services.settings_service import SettingsService
from app.services.table_service import TableService
from app.services.test_service import TestService
from app.services.type_service import TypeService
from app.services.user_service import UserService

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


async def get_user_service(session: SessionDep) -> UserService:
    """Build the service."""
    return UserService(session)


async def get_class__service(session: SessionDep) -> ClassService:
    """Build the service."""
    return ClassService(session)


async def get_select_service(session: SessionDep) -> SelectService:
    """Build the service."""
    return SelectService(session)


async def get_field_service(session: SessionDep) -> FieldService:
    """Build the service."""
    return FieldService(session)


async def get_model_service(session: SessionDep) -> ModelService:
    """Build the service."""
    return ModelService(session)


async def get_request_service(session: SessionDep) -> RequestService:
    """Build the service."""
    return RequestService(session)


async def get_order_service(session: SessionDep) -> OrderService:
    """Build the service."""
    return OrderService(session)


async def get_group_service(session: SessionDep) -> GroupService:
    """Build the service."""
    return GroupService(session)


async def get_base_entity_service(session: SessionDep) -> BaseService:
    """Build the service."""
    return BaseService(session)


async def get_session_service(session: SessionDep) -> SessionService:
    """Build the service."""
    return SessionService(session)


async def get_page_service(session: SessionDep) -> PageService:
    """Build the service."""
    return PageService(session)


async def get_table_service(session: SessionDep) -> TableService:
    """Build the service."""
    return TableService(session)


async def get_index_service(session: SessionDep) -> IndexService:
    """Build the service."""
    return IndexService(session)


async def get_list_service(session: SessionDep) -> ListService:
    """Build the service."""
    return ListService(session)


async def get_type_service(session: SessionDep) -> TypeService:
    """Build the service."""
    return TypeService(session)


async def get_any_service(session: SessionDep) -> AnyService:
    """Build the service."""
    return AnyService(session)


async def get_optional_service(session: SessionDep) -> OptionalService:
    """Build the service."""
    return OptionalService(session)


async def get_exception_service(session: SessionDep) -> ExceptionService:
    """Build the service."""
    return ExceptionService(session)


async def get_date_service(session: SessionDep) -> DateService:
    """Build the service."""
    return DateService(session)


async def get_enum_service(session: SessionDep) -> EnumService:
    """Build the service."""
    return EnumService(session)


async def get_repository_service(session: SessionDep) -> RepositoryService:
    """Build the service."""
    return RepositoryService(session)


async def get_service_service(session: SessionDep) -> ServiceService:
    """Build the service."""
    return ServiceService(session)


async def get_test_service(session: SessionDep) -> TestService:
    """Build the service."""
    return TestService(session)


async def get_query_service(session: SessionDep) -> QueryService:
    """Build the service."""
    return QueryService(session)


async def get_response_service(session: SessionDep) -> ResponseService:
    """Build the service."""
    return ResponseService(session)


async def get_settings_service(session: SessionDep) -> SettingsService:
    """Build the service."""
    return SettingsService(session)


AuthServiceDep = Annotated[AuthService, Depends(get_auth_service)]
UserServiceDep = Annotated[UserService, Depends(get_user_service)]
ClassServiceDep = Annotated[ClassService, Depends(get_class__service)]
SelectServiceDep = Annotated[SelectService, Depends(get_select_service)]
FieldServiceDep = Annotated[FieldService, Depends(get_field_service)]
ModelServiceDep = Annotated[ModelService, Depends(get_model_service)]
RequestServiceDep = Annotated[RequestService, Depends(get_request_service)]
OrderServiceDep = Annotated[OrderService, Depends(get_order_service)]
GroupServiceDep = Annotated[GroupService, Depends(get_group_service)]
BaseServiceDep = Annotated[BaseService, Depends(get_base_entity_service)]
SessionServiceDep = Annotated[SessionService, Depends(get_session_service)]
PageServiceDep = Annotated[PageService, Depends(get_page_service)]
TableServiceDep = Annotated[TableService, Depends(get_table_service)]
IndexServiceDep = Annotated[IndexService, Depends(get_index_service)]
ListServiceDep = Annotated[ListService, Depends(get_list_service)]
TypeServiceDep = Annotated[TypeService, Depends(get_type_service)]
AnyServiceDep = Annotated[AnyService, Depends(get_any_service)]
OptionalServiceDep = Annotated[OptionalService, Depends(get_optional_service)]
ExceptionServiceDep = Annotated[ExceptionService, Depends(get_exception_service)]
DateServiceDep = Annotated[DateService, Depends(get_date_service)]
EnumServiceDep = Annotated[EnumService, Depends(get_enum_service)]
RepositoryServiceDep = Annotated[RepositoryService, Depends(get_repository_service)]
ServiceServiceDep = Annotated[ServiceService, Depends(get_service_service)]
TestServiceDep = Annotated[TestService, Depends(get_test_service)]
QueryServiceDep = Annotated[QueryService, Depends(get_query_service)]
ResponseServiceDep = Annotated[ResponseService, Depends(get_response_service)]
SettingsServiceDep = Annotated[SettingsService, Depends(get_settings_service)]


async def get_optional_user(
    token: Annotated[str | None, Depends(_bearer)], settings: SettingsDep, auth: AuthServiceDep
) -> User | None:
    """Return the caller, or None when nothing says who they are."""
    if token is not None:
        return await auth.authenticate(decode_access_token(token, settings).user_id)
    return None


OptionalUserDep = Annotated[User | None, Depends(get_optional_user)]


async def get_current_user(user: OptionalUserDep) -> User:
    """Return the caller or fail."""
    if user is None:
        raise AuthenticationError
    return user


CurrentUserDep = Annotated[User, Depends(get_current_user)]


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

"""Dependencies shared by the routers."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Path, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.convertors import IntegerConvertor, StringConvertor, register_url_convertor

from app.core.database import Database
from app.services.badge_service import BadgeService
from app.services.charge_service import ChargeService
from app.services.country_service import CountryService
from app.services.depot_service import DepotService
from app.services.employee_service import EmployeeService
from app.services.endorsement_service import EndorsementService
from app.services.label_service import LabelService
from app.services.membership_service import MembershipService
from app.services.office_service import OfficeService
from app.services.project_service import ProjectService
from app.services.rate_service import RateService
from app.services.region_service import RegionService
from app.services.street_service import StreetService
from app.services.ticket_service import TicketService
from app.services.town_service import TownService
from app.services.transfer_service import TransferService

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class _IntKeyConvertor(IntegerConvertor):
    """Integers with no more digits than 64 bits can have."""

    regex = "[0-9]{1,19}"


register_url_convertor("int", _IntKeyConvertor())
IntKey = Annotated[int, Path(ge=0, lt=9_223_372_036_854_775_808)]


class _NotBulkConvertor(StringConvertor):
    """Texts that stand for a row: ``bulk`` has routes of its own."""

    regex = "(?!bulk(?:/|$))[^/]+"


register_url_convertor("not_bulk", _NotBulkConvertor())


async def get_database(request: Request) -> Database:
    """Return the database of the application."""
    database: Database = request.app.state.database
    return database


DatabaseDep = Annotated[Database, Depends(get_database)]


async def get_session(request: Request, database: DatabaseDep) -> AsyncGenerator[AsyncSession]:
    """Open the transaction of the request; safe methods get a read-only one."""
    async with database.session(read_only=request.method in _SAFE_METHODS) as session:
        yield session


# "function" scope: the commit happens after the response is built and before it is sent, so a
# client never sees a success that the database then refused.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


async def get_employee_service(session: SessionDep) -> EmployeeService:
    """Build the service."""
    return EmployeeService(session)


async def get_office_service(session: SessionDep) -> OfficeService:
    """Build the service."""
    return OfficeService(session)


async def get_transfer_service(session: SessionDep) -> TransferService:
    """Build the service."""
    return TransferService(session)


async def get_badge_service(session: SessionDep) -> BadgeService:
    """Build the service."""
    return BadgeService(session)


async def get_country_service(session: SessionDep) -> CountryService:
    """Build the service."""
    return CountryService(session)


async def get_ticket_service(session: SessionDep) -> TicketService:
    """Build the service."""
    return TicketService(session)


async def get_label_service(session: SessionDep) -> LabelService:
    """Build the service."""
    return LabelService(session)


async def get_rate_service(session: SessionDep) -> RateService:
    """Build the service."""
    return RateService(session)


async def get_membership_service(session: SessionDep) -> MembershipService:
    """Build the service."""
    return MembershipService(session)


async def get_project_service(session: SessionDep) -> ProjectService:
    """Build the service."""
    return ProjectService(session)


async def get_charge_service(session: SessionDep) -> ChargeService:
    """Build the service."""
    return ChargeService(session)


async def get_endorsement_service(session: SessionDep) -> EndorsementService:
    """Build the service."""
    return EndorsementService(session)


async def get_region_service(session: SessionDep) -> RegionService:
    """Build the service."""
    return RegionService(session)


async def get_town_service(session: SessionDep) -> TownService:
    """Build the service."""
    return TownService(session)


async def get_street_service(session: SessionDep) -> StreetService:
    """Build the service."""
    return StreetService(session)


async def get_depot_service(session: SessionDep) -> DepotService:
    """Build the service."""
    return DepotService(session)


EmployeeServiceDep = Annotated[EmployeeService, Depends(get_employee_service)]
OfficeServiceDep = Annotated[OfficeService, Depends(get_office_service)]
TransferServiceDep = Annotated[TransferService, Depends(get_transfer_service)]
BadgeServiceDep = Annotated[BadgeService, Depends(get_badge_service)]
CountryServiceDep = Annotated[CountryService, Depends(get_country_service)]
TicketServiceDep = Annotated[TicketService, Depends(get_ticket_service)]
LabelServiceDep = Annotated[LabelService, Depends(get_label_service)]
RateServiceDep = Annotated[RateService, Depends(get_rate_service)]
MembershipServiceDep = Annotated[MembershipService, Depends(get_membership_service)]
ProjectServiceDep = Annotated[ProjectService, Depends(get_project_service)]
ChargeServiceDep = Annotated[ChargeService, Depends(get_charge_service)]
EndorsementServiceDep = Annotated[EndorsementService, Depends(get_endorsement_service)]
RegionServiceDep = Annotated[RegionService, Depends(get_region_service)]
TownServiceDep = Annotated[TownService, Depends(get_town_service)]
StreetServiceDep = Annotated[StreetService, Depends(get_street_service)]
DepotServiceDep = Annotated[DepotService, Depends(get_depot_service)]

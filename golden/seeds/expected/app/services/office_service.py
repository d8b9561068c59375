"""Offices."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Office
from app.models.values import Address
from app.repositories.country_repository import CountryRepository
from app.repositories.member_repository import MemberRepository
from app.repositories.office_repository import OfficeRepository
from app.schemas.office import OfficeCreate, OfficeListQuery, OfficeUpdate


class OfficeService:
    """Use cases of offices."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._offices = OfficeRepository(session)
        self._countries = CountryRepository(session)
        self._members = MemberRepository(session)

    async def list(self, query: OfficeListQuery) -> tuple[Sequence[Office], int]:
        """List offices."""
        return await self._offices.list(query)

    async def get(self, office_id: UUID) -> Office:
        """Return one office."""
        office = await self._offices.get(office_id)
        if office is None:
            detail = "Office not found"
            raise NotFoundError(detail)
        return office

    async def create(self, data: OfficeCreate) -> Office:
        """Create an office."""
        await self._check_country(data.country_code)
        await self._check_manager(data.manager_id)
        office = Office(
            city=data.city,
            rent=data.rent,
            opened=data.opened,
            hours=data.hours,
            settings=data.settings,
            phones=data.phones,
            contact=data.contact,
            key=data.key,
            address=Address(
                street=data.address.street, country=data.address.country, note=data.address.note
            ),
            country_code=data.country_code,
            manager_id=data.manager_id,
        )
        await self._offices.create(office)
        return office

    async def update(self, office_id: UUID, data: OfficeUpdate) -> Office:
        """Change an office."""
        office = await self.get(office_id)
        for attribute in (
            "city",
            "rent",
            "opened",
            "hours",
            "settings",
            "phones",
            "contact",
            "key",
        ):
            if (value := getattr(data, attribute)) is not MISSING:
                setattr(office, attribute, value)
        if data.address is not MISSING:
            office.address = Address(
                street=data.address.street, country=data.address.country, note=data.address.note
            )
        if data.country_code is not MISSING:
            await self._check_country(data.country_code)
            office.country_code = data.country_code
        if data.manager_id is not MISSING:
            await self._check_manager(data.manager_id)
            office.manager_id = data.manager_id
        await self._offices.update(office)
        return office

    async def delete(self, office_id: UUID) -> None:
        """Delete an office."""
        office = await self.get(office_id)
        await self._offices.delete(office)

    async def _check_country(self, country_code: str) -> None:
        if await self._countries.get(country_code) is None:
            detail = "Country not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/country_code", "No such country", "reference")]
            )

    async def _check_manager(self, manager_id: UUID | None) -> None:
        if manager_id is not None and await self._members.get(manager_id) is None:
            detail = "Member not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/manager_id", "No such member", "reference")]
            )

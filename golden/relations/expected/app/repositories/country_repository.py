"""Queries on countries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression, or_
from sqlalchemy.orm.util import identity_key

from app.core.errors import ConflictError, FieldError
from app.models import Country
from app.repositories.base import Repository
from app.schemas.country import CountryListQuery, CountrySort

_ORDERS: dict[CountrySort, UnaryExpression[Any]] = {
    CountrySort.CREATED_AT: Country.created_at.asc(),
    CountrySort.CREATED_AT_DESC: Country.created_at.desc(),
}


class CountryRepository(Repository[Country]):
    """Countries."""

    model = Country

    async def get(self, country_code: str) -> Country | None:
        """Return the country with this key, if there is one."""
        return await self.session.scalar(self.select().where(Country.code == country_code))

    async def list(self, query: CountryListQuery) -> tuple[Sequence[Country], int]:
        """Return one page of the countries."""
        statement = self.select().order_by(_ORDERS[query.sort], Country.code)
        if query.q is not None:
            statement = statement.where(
                or_(
                    Country.code.icontains(query.q, autoescape=True),
                    Country.name.icontains(query.q, autoescape=True),
                )
            )
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Country) -> None:
        """Insert ``entity`` now, unless this transaction has seen a row with its key."""
        if identity_key(instance=entity) in self.session.identity_map:
            detail = "A resource with the same value already exists"
            raise ConflictError(detail, errors=[FieldError("/code", "Already in use", "unique")])
        await super().create(entity)

"""Queries on countries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression

from app.models import Country
from app.repositories.base import Repository
from app.schemas.country import CountryListQuery, CountrySort

_ORDERS: dict[CountrySort, UnaryExpression[Any]] = {
    CountrySort.CODE: Country.code.asc(),
    CountrySort.CODE_DESC: Country.code.desc(),
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
        return await self.page(statement, limit=query.limit, offset=query.offset)

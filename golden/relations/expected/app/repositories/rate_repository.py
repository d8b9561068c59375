"""Queries on rates."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression
from sqlalchemy.orm.util import identity_key

from app.core.errors import ConflictError, FieldError
from app.models import Rate
from app.repositories.base import Repository
from app.schemas.rate import RateListQuery, RateSort

_ORDERS: dict[RateSort, UnaryExpression[Any]] = {
    RateSort.CREATED_AT: Rate.created_at.asc(),
    RateSort.CREATED_AT_DESC: Rate.created_at.desc(),
}


class RateRepository(Repository[Rate]):
    """Rates."""

    model = Rate
    computed = ("charged", "dearest")

    async def get(self, rate_year: int, rate_code: str) -> Rate | None:
        """Return the rate with this key, if there is one."""
        return await self.session.scalar(
            self.select().where(Rate.year == rate_year, Rate.code == rate_code)
        )

    async def list(self, query: RateListQuery) -> tuple[Sequence[Rate], int]:
        """Return one page of the rates."""
        statement = self.select().order_by(_ORDERS[query.sort], Rate.year, Rate.code)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Rate) -> None:
        """Insert ``entity`` now, unless this transaction has seen a row with its key."""
        if identity_key(instance=entity) in self.session.identity_map:
            detail = "A resource with the same value already exists"
            raise ConflictError(
                detail,
                errors=[
                    FieldError("/year", "Already in use", "unique"),
                    FieldError("/code", "Already in use", "unique"),
                ],
            )
        await super().create(entity)

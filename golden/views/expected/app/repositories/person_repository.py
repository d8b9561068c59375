"""Queries on people."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, select
from sqlalchemy.orm import selectinload

from app.models import Person
from app.repositories.base import Repository
from app.schemas.person import PersonListQuery, PersonSort

_ORDERS: dict[PersonSort, UnaryExpression[Any]] = {
    PersonSort.CREATED_AT: Person.created_at.asc(),
    PersonSort.CREATED_AT_DESC: Person.created_at.desc(),
}
_SHOWN = (selectinload(Person.articles),)


class PersonRepository(Repository[Person]):
    """People."""

    model = Person

    async def get(self, person_id: UUID) -> Person | None:
        """Return the person with this key, if there is one."""
        return await self.session.scalar(self.select().where(Person.id == person_id))

    async def get_by_email(self, email: str) -> Person | None:
        """Return the person with this value, if there is one."""
        return await self.session.scalar(self.select().where(Person.email == email))

    async def get_many(self, keys: Sequence[UUID]) -> Sequence[Person]:
        """Return the people with these keys, as far as they exist."""
        statement = self.select().where(Person.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: PersonListQuery) -> tuple[Sequence[Person], int]:
        """Return one page of the people."""
        statement = self.select().order_by(_ORDERS[query.sort], Person.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def load_shown(self, person: Person) -> None:
        """Load what is shown along with one person."""
        statement = (
            select(Person)
            .where(Person.id == person.id)
            .options(*_SHOWN)
            .execution_options(populate_existing=True)
        )
        (await self.session.scalars(statement)).one()

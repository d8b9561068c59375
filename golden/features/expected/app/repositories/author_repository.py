"""Queries on authors."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression

from app.models import Author
from app.repositories.base import Repository
from app.schemas.author import AuthorListQuery, AuthorSort

_ORDERS: dict[AuthorSort, UnaryExpression[Any]] = {
    AuthorSort.CREATED_AT: Author.created_at.asc(),
    AuthorSort.CREATED_AT_DESC: Author.created_at.desc(),
    AuthorSort.ID: Author.id.asc(),
    AuthorSort.ID_DESC: Author.id.desc(),
}


class AuthorRepository(Repository[Author]):
    """Authors."""

    model = Author

    async def get(self, author_id: int) -> Author | None:
        """Return the author with this key, if there is one."""
        return await self.session.scalar(self.select().where(Author.id == author_id))

    async def get_many(self, keys: Sequence[int]) -> Sequence[Author]:
        """Return the authors with these keys, as far as they exist."""
        statement = self.select().where(Author.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: AuthorListQuery) -> tuple[Sequence[Author], int]:
        """Return one page of the authors."""
        statement = self.select().order_by(_ORDERS[query.sort], Author.id)
        if query.id is not None:
            statement = statement.where(Author.id == query.id)
        if query.id_min is not None:
            statement = statement.where(Author.id >= query.id_min)
        if query.id_max is not None:
            statement = statement.where(Author.id <= query.id_max)
        return await self.page(statement, limit=query.limit, offset=query.offset)

"""Queries on topics."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression, or_
from sqlalchemy.orm.util import identity_key

from app.core.errors import ConflictError, FieldError
from app.models import Topic
from app.repositories.base import Repository
from app.schemas.topic import TopicListQuery, TopicSort

_ORDERS: dict[TopicSort, UnaryExpression[Any]] = {
    TopicSort.CREATED_AT: Topic.created_at.asc(),
    TopicSort.CREATED_AT_DESC: Topic.created_at.desc(),
}


class TopicRepository(Repository[Topic]):
    """Topics."""

    model = Topic

    async def get(self, topic_code: str) -> Topic | None:
        """Return the topic with this key, if there is one."""
        return await self.session.scalar(self.select().where(Topic.code == topic_code))

    async def get_many(self, keys: Sequence[str]) -> Sequence[Topic]:
        """Return the topics with these keys, as far as they exist."""
        statement = self.select().where(Topic.code.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: TopicListQuery) -> tuple[Sequence[Topic], int]:
        """Return one page of the topics."""
        statement = self.select().order_by(_ORDERS[query.sort], Topic.code)
        if query.q is not None:
            statement = statement.where(
                or_(
                    Topic.code.icontains(query.q, autoescape=True),
                    Topic.label.icontains(query.q, autoescape=True),
                )
            )
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Topic) -> None:
        """Insert ``entity`` now, unless this transaction has seen a row with its key."""
        if identity_key(instance=entity) in self.session.identity_map:
            detail = "A resource with the same value already exists"
            raise ConflictError(detail, errors=[FieldError("/code", "Already in use", "unique")])
        await super().create(entity)

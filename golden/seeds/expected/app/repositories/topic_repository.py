"""Queries on topics."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, UnaryExpression, select, true

from app.core.slugs import first_free, slugify
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

    def select(self) -> Select[Topic]:
        """Return the base statement; deleted topics are out of sight."""
        return super().select().where(Topic.is_active == true())

    async def get(self, topic_id: UUID) -> Topic | None:
        """Return the topic with this key, if there is one."""
        return await self.session.scalar(self.select().where(Topic.id == topic_id))

    async def get_by_slug(self, slug: str) -> Topic | None:
        """Return the topic with this value, if there is one."""
        return await self.session.scalar(self.select().where(Topic.slug == slug))

    async def list(self, query: TopicListQuery) -> tuple[Sequence[Topic], int]:
        """Return one page of the topics."""
        statement = self.select().order_by(_ORDERS[query.sort], Topic.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def unused_slug(self, text: str) -> str:
        """Return a slug made of ``text`` that no other topic has."""
        slug = slugify(text, max_length=194, fallback="topic")
        similar = select(Topic.slug).where(Topic.slug.startswith(slug))
        taken = (await self.session.scalars(similar)).all()
        return first_free(slug, taken)

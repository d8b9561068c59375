"""Topics."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Topic
from app.repositories.topic_repository import TopicRepository
from app.schemas.topic import TopicCreate, TopicListQuery, TopicUpdate


class TopicService:
    """Use cases of topics."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._topics = TopicRepository(session)

    async def list(self, query: TopicListQuery) -> tuple[Sequence[Topic], int]:
        """List topics."""
        return await self._topics.list(query)

    async def get(self, topic_slug: str) -> Topic:
        """Return one topic."""
        topic = await self._topics.get_by_slug(topic_slug)
        if topic is None:
            detail = "Topic not found"
            raise NotFoundError(detail)
        return topic

    async def create(self, data: TopicCreate) -> Topic:
        """Create a topic."""
        await self._check_parent(data.parent_id)
        topic = Topic(
            title=data.title,
            slug=await self._topics.unused_slug(data.title) if data.slug is MISSING else data.slug,
            rank=data.rank,
            parent_id=data.parent_id,
        )
        await self._topics.create(topic)
        return topic

    async def update(self, topic_slug: str, data: TopicUpdate) -> Topic:
        """Change a topic."""
        topic = await self.get(topic_slug)
        if data.title is not MISSING:
            topic.title = data.title
        if data.slug is not MISSING:
            topic.slug = data.slug
        if data.rank is not MISSING:
            topic.rank = data.rank
        if data.parent_id is not MISSING:
            await self._check_parent(data.parent_id)
            topic.parent_id = data.parent_id
        await self._topics.update(topic)
        return topic

    async def delete(self, topic_slug: str) -> None:
        """Delete a topic."""
        topic = await self.get(topic_slug)
        topic.is_active = False
        await self._topics.update(topic)

    async def _check_parent(self, parent_id: UUID | None) -> None:
        if parent_id is not None and await self._topics.get(parent_id) is None:
            detail = "Topic not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/parent_id", "No such topic", "reference")]
            )

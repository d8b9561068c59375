"""Topics."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Topic
from app.repositories.topic_repository import TopicRepository
from app.schemas.topic import TopicCreate, TopicListQuery, TopicReplace, TopicUpdate


class TopicService:
    """Use cases of topics."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._topics = TopicRepository(session)

    async def list(self, query: TopicListQuery) -> tuple[Sequence[Topic], int]:
        """List topics."""
        return await self._topics.list(query)

    async def get(self, topic_id: UUID) -> Topic:
        """Return one topic."""
        topic = await self._topics.get(topic_id)
        if topic is None:
            detail = "Topic not found"
            raise NotFoundError(detail)
        return topic

    async def create(self, data: TopicCreate) -> Topic:
        """Create a topic."""
        await self._check_parent(data.parent_id)
        topic = Topic(
            title=data.title,
            stage=data.stage,
            closed_at=data.closed_at,
            room=data.room,
            parent_id=data.parent_id,
        )
        await self._topics.create(topic)
        return topic

    async def update(self, topic_id: UUID, data: TopicUpdate) -> Topic:
        """Change a topic."""
        topic = await self.get(topic_id)
        if data.title is not MISSING:
            topic.title = data.title
        if data.stage is not MISSING:
            topic.stage = data.stage
        if data.closed_at is not MISSING:
            topic.closed_at = data.closed_at
        if data.room is not MISSING:
            topic.room = data.room
        if data.parent_id is not MISSING:
            await self._check_parent(data.parent_id)
            topic.parent_id = data.parent_id
        await self._topics.update(topic)
        return topic

    async def replace(self, topic_id: UUID, data: TopicReplace) -> Topic:
        """Replace a topic."""
        topic = await self.get(topic_id)
        topic.title = data.title
        topic.stage = data.stage
        topic.closed_at = data.closed_at
        topic.room = data.room
        await self._check_parent(data.parent_id)
        topic.parent_id = data.parent_id
        await self._topics.update(topic)
        return topic

    async def delete(self, topic_id: UUID) -> None:
        """Delete a topic."""
        topic = await self.get(topic_id)
        await self._topics.delete(topic)

    async def _check_parent(self, parent_id: UUID | None) -> None:
        if parent_id is not None and await self._topics.get(parent_id) is None:
            detail = "Topic not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/parent_id", "No such topic", "reference")]
            )

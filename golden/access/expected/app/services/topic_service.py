"""Topics."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Topic
from app.repositories.topic_repository import TopicRepository
from app.schemas.topic import (
    TopicBulkCreate,
    TopicCreate,
    TopicListQuery,
    TopicReplace,
    TopicUpdate,
)


class TopicService:
    """Use cases of topics."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._topics = TopicRepository(session)

    async def list(self, query: TopicListQuery) -> tuple[Sequence[Topic], int]:
        """List topics."""
        return await self._topics.list(query)

    async def get(self, topic_code: str) -> Topic:
        """Return one topic."""
        topic = await self._topics.get(topic_code)
        if topic is None:
            detail = "Topic not found"
            raise NotFoundError(detail)
        return topic

    async def create(self, data: TopicCreate) -> Topic:
        """Create a topic."""
        await self._check_parent(data.parent_code)
        return await self._insert(data)

    async def bulk_create(self, data: TopicBulkCreate) -> Sequence[Topic]:
        """Create several topics, all or none."""
        known_topics = await self._known_topics(
            [item.parent_code for item in data.items if item.parent_code is not None]
        )
        topics: list[Topic] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                await self._check_parent(item.parent_code, known_topics)
                topic = await self._insert(item)
                known_topics[topic.code] = topic
                topics.append(topic)
        return topics

    async def _insert(self, data: TopicCreate) -> Topic:
        topic = Topic(code=data.code, label=data.label, parent_code=data.parent_code)
        await self._topics.create(topic)
        return topic

    async def update(self, topic_code: str, data: TopicUpdate) -> Topic:
        """Change a topic."""
        topic = await self.get(topic_code)
        if data.label is not MISSING:
            topic.label = data.label
        if data.parent_code is not MISSING:
            await self._check_parent(data.parent_code)
            topic.parent_code = data.parent_code
        await self._topics.update(topic)
        return topic

    async def replace(self, topic_code: str, data: TopicReplace) -> Topic:
        """Replace a topic."""
        topic = await self.get(topic_code)
        topic.label = data.label
        await self._check_parent(data.parent_code)
        topic.parent_code = data.parent_code
        await self._topics.update(topic)
        return topic

    async def delete(self, topic_code: str) -> None:
        """Delete a topic."""
        topic = await self.get(topic_code)
        await self._topics.delete(topic)

    async def _check_parent(
        self, parent_code: str | None, known: dict[str, Topic] | None = None
    ) -> None:
        if parent_code is None:
            return
        if known is None:
            known = await self._known_topics([parent_code])
        if parent_code not in known:
            detail = "Topic not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/parent_code", "No such topic", "reference")]
            )

    async def _known_topics(self, keys: Sequence[str]) -> dict[str, Topic]:
        return {topic.code: topic for topic in await self._topics.get_many(keys)}

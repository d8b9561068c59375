"""Remarks."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Remark
from app.repositories.remark_repository import RemarkRepository
from app.schemas.remark import RemarkCreate, RemarkListQuery, RemarkUpdate
from app.services.topic_service import TopicService


class RemarkService:
    """Use cases of remarks."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._remarks = RemarkRepository(session)
        self._topic_service = TopicService(session)

    async def list(
        self, topic_id: UUID, query: RemarkListQuery
    ) -> tuple[Sequence[Remark], str | None]:
        """List remarks."""
        topic = await self._topic_service.get(topic_id)
        return await self._remarks.list(query, topic.id)

    async def get(self, topic_id: UUID, remark_id: UUID) -> Remark:
        """Return one remark."""
        topic = await self._topic_service.get(topic_id)
        remark = await self._remarks.get(remark_id)
        if remark is None or remark.topic_id != topic.id:
            detail = "Remark not found"
            raise NotFoundError(detail)
        return remark

    async def create(self, topic_id: UUID, data: RemarkCreate) -> Remark:
        """Create a remark."""
        topic = await self._topic_service.get(topic_id)
        remark = Remark(heading=data.heading, text=data.text, topic_id=topic.id)
        await self._remarks.create(remark)
        return remark

    async def update(self, topic_id: UUID, remark_id: UUID, data: RemarkUpdate) -> Remark:
        """Change a remark."""
        remark = await self.get(topic_id, remark_id)
        if data.heading is not MISSING:
            remark.heading = data.heading
        if data.text is not MISSING:
            remark.text = data.text
        await self._remarks.update(remark)
        return remark

    async def delete(self, topic_id: UUID, remark_id: UUID) -> None:
        """Delete a remark."""
        remark = await self.get(topic_id, remark_id)
        await self._remarks.delete(remark)

"""Remarks."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Remark
from app.repositories.remark_repository import RemarkRepository
from app.schemas.remark import RemarkCreate, RemarkListQuery
from app.services.article_service import ArticleService


class RemarkService:
    """Use cases of remarks."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._remarks = RemarkRepository(session)
        self._article_service = ArticleService(session)

    async def list(
        self, article_slug: str, query: RemarkListQuery
    ) -> tuple[Sequence[Remark], str | None]:
        """List remarks."""
        article = await self._article_service.get(article_slug)
        return await self._remarks.list(query, article.id)

    async def get(self, article_slug: str, remark_id: UUID) -> Remark:
        """Return one remark."""
        article = await self._article_service.get(article_slug)
        remark = await self._remarks.get(remark_id)
        if remark is None or remark.article_id != article.id:
            detail = "Remark not found"
            raise NotFoundError(detail)
        return remark

    async def create(self, article_slug: str, data: RemarkCreate) -> Remark:
        """Create a remark."""
        article = await self._article_service.get(article_slug)
        remark = Remark(text=data.text, article_id=article.id)
        await self._remarks.create(remark)
        return remark

    async def delete(self, article_slug: str, remark_id: UUID) -> None:
        """Delete a remark."""
        remark = await self.get(article_slug, remark_id)
        await self._remarks.delete(remark)

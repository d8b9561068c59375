"""Remarks."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError, PermissionDeniedError
from app.models import Person, Remark
from app.repositories.remark_repository import RemarkRepository
from app.schemas.remark import RemarkCreate, RemarkListQuery, RemarkUpdate
from app.services.article_service import ArticleService


class RemarkService:
    """Use cases of remarks."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._remarks = RemarkRepository(session)
        self._article_service = ArticleService(session)

    async def list(
        self, article_slug: str, query: RemarkListQuery, caller: Person | None
    ) -> tuple[Sequence[Remark], str | None]:
        """List remarks."""
        article = await self._article_service.get(article_slug)
        return await self._remarks.list(query, article.id, caller)

    async def get(self, article_slug: str, remark_id: UUID) -> Remark:
        """Return one remark."""
        article = await self._article_service.get(article_slug)
        remark = await self._remarks.get(remark_id)
        if remark is None or remark.article_id != article.id:
            detail = "Remark not found"
            raise NotFoundError(detail)
        return remark

    async def show(self, article_slug: str, remark_id: UUID, caller: Person | None) -> Remark:
        """Return one remark with what is shown along with it."""
        remark = await self.get(article_slug, remark_id)
        await self._remarks.load_shown(remark, caller)
        return remark

    async def create(self, article_slug: str, data: RemarkCreate, caller: Person) -> Remark:
        """Create a remark."""
        article = await self._article_service.get(article_slug)
        remark = Remark(text=data.text, article_id=article.id, author_id=caller.id)
        await self._remarks.create(remark)
        await self._remarks.load_shown_by_create(remark, caller)
        return remark

    async def update(
        self, article_slug: str, remark_id: UUID, data: RemarkUpdate, caller: Person
    ) -> Remark:
        """Change a remark."""
        remark = await self.get(article_slug, remark_id)
        if not _may_change(remark, caller):
            detail = "You may not change this remark"
            raise PermissionDeniedError(detail)
        if data.text is not MISSING:
            remark.text = data.text
        await self._remarks.update(remark)
        await self._remarks.load_shown_by_create(remark, caller)
        return remark

    async def delete(self, article_slug: str, remark_id: UUID, caller: Person) -> None:
        """Delete a remark."""
        remark = await self.get(article_slug, remark_id)
        if not _may_change(remark, caller):
            detail = "You may not delete this remark"
            raise PermissionDeniedError(detail)
        remark.is_active = False
        await self._remarks.update(remark)


def _may_change(remark: Remark, caller: Person) -> bool:
    return remark.author_id == caller.id

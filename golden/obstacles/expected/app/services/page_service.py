"""Pages."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import PageEntity
from app.repositories.page_repository import PageRepository
from app.schemas.page import PageCreate, PageListQuery, PageUpdate


class PageService:
    """Use cases of pages."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._pages = PageRepository(session)

    async def list(self, query: PageListQuery) -> tuple[Sequence[PageEntity], int]:
        """List pages."""
        return await self._pages.list(query)

    async def get(self, page_row_id: UUID) -> PageEntity:
        """Return one page."""
        page_row = await self._pages.get(page_row_id)
        if page_row is None:
            detail = "Page not found"
            raise NotFoundError(detail)
        return page_row

    async def create(self, data: PageCreate) -> PageEntity:
        """Create a page."""
        page_row = PageEntity(page=data.page)
        await self._pages.create(page_row)
        return page_row

    async def update(self, page_row_id: UUID, data: PageUpdate) -> PageEntity:
        """Change a page."""
        page_row = await self.get(page_row_id)
        if data.page is not MISSING:
            page_row.page = data.page
        await self._pages.update(page_row)
        return page_row

    async def delete(self, page_row_id: UUID) -> None:
        """Delete a page."""
        page_row = await self.get(page_row_id)
        await self._pages.delete(page_row)

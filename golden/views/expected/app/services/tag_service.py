"""Tags."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Tag
from app.repositories.tag_repository import TagRepository
from app.schemas.tag import TagCreate, TagListQuery, TagUpdate


class TagService:
    """Use cases of tags."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._tags = TagRepository(session)

    async def list(self, query: TagListQuery) -> tuple[Sequence[Tag], int]:
        """List tags."""
        return await self._tags.list(query)

    async def get(self, tag_row_id: UUID) -> Tag:
        """Return one tag."""
        tag_row = await self._tags.get(tag_row_id)
        if tag_row is None:
            detail = "Tag not found"
            raise NotFoundError(detail)
        return tag_row

    async def show(self, tag_row_id: UUID) -> Tag:
        """Return one tag with what is shown along with it."""
        tag_row = await self.get(tag_row_id)
        await self._tags.load_shown(tag_row)
        return tag_row

    async def create(self, data: TagCreate) -> Tag:
        """Create a tag."""
        await self._check_parent(data.parent_id)
        tag_row = Tag(label=data.label, parent_id=data.parent_id)
        await self._tags.create(tag_row)
        return tag_row

    async def update(self, tag_row_id: UUID, data: TagUpdate) -> Tag:
        """Change a tag."""
        tag_row = await self.get(tag_row_id)
        if data.label is not MISSING:
            tag_row.label = data.label
        if data.parent_id is not MISSING:
            await self._check_parent(data.parent_id)
            tag_row.parent_id = data.parent_id
        await self._tags.update(tag_row)
        await self._tags.load_shown(tag_row)
        return tag_row

    async def delete(self, tag_row_id: UUID) -> None:
        """Delete a tag."""
        tag_row = await self.get(tag_row_id)
        await self._tags.delete(tag_row)

    async def _check_parent(self, parent_id: UUID | None) -> None:
        if parent_id is not None and await self._tags.get(parent_id) is None:
            detail = "Tag not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/parent_id", "No such tag", "reference")]
            )

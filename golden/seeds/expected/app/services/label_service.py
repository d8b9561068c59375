"""Labels."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Label
from app.repositories.label_repository import LabelRepository
from app.schemas.label import LabelCreate, LabelListQuery, LabelUpdate


class LabelService:
    """Use cases of labels."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._labels = LabelRepository(session)

    async def list(self, query: LabelListQuery) -> tuple[Sequence[Label], int]:
        """List labels."""
        return await self._labels.list(query)

    async def get(self, label_id: int) -> Label:
        """Return one label."""
        label = await self._labels.get(label_id)
        if label is None:
            detail = "Label not found"
            raise NotFoundError(detail)
        return label

    async def create(self, data: LabelCreate) -> Label:
        """Create a label."""
        label = Label(name=data.name, level=data.level)
        await self._labels.create(label)
        return label

    async def update(self, label_id: int, data: LabelUpdate) -> Label:
        """Change a label."""
        label = await self.get(label_id)
        if data.name is not MISSING:
            label.name = data.name
        if data.level is not MISSING:
            label.level = data.level
        await self._labels.update(label)
        return label

    async def delete(self, label_id: int) -> None:
        """Delete a label."""
        label = await self.get(label_id)
        await self._labels.delete(label)

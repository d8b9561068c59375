"""Labels."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import NotFoundError
from app.models import Label
from app.repositories.label_repository import LabelRepository
from app.schemas.label import (
    LabelBulkCreate,
    LabelCreate,
    LabelListQuery,
    LabelReplace,
    LabelUpdate,
)


class LabelService:
    """Use cases of labels."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._labels = LabelRepository(session)

    async def list(self, query: LabelListQuery) -> Sequence[Label]:
        """List labels."""
        return await self._labels.list(query)

    async def get(self, label_id: UUID) -> Label:
        """Return one label."""
        label = await self._labels.get(label_id)
        if label is None:
            detail = "Label not found"
            raise NotFoundError(detail)
        return label

    async def create(self, data: LabelCreate) -> Label:
        """Create a label."""
        return await self._insert(data)

    async def bulk_create(self, data: LabelBulkCreate) -> Sequence[Label]:
        """Create several labels, all or none."""
        labels: list[Label] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                label = await self._insert(item)
                labels.append(label)
        return labels

    async def _insert(self, data: LabelCreate) -> Label:
        label = Label(name=data.name)
        await self._labels.create(label)
        return label

    async def update(self, label_id: UUID, data: LabelUpdate) -> Label:
        """Change a label."""
        label = await self.get(label_id)
        if data.name is not MISSING:
            label.name = data.name
        await self._labels.update(label)
        return label

    async def replace(self, label_id: UUID, data: LabelReplace) -> Label:
        """Replace a label."""
        label = await self.get(label_id)
        label.name = data.name
        await self._labels.update(label)
        return label

    async def delete(self, label_id: UUID) -> None:
        """Delete a label."""
        label = await self.get(label_id)
        await self._labels.delete(label)

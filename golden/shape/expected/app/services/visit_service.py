"""Visits."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Visit
from app.repositories.label_repository import LabelRepository
from app.repositories.visit_repository import VisitRepository
from app.schemas.visit import VisitCreate, VisitListQuery, VisitUpdate


class VisitService:
    """Use cases of visits."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._visits = VisitRepository(session)
        self._labels = LabelRepository(session)

    async def list(self, query: VisitListQuery) -> tuple[Sequence[Visit], str | None]:
        """List visits."""
        return await self._visits.list(query)

    async def get(self, visit_id: UUID) -> Visit:
        """Return one visit."""
        visit = await self._visits.get(visit_id)
        if visit is None:
            detail = "Visit not found"
            raise NotFoundError(detail)
        return visit

    async def create(self, data: VisitCreate) -> Visit:
        """Create a visit."""
        await self._check_label(data.label_id)
        visit = Visit(page=data.page, seconds=data.seconds, label_id=data.label_id)
        await self._visits.create(visit)
        return visit

    async def update(self, visit_id: UUID, data: VisitUpdate) -> Visit:
        """Change a visit."""
        visit = await self.get(visit_id)
        if data.page is not MISSING:
            visit.page = data.page
        if data.seconds is not MISSING:
            visit.seconds = data.seconds
        if data.label_id is not MISSING:
            await self._check_label(data.label_id)
            visit.label_id = data.label_id
        await self._visits.update(visit)
        return visit

    async def delete(self, visit_id: UUID) -> None:
        """Delete a visit."""
        visit = await self.get(visit_id)
        await self._visits.delete(visit)

    async def _check_label(self, label_id: UUID | None) -> None:
        if label_id is not None and await self._labels.get(label_id) is None:
            detail = "Label not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/labelId", "No such label", "reference")]
            )

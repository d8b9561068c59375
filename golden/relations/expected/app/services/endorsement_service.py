"""Endorsements."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Endorsement
from app.repositories.employee_repository import EmployeeRepository
from app.repositories.endorsement_repository import EndorsementRepository
from app.schemas.endorsement import EndorsementCreate, EndorsementListQuery, EndorsementUpdate


class EndorsementService:
    """Use cases of endorsements."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._endorsements = EndorsementRepository(session)
        self._employees = EmployeeRepository(session)

    async def list(self, query: EndorsementListQuery) -> tuple[Sequence[Endorsement], int]:
        """List endorsements."""
        return await self._endorsements.list(query)

    async def get(self, endorsement_id: UUID) -> Endorsement:
        """Return one endorsement."""
        endorsement = await self._endorsements.get(endorsement_id)
        if endorsement is None:
            detail = "Endorsement not found"
            raise NotFoundError(detail)
        return endorsement

    async def create(self, data: EndorsementCreate) -> Endorsement:
        """Create an endorsement."""
        await self._check_author(data.author_id)
        await self._check_subject(data.subject_id)
        endorsement = Endorsement(
            text=data.text, author_id=data.author_id, subject_id=data.subject_id
        )
        await self._endorsements.create(endorsement)
        return endorsement

    async def update(self, endorsement_id: UUID, data: EndorsementUpdate) -> Endorsement:
        """Change an endorsement."""
        endorsement = await self.get(endorsement_id)
        if data.text is not MISSING:
            endorsement.text = data.text
        if data.author_id is not MISSING:
            await self._check_author(data.author_id)
            endorsement.author_id = data.author_id
        if data.subject_id is not MISSING:
            await self._check_subject(data.subject_id)
            endorsement.subject_id = data.subject_id
        await self._endorsements.update(endorsement)
        return endorsement

    async def delete(self, endorsement_id: UUID) -> None:
        """Delete an endorsement."""
        endorsement = await self.get(endorsement_id)
        await self._endorsements.delete(endorsement)

    async def _check_author(self, author_id: UUID) -> None:
        if await self._employees.get(author_id) is None:
            detail = "Employee not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/author_id", "No such employee", "reference")]
            )

    async def _check_subject(self, subject_id: UUID) -> None:
        if await self._employees.get(subject_id) is None:
            detail = "Employee not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/subject_id", "No such employee", "reference")]
            )

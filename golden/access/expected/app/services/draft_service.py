"""Drafts."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import AuthenticationError, NotFoundError, PermissionDeniedError
from app.models import Draft, Member
from app.models.enums import TaskState
from app.repositories.draft_repository import DraftRepository
from app.schemas.draft import DraftCreate, DraftListQuery, DraftRead, DraftReplace, DraftUpdate


class DraftService:
    """Use cases of drafts."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._drafts = DraftRepository(session)

    async def list(self, query: DraftListQuery) -> tuple[Sequence[Draft], str | None]:
        """List drafts."""
        return await self._drafts.list(query)

    async def get(self, draft_id: UUID) -> Draft:
        """Return one draft."""
        draft = await self._drafts.get(draft_id)
        if draft is None:
            detail = "Draft not found"
            raise NotFoundError(detail)
        return draft

    async def create(self, data: DraftCreate) -> Draft:
        """Create a draft."""
        draft = Draft(text=data.text, state=data.state, remark=data.remark)
        await self._drafts.create(draft)
        return draft

    async def update(self, draft_id: UUID, data: DraftUpdate, caller: Member | None) -> Draft:
        """Change a draft."""
        draft = await self.get(draft_id)
        _require_change(draft, caller)
        if data.text is not MISSING:
            draft.text = data.text
        if data.state is not MISSING:
            draft.state = data.state
        if data.remark is not MISSING:
            draft.remark = data.remark
        _require_change(draft, caller)
        await self._drafts.update(draft)
        return draft

    async def replace(self, draft_id: UUID, data: DraftReplace, caller: Member | None) -> Draft:
        """Replace a draft."""
        draft = await self.get(draft_id)
        _require_change(draft, caller)
        draft.text = data.text
        draft.state = data.state
        draft.remark = data.remark
        _require_change(draft, caller)
        await self._drafts.update(draft)
        return draft

    async def delete(self, draft_id: UUID, caller: Member | None) -> None:
        """Delete a draft."""
        draft = await self.get(draft_id)
        if not _may_change(draft):
            if caller is None:
                raise AuthenticationError
            detail = "You may not delete this draft"
            raise PermissionDeniedError(detail)
        await self._drafts.delete(draft)

    @staticmethod
    def represent(draft: Draft, caller: Member | None) -> DraftRead:
        """Show one draft without what the caller may not read."""
        shown = DraftRead.model_validate(draft)
        if not _reads_remark(caller):
            shown.remark = MISSING
        return shown


def _may_change(draft: Draft) -> bool:
    return draft.state is TaskState.DRAFT


def _require_change(draft: Draft, caller: Member | None) -> None:
    if not _may_change(draft):
        if caller is None:
            raise AuthenticationError
        detail = "You may not change this draft"
        raise PermissionDeniedError(detail)


def _reads_remark(caller: Member | None) -> bool:
    return caller is not None

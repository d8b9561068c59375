"""Notices."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError, PermissionDeniedError
from app.core.writable import require_writable
from app.models import Member, Notice
from app.models.enums import MemberRole
from app.repositories.notice_repository import NoticeRepository
from app.schemas.notice import NoticeCreate, NoticeListQuery, NoticeUpdate


class NoticeService:
    """Use cases of notices."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._notices = NoticeRepository(session)

    async def list(
        self, query: NoticeListQuery, caller: Member | None
    ) -> tuple[Sequence[Notice], int]:
        """List notices."""
        return await self._notices.list(query, caller)

    async def get(self, notice_id: UUID, caller: Member | None) -> Notice:
        """Return one notice, unless the caller may not know that it exists."""
        notice = await self._notices.get(notice_id)
        if notice is None or not _may_read(notice, caller):
            detail = "Notice not found"
            raise NotFoundError(detail)
        return notice

    async def create(self, data: NoticeCreate, caller: Member) -> Notice:
        """Create a notice."""
        notice = Notice(text=data.text, pinned=data.pinned, author_id=caller.id)
        await self._notices.create(notice)
        return notice

    async def update(self, notice_id: UUID, data: NoticeUpdate, caller: Member) -> Notice:
        """Change a notice."""
        notice = await self.get(notice_id, caller)
        if not _may_change(notice, caller):
            detail = "You may not change this notice"
            raise PermissionDeniedError(detail)
        require_writable(data, {"pinned": _writes_pinned(notice, caller)})
        if data.text is not MISSING:
            notice.text = data.text
        if data.pinned is not MISSING:
            notice.pinned = data.pinned
        await self._notices.update(notice)
        return notice

    async def delete(self, notice_id: UUID, caller: Member) -> None:
        """Delete a notice."""
        notice = await self.get(notice_id, caller)
        if not _may_change(notice, caller):
            detail = "You may not delete this notice"
            raise PermissionDeniedError(detail)
        await self._notices.delete(notice)


def _may_read(notice: Notice, caller: Member | None) -> bool:
    if caller is None:
        return notice.is_active and notice.created_at > datetime.fromisoformat(
            "2020-01-01T00:00:00Z"
        )
    return caller.role is MemberRole.ADMIN or (
        notice.is_active and notice.created_at > datetime.fromisoformat("2020-01-01T00:00:00Z")
    )


def _may_change(notice: Notice, caller: Member) -> bool:
    return caller.role is MemberRole.ADMIN or (notice.author_id == caller.id and notice.is_active)


def _writes_pinned(notice: Notice, caller: Member) -> bool:
    return notice.author_id == caller.id

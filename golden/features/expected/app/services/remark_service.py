"""Remarks."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import NotFoundError, PermissionDeniedError
from app.models import Account, Book, Remark
from app.models.enums import AccountRole
from app.repositories.remark_repository import RemarkRepository
from app.schemas.remark import (
    RemarkBulkCreate,
    RemarkCreate,
    RemarkListQuery,
    RemarkReplace,
    RemarkUpdate,
)
from app.services.book_service import BookService


class RemarkService:
    """Use cases of remarks."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._remarks = RemarkRepository(session)
        self._book_service = BookService(session)

    async def list(
        self, shelf_id: UUID, book_id: UUID, query: RemarkListQuery, caller: Account
    ) -> tuple[Sequence[Remark], int]:
        """List remarks."""
        book = await self._book_service.get(shelf_id, book_id, caller)
        return await self._remarks.list(query, book.id, caller)

    async def get(self, shelf_id: UUID, book_id: UUID, remark_id: UUID, caller: Account) -> Remark:
        """Return one remark, unless the caller may not know that it exists."""
        book = await self._book_service.get(shelf_id, book_id, caller)
        remark = await self._remarks.get(remark_id)
        if remark is None or remark.book_id != book.id or not _may_read(remark, caller):
            detail = "Remark not found"
            raise NotFoundError(detail)
        return remark

    async def create(
        self, shelf_id: UUID, book_id: UUID, data: RemarkCreate, caller: Account
    ) -> Remark:
        """Create a remark."""
        book = await self._book_service.get(shelf_id, book_id, caller)
        return await self._insert(data, book, caller)

    async def bulk_create(
        self, shelf_id: UUID, book_id: UUID, data: RemarkBulkCreate, caller: Account
    ) -> Sequence[Remark]:
        """Create several remarks, all or none."""
        book = await self._book_service.get(shelf_id, book_id, caller)
        remarks: list[Remark] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                remark = await self._insert(item, book, caller)
                remarks.append(remark)
        return remarks

    async def _insert(self, data: RemarkCreate, book: Book, caller: Account) -> Remark:
        remark = Remark(text=data.text, book_id=book.id, writer_id=caller.id)
        await self._remarks.create(remark)
        return remark

    async def update(
        self, shelf_id: UUID, book_id: UUID, remark_id: UUID, data: RemarkUpdate, caller: Account
    ) -> Remark:
        """Change a remark."""
        remark = await self.get(shelf_id, book_id, remark_id, caller)
        if not _may_change(remark, caller):
            detail = "You may not change this remark"
            raise PermissionDeniedError(detail)
        if data.text is not MISSING:
            remark.text = data.text
        await self._remarks.update(remark)
        return remark

    async def replace(
        self, shelf_id: UUID, book_id: UUID, remark_id: UUID, data: RemarkReplace, caller: Account
    ) -> Remark:
        """Replace a remark."""
        remark = await self.get(shelf_id, book_id, remark_id, caller)
        if not _may_change(remark, caller):
            detail = "You may not change this remark"
            raise PermissionDeniedError(detail)
        remark.text = data.text
        await self._remarks.update(remark)
        return remark

    async def delete(self, shelf_id: UUID, book_id: UUID, remark_id: UUID, caller: Account) -> None:
        """Delete a remark."""
        remark = await self.get(shelf_id, book_id, remark_id, caller)
        if not _may_change(remark, caller):
            detail = "You may not delete this remark"
            raise PermissionDeniedError(detail)
        await self._remarks.delete(remark)


def _may_read(remark: Remark, caller: Account) -> bool:
    return caller.role is AccountRole.ADMIN or remark.book.shelf.owner_id == caller.id


def _may_change(remark: Remark, caller: Account) -> bool:
    return caller.role is AccountRole.ADMIN or remark.writer_id == caller.id

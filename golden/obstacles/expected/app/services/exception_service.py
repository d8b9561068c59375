"""Exceptions."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import ExceptionEntity
from app.repositories.exception_repository import ExceptionRepository
from app.schemas.exception import ExceptionCreate, ExceptionListQuery, ExceptionUpdate


class ExceptionService:
    """Use cases of exceptions."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._exceptions = ExceptionRepository(session)

    async def list(self, query: ExceptionListQuery) -> tuple[Sequence[ExceptionEntity], int]:
        """List exceptions."""
        return await self._exceptions.list(query)

    async def get(self, exception_id: UUID) -> ExceptionEntity:
        """Return one exception."""
        exception = await self._exceptions.get(exception_id)
        if exception is None:
            detail = "Exception not found"
            raise NotFoundError(detail)
        return exception

    async def create(self, data: ExceptionCreate) -> ExceptionEntity:
        """Create an exception."""
        exception = ExceptionEntity(exception=data.exception)
        await self._exceptions.create(exception)
        return exception

    async def update(self, exception_id: UUID, data: ExceptionUpdate) -> ExceptionEntity:
        """Change an exception."""
        exception = await self.get(exception_id)
        if data.exception is not MISSING:
            exception.exception = data.exception
        await self._exceptions.update(exception)
        return exception

    async def delete(self, exception_id: UUID) -> None:
        """Delete an exception."""
        exception = await self.get(exception_id)
        await self._exceptions.delete(exception)

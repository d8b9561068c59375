"""Responses."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import ResponseEntity
from app.repositories.response_repository import ResponseRepository
from app.schemas.response import ResponseCreate, ResponseListQuery, ResponseUpdate


class ResponseService:
    """Use cases of responses."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._responses = ResponseRepository(session)

    async def list(self, query: ResponseListQuery) -> tuple[Sequence[ResponseEntity], int]:
        """List responses."""
        return await self._responses.list(query)

    async def get(self, response_row_id: UUID) -> ResponseEntity:
        """Return one response."""
        response_row = await self._responses.get(response_row_id)
        if response_row is None:
            detail = "Response not found"
            raise NotFoundError(detail)
        return response_row

    async def create(self, data: ResponseCreate) -> ResponseEntity:
        """Create a response."""
        response_row = ResponseEntity(response=data.response)
        await self._responses.create(response_row)
        return response_row

    async def update(self, response_row_id: UUID, data: ResponseUpdate) -> ResponseEntity:
        """Change a response."""
        response_row = await self.get(response_row_id)
        if data.response is not MISSING:
            response_row.response = data.response
        await self._responses.update(response_row)
        return response_row

    async def delete(self, response_row_id: UUID) -> None:
        """Delete a response."""
        response_row = await self.get(response_row_id)
        await self._responses.delete(response_row)

"""Tests."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Test
from app.repositories.test_repository import TestRepository
from app.schemas.test import TestCreate, TestListQuery, TestUpdate


class TestService:
    """Use cases of tests."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._tests = TestRepository(session)

    async def list(self, query: TestListQuery) -> tuple[Sequence[Test], int]:
        """List tests."""
        return await self._tests.list(query)

    async def get(self, test_id: UUID) -> Test:
        """Return one test."""
        test = await self._tests.get(test_id)
        if test is None:
            detail = "Test not found"
            raise NotFoundError(detail)
        return test

    async def create(self, data: TestCreate) -> Test:
        """Create a test."""
        test = Test(test=data.test)
        await self._tests.create(test)
        return test

    async def update(self, test_id: UUID, data: TestUpdate) -> Test:
        """Change a test."""
        test = await self.get(test_id)
        if data.test is not MISSING:
            test.test = data.test
        await self._tests.update(test)
        return test

    async def delete(self, test_id: UUID) -> None:
        """Delete a test."""
        test = await self.get(test_id)
        await self._tests.delete(test)

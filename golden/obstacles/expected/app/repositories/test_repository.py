"""Queries on tests."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Test
from app.repositories.base import Repository
from app.schemas.test import TestListQuery, TestSort

_ORDERS: dict[TestSort, UnaryExpression[Any]] = {
    TestSort.CREATED_AT: Test.created_at.asc(),
    TestSort.CREATED_AT_DESC: Test.created_at.desc(),
}


class TestRepository(Repository[Test]):
    """Tests."""

    model = Test

    async def get(self, test_id: UUID) -> Test | None:
        """Return the test with this key, if there is one."""
        return await self.session.scalar(self.select().where(Test.id == test_id))

    async def list(self, query: TestListQuery) -> tuple[Sequence[Test], int]:
        """Return one page of the tests."""
        statement = self.select().order_by(_ORDERS[query.sort], Test.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

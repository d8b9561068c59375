"""Queries on tasks."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression
from sqlalchemy.orm import joinedload, selectinload

from app.models import Member, Task, Team
from app.repositories.base import Repository
from app.schemas.task import TaskListQuery, TaskSort

_ORDERS: dict[TaskSort, UnaryExpression[Any]] = {
    TaskSort.CREATED_AT: Task.created_at.asc(),
    TaskSort.CREATED_AT_DESC: Task.created_at.desc(),
}


class TaskRepository(Repository[Task]):
    """Tasks."""

    model = Task
    options = (joinedload(Task.team, innerjoin=True), selectinload(Task.topics))

    async def get(self, task_id: UUID) -> Task | None:
        """Return the task with this key, if there is one."""
        return await self.session.scalar(self.select().where(Task.id == task_id))

    async def list(self, query: TaskListQuery, caller: Member) -> tuple[Sequence[Task], int]:
        """Return one page of the tasks that the caller may see."""
        statement = self.select().where(_visible_to(caller)).order_by(_ORDERS[query.sort], Task.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)


def _visible_to(caller: Member) -> ColumnElement[bool]:
    return Task.team.has(Team.lead_id == caller.id)

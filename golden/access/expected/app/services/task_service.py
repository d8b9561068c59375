"""Tasks."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.clock import utcnow
from app.core.errors import FieldError, NotFoundError, PermissionDeniedError, RuleViolationError
from app.core.etag import check_if_match
from app.models import Member, Task, Team, Topic
from app.repositories.task_repository import TaskRepository
from app.repositories.team_repository import TeamRepository
from app.repositories.topic_repository import TopicRepository
from app.schemas.task import TaskBulkCreate, TaskCreate, TaskListQuery, TaskReplace, TaskUpdate


class TaskService:
    """Use cases of tasks."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._tasks = TaskRepository(session)
        self._teams = TeamRepository(session)
        self._topics = TopicRepository(session)

    async def list(self, query: TaskListQuery, caller: Member) -> tuple[Sequence[Task], int]:
        """List tasks."""
        return await self._tasks.list(query, caller)

    async def get(self, task_id: UUID, caller: Member) -> Task:
        """Return one task, unless the caller may not know that it exists."""
        task = await self._tasks.get(task_id)
        if task is None or not _may_access(task, caller):
            detail = "Task not found"
            raise NotFoundError(detail)
        return task

    async def create(self, data: TaskCreate, caller: Member) -> Task:
        """Create a task."""
        await self._check_team(data.team_id)
        return await self._insert(data, await self._find_topics(data.topic_ids), caller)

    async def bulk_create(self, data: TaskBulkCreate, caller: Member) -> Sequence[Task]:
        """Create several tasks, all or none."""
        known_teams = await self._known_teams([item.team_id for item in data.items])
        known_topics = await self._known_topics(
            [key for item in data.items for key in item.topic_ids]
        )
        tasks: list[Task] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                await self._check_team(item.team_id, known_teams)
                task = await self._insert(
                    item, await self._find_topics(item.topic_ids, known_topics), caller
                )
                tasks.append(task)
        return tasks

    async def _insert(
        self, data: TaskCreate, linked_topics: Sequence[Topic], caller: Member
    ) -> Task:
        task = Task(title=data.title, team_id=data.team_id, topics=list(linked_topics))
        await self._tasks.create(task)
        await self._tasks.get(task.id)
        if not _may_access(task, caller):
            detail = "You may not create this task"
            raise PermissionDeniedError(detail)
        return task

    async def update(
        self, task_id: UUID, data: TaskUpdate, caller: Member, if_match: str | None
    ) -> Task:
        """Change a task."""
        task = await self.get(task_id, caller)
        check_if_match(if_match, task.version)
        if data.title is not MISSING:
            task.title = data.title
        if data.team_id is not MISSING:
            await self._check_team(data.team_id)
            task.team_id = data.team_id
        if data.topic_ids is not MISSING:
            task.topics = list(await self._find_topics(data.topic_ids))
            task.updated_at = utcnow()
        await self._tasks.update(task)
        self._tasks.session.expire(task, ["team"])
        await self._tasks.get(task.id)
        _require_access(task, caller)
        return task

    async def replace(
        self, task_id: UUID, data: TaskReplace, caller: Member, if_match: str | None
    ) -> Task:
        """Replace a task."""
        task = await self.get(task_id, caller)
        check_if_match(if_match, task.version)
        task.title = data.title
        await self._check_team(data.team_id)
        task.team_id = data.team_id
        task.topics = list(await self._find_topics(data.topic_ids))
        task.updated_at = utcnow()
        await self._tasks.update(task)
        self._tasks.session.expire(task, ["team"])
        await self._tasks.get(task.id)
        _require_access(task, caller)
        return task

    async def delete(self, task_id: UUID, caller: Member, if_match: str | None) -> None:
        """Delete a task."""
        task = await self.get(task_id, caller)
        check_if_match(if_match, task.version)
        await self._tasks.delete(task)

    async def _check_team(self, team_id: UUID, known: dict[UUID, Team] | None = None) -> None:
        if known is None:
            known = await self._known_teams([team_id])
        if team_id not in known:
            detail = "Team not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/team_id", "No such team", "reference")]
            )

    async def _find_topics(
        self, topic_ids: Sequence[str], known: dict[str, Topic] | None = None
    ) -> Sequence[Topic]:
        if known is None:
            known = await self._known_topics(topic_ids)
        errors = [
            FieldError(f"/topic_ids/{index}", "No such topic", "reference")
            for index, key in enumerate(topic_ids)
            if key not in known
        ]
        if errors:
            detail = "Some topics do not exist"
            raise RuleViolationError(detail, errors=errors)
        return [known[key] for key in sorted(set(topic_ids))]

    async def _known_teams(self, keys: Sequence[UUID]) -> dict[UUID, Team]:
        return {team.id: team for team in await self._teams.get_many(keys)}

    async def _known_topics(self, keys: Sequence[str]) -> dict[str, Topic]:
        return {topic.code: topic for topic in await self._topics.get_many(keys)}


def _may_access(task: Task, caller: Member) -> bool:
    return task.team.lead_id == caller.id


def _require_access(task: Task, caller: Member) -> None:
    if not _may_access(task, caller):
        detail = "You may not change this task"
        raise PermissionDeniedError(detail)

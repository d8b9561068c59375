"""Tasks."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.etag import etag
from app.core.problems import problems
from app.dependencies import CurrentUserDep, IfMatch, TaskServiceDep
from app.schemas.task import (
    TaskBulkCreate,
    TaskBulkResult,
    TaskCreate,
    TaskListQuery,
    TaskPage,
    TaskRead,
    TaskReplace,
    TaskUpdate,
)

router = APIRouter(prefix="/tasks", tags=["tasks"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_tasks(
    query: Annotated[TaskListQuery, Query()], tasks: TaskServiceDep, caller: CurrentUserDep
) -> TaskPage:
    """List tasks."""
    rows, total = await tasks.list(query, caller)
    return TaskPage(
        items=[TaskRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{task_id:uuid}", responses=problems(401, 404))
async def get_task(
    task_id: UUID, tasks: TaskServiceDep, caller: CurrentUserDep, response: Response
) -> TaskRead:
    """Return one task."""
    task = await tasks.get(task_id, caller)
    response.headers["ETag"] = etag(task.version)
    return TaskRead.model_validate(task)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 409))
async def create_task(
    data: TaskCreate, tasks: TaskServiceDep, caller: CurrentUserDep, response: Response
) -> TaskRead:
    """Create a task."""
    task = await tasks.create(data, caller)
    response.headers["ETag"] = etag(task.version)
    response.headers["Location"] = f"/api/v1/tasks/{task.id}"
    return TaskRead.model_validate(task)


@router.post("/bulk", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 409))
async def bulk_create_tasks(
    data: TaskBulkCreate, tasks: TaskServiceDep, caller: CurrentUserDep
) -> TaskBulkResult:
    """Create several tasks, all or none."""
    rows = await tasks.bulk_create(data, caller)
    return TaskBulkResult(items=[TaskRead.model_validate(row) for row in rows])


@router.patch("/{task_id:uuid}", responses=problems(400, 401, 403, 404, 409, 412))
async def update_task(
    task_id: UUID,
    data: TaskUpdate,
    tasks: TaskServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_match: IfMatch = None,
) -> TaskRead:
    """Change a task."""
    task = await tasks.update(task_id, data, caller, if_match)
    response.headers["ETag"] = etag(task.version)
    return TaskRead.model_validate(task)


@router.put("/{task_id:uuid}", responses=problems(400, 401, 403, 404, 409, 412))
async def replace_task(
    task_id: UUID,
    data: TaskReplace,
    tasks: TaskServiceDep,
    caller: CurrentUserDep,
    response: Response,
    if_match: IfMatch = None,
) -> TaskRead:
    """Replace a task."""
    task = await tasks.replace(task_id, data, caller, if_match)
    response.headers["ETag"] = etag(task.version)
    return TaskRead.model_validate(task)


@router.delete(
    "/{task_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404, 412)
)
async def delete_task(
    task_id: UUID, tasks: TaskServiceDep, caller: CurrentUserDep, if_match: IfMatch = None
) -> None:
    """Delete a task."""
    await tasks.delete(task_id, caller, if_match)

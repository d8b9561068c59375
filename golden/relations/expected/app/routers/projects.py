"""Projects."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import ProjectServiceDep
from app.schemas.project import (
    ProjectCreate,
    ProjectListQuery,
    ProjectPage,
    ProjectRead,
    ProjectUpdate,
)

router = APIRouter(prefix="/projects", tags=["projects"], responses=problems(422))


@router.get("")
async def list_projects(
    query: Annotated[ProjectListQuery, Query()], projects: ProjectServiceDep
) -> ProjectPage:
    """List projects."""
    rows, total = await projects.list(query)
    return ProjectPage(
        items=[ProjectRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{project_id:uuid}", responses=problems(404))
async def get_project(project_id: UUID, projects: ProjectServiceDep) -> ProjectRead:
    """Return one project."""
    project = await projects.get(project_id)
    return ProjectRead.model_validate(project)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_project(
    data: ProjectCreate, projects: ProjectServiceDep, response: Response
) -> ProjectRead:
    """Create a project."""
    project = await projects.create(data)
    response.headers["Location"] = f"/api/v1/projects/{project.id}"
    return ProjectRead.model_validate(project)


@router.patch("/{project_id:uuid}", responses=problems(400, 404, 409))
async def update_project(
    project_id: UUID, data: ProjectUpdate, projects: ProjectServiceDep
) -> ProjectRead:
    """Change a project."""
    project = await projects.update(project_id, data)
    return ProjectRead.model_validate(project)


@router.delete("/{project_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_project(project_id: UUID, projects: ProjectServiceDep) -> None:
    """Delete a project."""
    await projects.delete(project_id)

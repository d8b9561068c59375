"""Classes."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import ClassServiceDep, get_current_user
from app.schemas.class_ import ClassCreate, ClassListQuery, ClassPage, ClassRead, ClassUpdate

router = APIRouter(prefix="/classes", tags=["classes"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_classes(
    query: Annotated[ClassListQuery, Query()], classes: ClassServiceDep
) -> ClassPage:
    """List classes."""
    rows, next_cursor = await classes.list(query)
    return ClassPage(
        items=[ClassRead.model_validate(row) for row in rows],
        limit=query.limit,
        next_cursor=next_cursor,
    )


@router.get(
    "/{class__id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_class(class__id: UUID, classes: ClassServiceDep) -> ClassRead:
    """Return one class."""
    class_ = await classes.get(class__id)
    return ClassRead.model_validate(class_)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_class(
    data: ClassCreate, classes: ClassServiceDep, response: Response
) -> ClassRead:
    """Create a class."""
    class_ = await classes.create(data)
    response.headers["Location"] = f"/api/v1/classes/{class_.id}"
    return ClassRead.model_validate(class_)


@router.patch(
    "/{class__id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_class(class__id: UUID, data: ClassUpdate, classes: ClassServiceDep) -> ClassRead:
    """Change a class."""
    class_ = await classes.update(class__id, data)
    return ClassRead.model_validate(class_)


@router.delete(
    "/{class__id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_class(class__id: UUID, classes: ClassServiceDep) -> None:
    """Delete a class."""
    await classes.delete(class__id)

"""Labels."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import IntKey, LabelServiceDep, get_current_user
from app.schemas.label import LabelCreate, LabelListQuery, LabelPage, LabelRead, LabelUpdate

router = APIRouter(prefix="/labels", tags=["labels"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_labels(
    query: Annotated[LabelListQuery, Query()], labels: LabelServiceDep
) -> LabelPage:
    """List labels."""
    rows, total = await labels.list(query)
    return LabelPage(
        items=[LabelRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{label_id:int}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_label(label_id: IntKey, labels: LabelServiceDep) -> LabelRead:
    """Return one label."""
    label = await labels.get(label_id)
    return LabelRead.model_validate(label)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_label(data: LabelCreate, labels: LabelServiceDep, response: Response) -> LabelRead:
    """Create a label."""
    label = await labels.create(data)
    response.headers["Location"] = f"/api/v1/labels/{label.id}"
    return LabelRead.model_validate(label)


@router.patch(
    "/{label_id:int}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_label(label_id: IntKey, data: LabelUpdate, labels: LabelServiceDep) -> LabelRead:
    """Change a label."""
    label = await labels.update(label_id, data)
    return LabelRead.model_validate(label)


@router.delete(
    "/{label_id:int}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_label(label_id: IntKey, labels: LabelServiceDep) -> None:
    """Delete a label."""
    await labels.delete(label_id)

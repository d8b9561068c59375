"""Remarks."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import RemarkServiceDep, get_current_user, require_clerk
from app.schemas.remark import RemarkCreate, RemarkListQuery, RemarkPage, RemarkRead, RemarkUpdate

router = APIRouter(
    prefix="/topics/{topic_id:uuid}/remarks", tags=["remarks"], responses=problems(422)
)


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401, 404))
async def list_remarks(
    topic_id: UUID, query: Annotated[RemarkListQuery, Query()], remarks: RemarkServiceDep
) -> RemarkPage:
    """List remarks."""
    rows, next_cursor = await remarks.list(topic_id, query)
    return RemarkPage(
        items=[RemarkRead.model_validate(row) for row in rows],
        limit=query.limit,
        next_cursor=next_cursor,
    )


@router.get(
    "/{remark_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_remark(topic_id: UUID, remark_id: UUID, remarks: RemarkServiceDep) -> RemarkRead:
    """Return one remark."""
    remark = await remarks.get(topic_id, remark_id)
    return RemarkRead.model_validate(remark)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(require_clerk)],
    responses=problems(400, 401, 403, 404, 409),
)
async def create_remark(
    topic_id: UUID, data: RemarkCreate, remarks: RemarkServiceDep, response: Response
) -> RemarkRead:
    """Create a remark."""
    remark = await remarks.create(topic_id, data)
    response.headers["Location"] = f"/api/v1/topics/{topic_id}/remarks/{remark.id}"
    return RemarkRead.model_validate(remark)


@router.patch(
    "/{remark_id:uuid}",
    dependencies=[Depends(require_clerk)],
    responses=problems(400, 401, 403, 404, 409),
)
async def update_remark(
    topic_id: UUID, remark_id: UUID, data: RemarkUpdate, remarks: RemarkServiceDep
) -> RemarkRead:
    """Change a remark."""
    remark = await remarks.update(topic_id, remark_id, data)
    return RemarkRead.model_validate(remark)


@router.delete(
    "/{remark_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(require_clerk)],
    responses=problems(401, 403, 404),
)
async def delete_remark(topic_id: UUID, remark_id: UUID, remarks: RemarkServiceDep) -> None:
    """Delete a remark."""
    await remarks.delete(topic_id, remark_id)

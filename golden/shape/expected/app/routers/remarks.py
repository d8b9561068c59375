"""Remarks."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response

from app.core.problems import problems
from app.dependencies import RemarkServiceDep, get_current_user
from app.schemas.remark import (
    RemarkCreate,
    RemarkListQuery,
    RemarkPage,
    RemarkRead,
    RemarkReadEnvelope,
)
from app.schemas.types import TEXT

router = APIRouter(
    prefix="/articles/{article_slug}/remarks", tags=["remarks"], responses=problems(400)
)


@router.get("", responses=problems(404))
async def list_remarks(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    query: Annotated[RemarkListQuery, Query()],
    remarks: RemarkServiceDep,
) -> RemarkPage:
    """List remarks."""
    rows, next_cursor = await remarks.list(article_slug, query)
    return RemarkPage(
        items=[RemarkRead.model_validate(row) for row in rows],
        limit=query.limit,
        next_cursor=next_cursor,
    )


@router.get("/{remark_id:uuid}", responses=problems(404))
async def get_remark(
    article_slug: Annotated[str, Path(pattern=TEXT)], remark_id: UUID, remarks: RemarkServiceDep
) -> RemarkReadEnvelope:
    """Return one remark."""
    remark = await remarks.get(article_slug, remark_id)
    return RemarkReadEnvelope(item=RemarkRead.model_validate(remark))


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404, 409),
)
async def create_remark(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    data: RemarkCreate,
    remarks: RemarkServiceDep,
    response: Response,
) -> RemarkReadEnvelope:
    """Create a remark."""
    remark = await remarks.create(article_slug, data)
    response.headers["Location"] = f"/api/v1/articles/{article_slug}/remarks/{remark.id}"
    return RemarkReadEnvelope(item=RemarkRead.model_validate(remark))


@router.delete(
    "/{remark_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_remark(
    article_slug: Annotated[str, Path(pattern=TEXT)], remark_id: UUID, remarks: RemarkServiceDep
) -> None:
    """Delete a remark."""
    await remarks.delete(article_slug, remark_id)

"""Remarks."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, OptionalUserDep, RemarkServiceDep
from app.schemas.remark import RemarkCreate, RemarkListQuery, RemarkPage, RemarkUpdate
from app.schemas.types import TEXT
from app.schemas.views import RemarkLine, RemarkWhole

router = APIRouter(
    prefix="/articles/{article_slug}/remarks", tags=["remarks"], responses=problems(422)
)


@router.get("", responses=problems(401, 404))
async def list_remarks(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    query: Annotated[RemarkListQuery, Query()],
    remarks: RemarkServiceDep,
    caller: OptionalUserDep,
) -> RemarkPage:
    """List remarks."""
    rows, next_cursor = await remarks.list(article_slug, query, caller)
    return RemarkPage(
        items=[RemarkWhole.model_validate(row) for row in rows],
        limit=query.limit,
        next_cursor=next_cursor,
    )


@router.get("/{remark_id:uuid}", responses=problems(401, 404))
async def get_remark(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    remark_id: UUID,
    remarks: RemarkServiceDep,
    caller: OptionalUserDep,
) -> RemarkWhole:
    """Return one remark."""
    remark = await remarks.show(article_slug, remark_id, caller)
    return RemarkWhole.model_validate(remark)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 404, 409))
async def create_remark(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    data: RemarkCreate,
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
    response: Response,
) -> RemarkLine:
    """Create a remark."""
    remark = await remarks.create(article_slug, data, caller)
    response.headers["Location"] = f"/api/v1/articles/{article_slug}/remarks/{remark.id}"
    return RemarkLine.model_validate(remark)


@router.patch("/{remark_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_remark(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    remark_id: UUID,
    data: RemarkUpdate,
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
) -> RemarkLine:
    """Change a remark."""
    remark = await remarks.update(article_slug, remark_id, data, caller)
    return RemarkLine.model_validate(remark)


@router.delete(
    "/{remark_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_remark(
    article_slug: Annotated[str, Path(pattern=TEXT)],
    remark_id: UUID,
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
) -> None:
    """Delete a remark."""
    await remarks.delete(article_slug, remark_id, caller)

"""Remarks."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, RemarkServiceDep
from app.schemas.remark import (
    RemarkBulkCreate,
    RemarkBulkResult,
    RemarkCreate,
    RemarkListQuery,
    RemarkPage,
    RemarkRead,
    RemarkReplace,
    RemarkUpdate,
)

router = APIRouter(
    prefix="/shelves/{shelf_id:uuid}/books/{book_id:uuid}/remarks",
    tags=["remarks"],
    responses=problems(422),
)


@router.get("", responses=problems(401, 404))
async def list_remarks(
    shelf_id: UUID,
    book_id: UUID,
    query: Annotated[RemarkListQuery, Query()],
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
) -> RemarkPage:
    """List remarks."""
    rows, total = await remarks.list(shelf_id, book_id, query, caller)
    return RemarkPage(
        items=[RemarkRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{remark_id:uuid}", responses=problems(401, 404))
async def get_remark(
    shelf_id: UUID,
    book_id: UUID,
    remark_id: UUID,
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
) -> RemarkRead:
    """Return one remark."""
    remark = await remarks.get(shelf_id, book_id, remark_id, caller)
    return RemarkRead.model_validate(remark)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 404, 409))
async def create_remark(
    shelf_id: UUID,
    book_id: UUID,
    data: RemarkCreate,
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
    response: Response,
) -> RemarkRead:
    """Create a remark."""
    remark = await remarks.create(shelf_id, book_id, data, caller)
    response.headers["Location"] = f"/api/v2/shelves/{shelf_id}/books/{book_id}/remarks/{remark.id}"
    return RemarkRead.model_validate(remark)


@router.post("/bulk", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 404, 409))
async def bulk_create_remarks(
    shelf_id: UUID,
    book_id: UUID,
    data: RemarkBulkCreate,
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
) -> RemarkBulkResult:
    """Create several remarks, all or none."""
    rows = await remarks.bulk_create(shelf_id, book_id, data, caller)
    return RemarkBulkResult(items=[RemarkRead.model_validate(row) for row in rows])


@router.patch("/{remark_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_remark(
    shelf_id: UUID,
    book_id: UUID,
    remark_id: UUID,
    data: RemarkUpdate,
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
) -> RemarkRead:
    """Change a remark."""
    remark = await remarks.update(shelf_id, book_id, remark_id, data, caller)
    return RemarkRead.model_validate(remark)


@router.put("/{remark_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def replace_remark(
    shelf_id: UUID,
    book_id: UUID,
    remark_id: UUID,
    data: RemarkReplace,
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
) -> RemarkRead:
    """Replace a remark."""
    remark = await remarks.replace(shelf_id, book_id, remark_id, data, caller)
    return RemarkRead.model_validate(remark)


@router.delete(
    "/{remark_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_remark(
    shelf_id: UUID,
    book_id: UUID,
    remark_id: UUID,
    remarks: RemarkServiceDep,
    caller: CurrentUserDep,
) -> None:
    """Delete a remark."""
    await remarks.delete(shelf_id, book_id, remark_id, caller)

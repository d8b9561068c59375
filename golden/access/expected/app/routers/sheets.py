"""Sheets."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, OptionalUserDep, SheetServiceDep
from app.schemas.sheet import (
    SheetBulkCreate,
    SheetBulkResult,
    SheetCreate,
    SheetListQuery,
    SheetPage,
    SheetRead,
    SheetReplace,
    SheetUpdate,
)
from app.services.sheet_service import SheetService

router = APIRouter(prefix="/sheets", tags=["sheets"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_sheets(
    query: Annotated[SheetListQuery, Query()], sheets: SheetServiceDep, caller: OptionalUserDep
) -> SheetPage:
    """List sheets."""
    rows, total = await sheets.list(query, caller)
    return SheetPage(
        items=[SheetService.represent(row, caller) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{sheet_id:uuid}", responses=problems(401, 404))
async def get_sheet(sheet_id: UUID, sheets: SheetServiceDep, caller: OptionalUserDep) -> SheetRead:
    """Return one sheet."""
    sheet = await sheets.get(sheet_id, caller)
    return SheetService.represent(sheet, caller)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 409))
async def create_sheet(
    data: SheetCreate, sheets: SheetServiceDep, caller: CurrentUserDep, response: Response
) -> SheetRead:
    """Create a sheet."""
    sheet = await sheets.create(data, caller)
    response.headers["Location"] = f"/api/v1/sheets/{sheet.id}"
    return SheetService.represent(sheet, caller)


@router.post("/bulk", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 409))
async def bulk_create_sheets(
    data: SheetBulkCreate, sheets: SheetServiceDep, caller: CurrentUserDep
) -> SheetBulkResult:
    """Create several sheets, all or none."""
    rows = await sheets.bulk_create(data, caller)
    return SheetBulkResult(items=[SheetService.represent(row, caller) for row in rows])


@router.patch("/{sheet_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_sheet(
    sheet_id: UUID, data: SheetUpdate, sheets: SheetServiceDep, caller: CurrentUserDep
) -> SheetRead:
    """Change a sheet."""
    sheet = await sheets.update(sheet_id, data, caller)
    return SheetService.represent(sheet, caller)


@router.put("/{sheet_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def replace_sheet(
    sheet_id: UUID, data: SheetReplace, sheets: SheetServiceDep, caller: CurrentUserDep
) -> SheetRead:
    """Replace a sheet."""
    sheet = await sheets.replace(sheet_id, data, caller)
    return SheetService.represent(sheet, caller)


@router.delete(
    "/{sheet_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_sheet(sheet_id: UUID, sheets: SheetServiceDep, caller: CurrentUserDep) -> None:
    """Delete a sheet."""
    await sheets.delete(sheet_id, caller)

"""Lines."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, LineServiceDep
from app.schemas.line import LineCreate, LineListQuery, LinePage, LineRead

router = APIRouter(prefix="/sheets/{sheet_id:uuid}/lines", tags=["lines"], responses=problems(422))


@router.get("", responses=problems(401, 404))
async def list_lines(
    sheet_id: UUID,
    query: Annotated[LineListQuery, Query()],
    lines: LineServiceDep,
    caller: CurrentUserDep,
) -> LinePage:
    """List lines."""
    rows, total = await lines.list(sheet_id, query, caller)
    return LinePage(
        items=[LineRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{line_id:uuid}", responses=problems(401, 404))
async def get_line(
    sheet_id: UUID, line_id: UUID, lines: LineServiceDep, caller: CurrentUserDep
) -> LineRead:
    """Return one line."""
    line = await lines.get(sheet_id, line_id, caller)
    return LineRead.model_validate(line)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 404, 409))
async def create_line(
    sheet_id: UUID,
    data: LineCreate,
    lines: LineServiceDep,
    caller: CurrentUserDep,
    response: Response,
) -> LineRead:
    """Create a line."""
    line = await lines.create(sheet_id, data, caller)
    response.headers["Location"] = f"/api/v1/sheets/{sheet_id}/lines/{line.id}"
    return LineRead.model_validate(line)


@router.delete(
    "/{line_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_line(
    sheet_id: UUID, line_id: UUID, lines: LineServiceDep, caller: CurrentUserDep
) -> None:
    """Delete a line."""
    await lines.delete(sheet_id, line_id, caller)

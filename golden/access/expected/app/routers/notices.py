"""Notices."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, NoticeServiceDep, OptionalUserDep
from app.schemas.notice import NoticeCreate, NoticeListQuery, NoticePage, NoticeRead, NoticeUpdate

router = APIRouter(prefix="/notices", tags=["notices"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_notices(
    query: Annotated[NoticeListQuery, Query()], notices: NoticeServiceDep, caller: OptionalUserDep
) -> NoticePage:
    """List notices."""
    rows, total = await notices.list(query, caller)
    return NoticePage(
        items=[NoticeRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{notice_id:uuid}", responses=problems(401, 404))
async def get_notice(
    notice_id: UUID, notices: NoticeServiceDep, caller: OptionalUserDep
) -> NoticeRead:
    """Return one notice."""
    notice = await notices.get(notice_id, caller)
    return NoticeRead.model_validate(notice)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 403, 409))
async def create_notice(
    data: NoticeCreate, notices: NoticeServiceDep, caller: CurrentUserDep, response: Response
) -> NoticeRead:
    """Create a notice."""
    notice = await notices.create(data, caller)
    response.headers["Location"] = f"/api/v1/notices/{notice.id}"
    return NoticeRead.model_validate(notice)


@router.patch("/{notice_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_notice(
    notice_id: UUID, data: NoticeUpdate, notices: NoticeServiceDep, caller: CurrentUserDep
) -> NoticeRead:
    """Change a notice."""
    notice = await notices.update(notice_id, data, caller)
    return NoticeRead.model_validate(notice)


@router.delete(
    "/{notice_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_notice(notice_id: UUID, notices: NoticeServiceDep, caller: CurrentUserDep) -> None:
    """Delete a notice."""
    await notices.delete(notice_id, caller)

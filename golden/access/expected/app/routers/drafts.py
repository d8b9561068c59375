"""Drafts."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, DraftServiceDep, OptionalUserDep
from app.schemas.draft import (
    DraftCreate,
    DraftListQuery,
    DraftPage,
    DraftRead,
    DraftReplace,
    DraftUpdate,
)
from app.services.draft_service import DraftService

router = APIRouter(prefix="/drafts", tags=["drafts"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_drafts(
    query: Annotated[DraftListQuery, Query()], drafts: DraftServiceDep, caller: OptionalUserDep
) -> DraftPage:
    """List drafts."""
    rows, next_cursor = await drafts.list(query)
    return DraftPage(
        items=[DraftService.represent(row, caller) for row in rows],
        limit=query.limit,
        next_cursor=next_cursor,
    )


@router.get("/{draft_id:uuid}", responses=problems(401, 404))
async def get_draft(draft_id: UUID, drafts: DraftServiceDep, caller: OptionalUserDep) -> DraftRead:
    """Return one draft."""
    draft = await drafts.get(draft_id)
    return DraftService.represent(draft, caller)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_draft(
    data: DraftCreate, drafts: DraftServiceDep, caller: CurrentUserDep, response: Response
) -> DraftRead:
    """Create a draft."""
    draft = await drafts.create(data)
    response.headers["Location"] = f"/api/v1/drafts/{draft.id}"
    return DraftService.represent(draft, caller)


@router.patch("/{draft_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_draft(
    draft_id: UUID, data: DraftUpdate, drafts: DraftServiceDep, caller: OptionalUserDep
) -> DraftRead:
    """Change a draft."""
    draft = await drafts.update(draft_id, data, caller)
    return DraftService.represent(draft, caller)


@router.put("/{draft_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def replace_draft(
    draft_id: UUID, data: DraftReplace, drafts: DraftServiceDep, caller: OptionalUserDep
) -> DraftRead:
    """Replace a draft."""
    draft = await drafts.replace(draft_id, data, caller)
    return DraftService.represent(draft, caller)


@router.delete(
    "/{draft_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_draft(draft_id: UUID, drafts: DraftServiceDep, caller: OptionalUserDep) -> None:
    """Delete a draft."""
    await drafts.delete(draft_id, caller)

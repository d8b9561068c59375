"""Badges."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import BadgeServiceDep
from app.schemas.badge import BadgeCreate, BadgeListQuery, BadgePage, BadgeRead, BadgeUpdate

router = APIRouter(prefix="/badges", tags=["badges"], responses=problems(422))


@router.get("")
async def list_badges(
    query: Annotated[BadgeListQuery, Query()], badges: BadgeServiceDep
) -> BadgePage:
    """List badges."""
    rows, total = await badges.list(query)
    return BadgePage(
        items=[BadgeRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{badge_id:uuid}", responses=problems(404))
async def get_badge(badge_id: UUID, badges: BadgeServiceDep) -> BadgeRead:
    """Return one badge."""
    badge = await badges.get(badge_id)
    return BadgeRead.model_validate(badge)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_badge(data: BadgeCreate, badges: BadgeServiceDep, response: Response) -> BadgeRead:
    """Create a badge."""
    badge = await badges.create(data)
    response.headers["Location"] = f"/api/v1/badges/{badge.id}"
    return BadgeRead.model_validate(badge)


@router.patch("/{badge_id:uuid}", responses=problems(400, 404, 409))
async def update_badge(badge_id: UUID, data: BadgeUpdate, badges: BadgeServiceDep) -> BadgeRead:
    """Change a badge."""
    badge = await badges.update(badge_id, data)
    return BadgeRead.model_validate(badge)


@router.delete("/{badge_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_badge(badge_id: UUID, badges: BadgeServiceDep) -> None:
    """Delete a badge."""
    await badges.delete(badge_id)

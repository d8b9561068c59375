"""Openings."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from app.core.problems import problems
from app.dependencies import OpeningServiceDep, get_current_user
from app.schemas.opening import OpeningListQuery, OpeningPage, OpeningRead

router = APIRouter(prefix="/openings", tags=["openings"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_openings(
    query: Annotated[OpeningListQuery, Query()], openings: OpeningServiceDep
) -> OpeningPage:
    """List openings."""
    rows, total = await openings.list(query)
    return OpeningPage(
        items=[OpeningRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{office_id:uuid}/{topic_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def get_opening(office_id: UUID, topic_id: UUID, openings: OpeningServiceDep) -> OpeningRead:
    """Return one opening."""
    opening = await openings.get(office_id, topic_id)
    return OpeningRead.model_validate(opening)

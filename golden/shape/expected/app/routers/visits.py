"""Visits."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems, row_in
from app.dependencies import VisitServiceDep, get_current_user
from app.schemas.visit import (
    VisitCreateEnvelope,
    VisitListQuery,
    VisitPage,
    VisitRead,
    VisitReadEnvelope,
    VisitUpdateEnvelope,
)

router = APIRouter(prefix="/visits", tags=["visits"], responses=problems(400))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_visits(
    query: Annotated[VisitListQuery, Query()], visits: VisitServiceDep
) -> VisitPage:
    """List visits."""
    rows, next_cursor = await visits.list(query)
    return VisitPage(items=[VisitRead.model_validate(row) for row in rows], next_cursor=next_cursor)


@router.get(
    "/{visit_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_visit(visit_id: UUID, visits: VisitServiceDep) -> VisitReadEnvelope:
    """Return one visit."""
    visit = await visits.get(visit_id)
    return VisitReadEnvelope(item=VisitRead.model_validate(visit))


@router.post(
    "",
    dependencies=[Depends(get_current_user), Depends(row_in("visit"))],
    responses=problems(401, 409),
)
async def create_visit(
    data: VisitCreateEnvelope, visits: VisitServiceDep, response: Response
) -> VisitReadEnvelope:
    """Create a visit."""
    visit = await visits.create(data.item)
    response.headers["Location"] = f"/api/v1/visits/{visit.id}"
    return VisitReadEnvelope(item=VisitRead.model_validate(visit))


@router.patch(
    "/{visit_id:uuid}",
    dependencies=[Depends(get_current_user), Depends(row_in("visit"))],
    responses=problems(401, 404, 409),
)
async def update_visit(
    visit_id: UUID, data: VisitUpdateEnvelope, visits: VisitServiceDep
) -> VisitReadEnvelope:
    """Change a visit."""
    visit = await visits.update(visit_id, data.item)
    return VisitReadEnvelope(item=VisitRead.model_validate(visit))


@router.delete(
    "/{visit_id:uuid}",
    response_class=Response,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_visit(visit_id: UUID, visits: VisitServiceDep) -> Response:
    """Delete a visit."""
    await visits.delete(visit_id)
    return Response()

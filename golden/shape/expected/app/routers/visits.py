"""Visits."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import VisitServiceDep, get_current_user
from app.schemas.visit import VisitCreate, VisitListQuery, VisitPage, VisitRead, VisitUpdate

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
async def get_visit(visit_id: UUID, visits: VisitServiceDep) -> VisitRead:
    """Return one visit."""
    visit = await visits.get(visit_id)
    return VisitRead.model_validate(visit)


@router.post("", dependencies=[Depends(get_current_user)], responses=problems(401, 409))
async def create_visit(data: VisitCreate, visits: VisitServiceDep, response: Response) -> VisitRead:
    """Create a visit."""
    visit = await visits.create(data)
    response.headers["Location"] = f"/api/v1/visits/{visit.id}"
    return VisitRead.model_validate(visit)


@router.patch(
    "/{visit_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404, 409)
)
async def update_visit(visit_id: UUID, data: VisitUpdate, visits: VisitServiceDep) -> VisitRead:
    """Change a visit."""
    visit = await visits.update(visit_id, data)
    return VisitRead.model_validate(visit)


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

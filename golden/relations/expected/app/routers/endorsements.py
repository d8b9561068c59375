"""Endorsements."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import EndorsementServiceDep
from app.schemas.endorsement import (
    EndorsementCreate,
    EndorsementListQuery,
    EndorsementPage,
    EndorsementRead,
    EndorsementUpdate,
)

router = APIRouter(prefix="/endorsements", tags=["endorsements"], responses=problems(422))


@router.get("")
async def list_endorsements(
    query: Annotated[EndorsementListQuery, Query()], endorsements: EndorsementServiceDep
) -> EndorsementPage:
    """List endorsements."""
    rows, total = await endorsements.list(query)
    return EndorsementPage(
        items=[EndorsementRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{endorsement_id:uuid}", responses=problems(404))
async def get_endorsement(
    endorsement_id: UUID, endorsements: EndorsementServiceDep
) -> EndorsementRead:
    """Return one endorsement."""
    endorsement = await endorsements.get(endorsement_id)
    return EndorsementRead.model_validate(endorsement)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_endorsement(
    data: EndorsementCreate, endorsements: EndorsementServiceDep, response: Response
) -> EndorsementRead:
    """Create an endorsement."""
    endorsement = await endorsements.create(data)
    response.headers["Location"] = f"/api/v1/endorsements/{endorsement.id}"
    return EndorsementRead.model_validate(endorsement)


@router.patch("/{endorsement_id:uuid}", responses=problems(400, 404, 409))
async def update_endorsement(
    endorsement_id: UUID, data: EndorsementUpdate, endorsements: EndorsementServiceDep
) -> EndorsementRead:
    """Change an endorsement."""
    endorsement = await endorsements.update(endorsement_id, data)
    return EndorsementRead.model_validate(endorsement)


@router.delete("/{endorsement_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_endorsement(endorsement_id: UUID, endorsements: EndorsementServiceDep) -> None:
    """Delete an endorsement."""
    await endorsements.delete(endorsement_id)

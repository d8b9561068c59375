"""Services."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import ServiceServiceDep, get_current_user
from app.schemas.service import (
    ServiceCreate,
    ServiceListQuery,
    ServicePage,
    ServiceRead,
    ServiceUpdate,
)

router = APIRouter(prefix="/services", tags=["services"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_services(
    query: Annotated[ServiceListQuery, Query()], services: ServiceServiceDep
) -> ServicePage:
    """List services."""
    rows, total = await services.list(query)
    return ServicePage(
        items=[ServiceRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{service_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_service(service_row_id: UUID, services: ServiceServiceDep) -> ServiceRead:
    """Return one service."""
    service_row = await services.get(service_row_id)
    return ServiceRead.model_validate(service_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_service(
    data: ServiceCreate, services: ServiceServiceDep, response: Response
) -> ServiceRead:
    """Create a service."""
    service_row = await services.create(data)
    response.headers["Location"] = f"/api/v1/services/{service_row.id}"
    return ServiceRead.model_validate(service_row)


@router.patch(
    "/{service_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_service(
    service_row_id: UUID, data: ServiceUpdate, services: ServiceServiceDep
) -> ServiceRead:
    """Change a service."""
    service_row = await services.update(service_row_id, data)
    return ServiceRead.model_validate(service_row)


@router.delete(
    "/{service_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_service(service_row_id: UUID, services: ServiceServiceDep) -> None:
    """Delete a service."""
    await services.delete(service_row_id)

"""Models."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import ModelServiceDep, get_current_user
from app.schemas.model import ModelCreate, ModelListQuery, ModelPage, ModelRead, ModelUpdate

router = APIRouter(prefix="/models", tags=["models"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_models(
    query: Annotated[ModelListQuery, Query()], models: ModelServiceDep
) -> ModelPage:
    """List models."""
    rows, total = await models.list(query)
    return ModelPage(
        items=[ModelRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{model_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_model(model_row_id: UUID, models: ModelServiceDep) -> ModelRead:
    """Return one model."""
    model_row = await models.get(model_row_id)
    return ModelRead.model_validate(model_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_model(data: ModelCreate, models: ModelServiceDep, response: Response) -> ModelRead:
    """Create a model."""
    model_row = await models.create(data)
    response.headers["Location"] = f"/api/v1/models/{model_row.id}"
    return ModelRead.model_validate(model_row)


@router.patch(
    "/{model_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_model(model_row_id: UUID, data: ModelUpdate, models: ModelServiceDep) -> ModelRead:
    """Change a model."""
    model_row = await models.update(model_row_id, data)
    return ModelRead.model_validate(model_row)


@router.delete(
    "/{model_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_model(model_row_id: UUID, models: ModelServiceDep) -> None:
    """Delete a model."""
    await models.delete(model_row_id)

"""Settings."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import SettingsServiceDep, get_current_user
from app.schemas.settings import (
    SettingsCreate,
    SettingsListQuery,
    SettingsPage,
    SettingsRead,
    SettingsUpdate,
)

router = APIRouter(prefix="/settings", tags=["settings"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_settings(
    query: Annotated[SettingsListQuery, Query()], settings_rows: SettingsServiceDep
) -> SettingsPage:
    """List settings."""
    rows, total = await settings_rows.list(query)
    return SettingsPage(
        items=[SettingsRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{settings_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def get_settings(settings_row_id: UUID, settings_rows: SettingsServiceDep) -> SettingsRead:
    """Return one settings."""
    settings_row = await settings_rows.get(settings_row_id)
    return SettingsRead.model_validate(settings_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_settings(
    data: SettingsCreate, settings_rows: SettingsServiceDep, response: Response
) -> SettingsRead:
    """Create a settings."""
    settings_row = await settings_rows.create(data)
    response.headers["Location"] = f"/api/v1/settings/{settings_row.id}"
    return SettingsRead.model_validate(settings_row)


@router.patch(
    "/{settings_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_settings(
    settings_row_id: UUID, data: SettingsUpdate, settings_rows: SettingsServiceDep
) -> SettingsRead:
    """Change a settings."""
    settings_row = await settings_rows.update(settings_row_id, data)
    return SettingsRead.model_validate(settings_row)


@router.delete(
    "/{settings_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_settings(settings_row_id: UUID, settings_rows: SettingsServiceDep) -> None:
    """Delete a settings."""
    await settings_rows.delete(settings_row_id)

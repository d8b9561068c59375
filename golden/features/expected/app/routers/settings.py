"""Settings."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Response

from app.core.limited_route import LimitedRoute
from app.core.problems import problems
from app.dependencies import SettingServiceDep, get_current_user
from app.schemas.setting import (
    SettingCreate,
    SettingListQuery,
    SettingPage,
    SettingRead,
    SettingReplace,
)
from app.schemas.types import TEXT

router = APIRouter(
    prefix="/settings", tags=["settings"], responses=problems(422), route_class=LimitedRoute
)


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401, 429))
async def list_settings(
    query: Annotated[SettingListQuery, Query()], settings_rows: SettingServiceDep
) -> SettingPage:
    """List settings."""
    rows, total = await settings_rows.list(query)
    return SettingPage(
        items=[SettingRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{setting_key}", dependencies=[Depends(get_current_user)], responses=problems(401, 404, 429)
)
async def get_setting(
    setting_key: Annotated[str, Path(pattern=TEXT)], settings_rows: SettingServiceDep
) -> SettingRead:
    """Return one setting."""
    setting = await settings_rows.get(setting_key)
    return SettingRead.model_validate(setting)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409, 429),
)
async def create_setting(
    data: SettingCreate, settings_rows: SettingServiceDep, response: Response
) -> SettingRead:
    """Create a setting."""
    setting = await settings_rows.create(data)
    response.headers["Location"] = f"/api/v2/settings/{quote(setting.key, safe='')}"
    return SettingRead.model_validate(setting)


@router.put(
    "/{setting_key}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409, 429),
)
async def replace_setting(
    setting_key: Annotated[str, Path(pattern=TEXT)],
    data: SettingReplace,
    settings_rows: SettingServiceDep,
) -> SettingRead:
    """Replace a setting."""
    setting = await settings_rows.replace(setting_key, data)
    return SettingRead.model_validate(setting)


@router.delete(
    "/{setting_key}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404, 429),
)
async def delete_setting(
    setting_key: Annotated[str, Path(pattern=TEXT)], settings_rows: SettingServiceDep
) -> None:
    """Delete a setting."""
    await settings_rows.delete(setting_key)

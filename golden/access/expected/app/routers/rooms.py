"""Rooms."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import Field

from app.core.problems import problems
from app.dependencies import RoomServiceDep, get_current_user
from app.schemas.room import (
    RoomBulkCreate,
    RoomBulkResult,
    RoomCreate,
    RoomListQuery,
    RoomPage,
    RoomRead,
)
from app.schemas.types import TEXT

router = APIRouter(prefix="/rooms", tags=["rooms"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_rooms(query: Annotated[RoomListQuery, Query()], rooms: RoomServiceDep) -> RoomPage:
    """List rooms."""
    rows, total = await rooms.list(query)
    return RoomPage(
        items=[RoomRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{room_house}/{room_floor}",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def get_room(
    room_house: Annotated[str, Path(pattern=TEXT)],
    room_floor: Annotated[int, Field(ge=-5, le=200)],
    rooms: RoomServiceDep,
) -> RoomRead:
    """Return one room."""
    room = await rooms.get(room_house, room_floor)
    return RoomRead.model_validate(room)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_room(data: RoomCreate, rooms: RoomServiceDep, response: Response) -> RoomRead:
    """Create a room."""
    room = await rooms.create(data)
    response.headers["Location"] = f"/api/v1/rooms/{quote(room.house, safe='')}/{room.floor}"
    return RoomRead.model_validate(room)


@router.post(
    "/bulk",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def bulk_create_rooms(data: RoomBulkCreate, rooms: RoomServiceDep) -> RoomBulkResult:
    """Create several rooms, all or none."""
    rows = await rooms.bulk_create(data)
    return RoomBulkResult(items=[RoomRead.model_validate(row) for row in rows])

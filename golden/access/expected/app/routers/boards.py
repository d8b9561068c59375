"""Boards."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import BoardServiceDep, CurrentUserDep, OptionalUserDep
from app.schemas.board import (
    BoardCreate,
    BoardListQuery,
    BoardPage,
    BoardRead,
    BoardReplace,
    BoardUpdate,
)

router = APIRouter(prefix="/boards", tags=["boards"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_boards(
    query: Annotated[BoardListQuery, Query()], boards: BoardServiceDep, caller: OptionalUserDep
) -> BoardPage:
    """List boards."""
    rows, total = await boards.list(query, caller)
    return BoardPage(
        items=[BoardRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{board_id:uuid}", responses=problems(401, 404))
async def get_board(board_id: UUID, boards: BoardServiceDep, caller: OptionalUserDep) -> BoardRead:
    """Return one board."""
    board = await boards.get(board_id, caller)
    return BoardRead.model_validate(board)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_board(
    data: BoardCreate, boards: BoardServiceDep, caller: CurrentUserDep, response: Response
) -> BoardRead:
    """Create a board."""
    board = await boards.create(data, caller)
    response.headers["Location"] = f"/api/v1/boards/{board.id}"
    return BoardRead.model_validate(board)


@router.patch("/{board_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_board(
    board_id: UUID, data: BoardUpdate, boards: BoardServiceDep, caller: CurrentUserDep
) -> BoardRead:
    """Change a board."""
    board = await boards.update(board_id, data, caller)
    return BoardRead.model_validate(board)


@router.put("/{board_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def replace_board(
    board_id: UUID, data: BoardReplace, boards: BoardServiceDep, caller: CurrentUserDep
) -> BoardRead:
    """Replace a board."""
    board = await boards.replace(board_id, data, caller)
    return BoardRead.model_validate(board)


@router.delete(
    "/{board_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_board(board_id: UUID, boards: BoardServiceDep, caller: CurrentUserDep) -> None:
    """Delete a board."""
    await boards.delete(board_id, caller)


@router.post("/{board_id:uuid}/start", responses=problems(401, 403, 404, 409))
async def start_board(board_id: UUID, boards: BoardServiceDep, caller: CurrentUserDep) -> BoardRead:
    """Start a board."""
    board = await boards.start(board_id, caller)
    return BoardRead.model_validate(board)


@router.post("/{board_id:uuid}/finish", responses=problems(401, 403, 404, 409))
async def finish_board(
    board_id: UUID, boards: BoardServiceDep, caller: CurrentUserDep
) -> BoardRead:
    """Finish a board."""
    board = await boards.finish(board_id, caller)
    return BoardRead.model_validate(board)

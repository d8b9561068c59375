"""Sessions."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import SessionServiceDep, get_current_user
from app.schemas.session import (
    SessionCreate,
    SessionListQuery,
    SessionPage,
    SessionRead,
    SessionUpdate,
)

router = APIRouter(prefix="/sessions", tags=["sessions"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_sessions(
    query: Annotated[SessionListQuery, Query()], sessions: SessionServiceDep
) -> SessionPage:
    """List sessions."""
    rows, total = await sessions.list(query)
    return SessionPage(
        items=[SessionRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{session_row_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_session(session_row_id: UUID, sessions: SessionServiceDep) -> SessionRead:
    """Return one session."""
    session_row = await sessions.get(session_row_id)
    return SessionRead.model_validate(session_row)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_session(
    data: SessionCreate, sessions: SessionServiceDep, response: Response
) -> SessionRead:
    """Create a session."""
    session_row = await sessions.create(data)
    response.headers["Location"] = f"/api/v1/sessions/{session_row.id}"
    return SessionRead.model_validate(session_row)


@router.patch(
    "/{session_row_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409),
)
async def update_session(
    session_row_id: UUID, data: SessionUpdate, sessions: SessionServiceDep
) -> SessionRead:
    """Change a session."""
    session_row = await sessions.update(session_row_id, data)
    return SessionRead.model_validate(session_row)


@router.delete(
    "/{session_row_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_session(session_row_id: UUID, sessions: SessionServiceDep) -> None:
    """Delete a session."""
    await sessions.delete(session_row_id)

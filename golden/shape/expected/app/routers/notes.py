"""Notes."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.problems import problems
from app.dependencies import NoteServiceDep, get_current_user
from app.schemas.note import NoteCreate, NoteListQuery, NotePage, NoteRead, NoteUpdate

router = APIRouter(prefix="/notes", tags=["notes"], responses=problems(400))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_notes(query: Annotated[NoteListQuery, Query()], notes: NoteServiceDep) -> NotePage:
    """List notes."""
    rows, total = await notes.list(query)
    return NotePage(
        items=[NoteRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{note_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404)
)
async def get_note(note_id: UUID, notes: NoteServiceDep) -> NoteRead:
    """Return one note."""
    note = await notes.get(note_id)
    return NoteRead.model_validate(note)


@router.post("", dependencies=[Depends(get_current_user)], responses=problems(401, 409))
async def create_note(data: NoteCreate, notes: NoteServiceDep, response: Response) -> NoteRead:
    """Create a note."""
    note = await notes.create(data)
    response.headers["Location"] = f"/api/v1/notes/{note.id}"
    return NoteRead.model_validate(note)


@router.patch(
    "/{note_id:uuid}", dependencies=[Depends(get_current_user)], responses=problems(401, 404, 409)
)
async def update_note(note_id: UUID, data: NoteUpdate, notes: NoteServiceDep) -> NoteRead:
    """Change a note."""
    note = await notes.update(note_id, data)
    return NoteRead.model_validate(note)


@router.delete(
    "/{note_id:uuid}",
    response_class=Response,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def delete_note(note_id: UUID, notes: NoteServiceDep) -> Response:
    """Delete a note."""
    await notes.delete(note_id)
    return Response()

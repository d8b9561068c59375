"""Notes."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import NoteRepositoryDep
from app.schemas.note import NoteCreate, NoteListQuery, NotePage, NoteRead, NoteUpdate

router = APIRouter(prefix="/notes", tags=["notes"], responses=problems(422))


@router.get("")
async def list_notes(
    query: Annotated[NoteListQuery, Query()], notes: NoteRepositoryDep
) -> NotePage:
    """List notes."""
    rows, total = await notes.list(query)
    return NotePage(
        items=[NoteRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{note_id:uuid}", responses=problems(404))
async def get_note(note_id: UUID, notes: NoteRepositoryDep) -> NoteRead:
    """Return one note."""
    note = await notes.get(note_id)
    return NoteRead.model_validate(note)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
async def create_note(data: NoteCreate, notes: NoteRepositoryDep, response: Response) -> NoteRead:
    """Create a note."""
    note = await notes.create(data)
    response.headers["Location"] = f"/api/v1/notes/{note.id}"
    return NoteRead.model_validate(note)


@router.patch("/{note_id:uuid}", responses=problems(400, 404, 409))
async def update_note(note_id: UUID, data: NoteUpdate, notes: NoteRepositoryDep) -> NoteRead:
    """Change a note."""
    note = await notes.update(note_id, data)
    return NoteRead.model_validate(note)


@router.delete("/{note_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
async def delete_note(note_id: UUID, notes: NoteRepositoryDep) -> None:
    """Delete a note."""
    await notes.delete(note_id)

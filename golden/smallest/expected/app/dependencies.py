"""Dependencies shared by the routers."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database
from app.repositories.note_repository import NoteRepository

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


async def get_database(request: Request) -> Database:
    """Return the database of the application."""
    database: Database = request.app.state.database
    return database


DatabaseDep = Annotated[Database, Depends(get_database)]


async def get_session(request: Request, database: DatabaseDep) -> AsyncGenerator[AsyncSession]:
    """Open the transaction of the request; safe methods get a read-only one."""
    async with database.session(read_only=request.method in _SAFE_METHODS) as session:
        yield session


# "function" scope: the commit happens after the response is built and before it is sent, so a
# client never sees a success that the database then refused.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


async def get_note_repository(session: SessionDep) -> NoteRepository:
    """Build the repository."""
    return NoteRepository(session)


NoteRepositoryDep = Annotated[NoteRepository, Depends(get_note_repository)]

"""Authors."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Author
from app.repositories.author_repository import AuthorRepository
from app.schemas.author import AuthorCreate, AuthorListQuery


class AuthorService:
    """Use cases of authors."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._authors = AuthorRepository(session)

    async def list(self, query: AuthorListQuery) -> tuple[Sequence[Author], int]:
        """List authors."""
        return await self._authors.list(query)

    async def get(self, author_id: int) -> Author:
        """Return one author."""
        author = await self._authors.get(author_id)
        if author is None:
            detail = "Author not found"
            raise NotFoundError(detail)
        return author

    async def create(self, data: AuthorCreate) -> Author:
        """Create an author."""
        author = Author(name=data.name, born=data.born)
        await self._authors.create(author)
        return author

"""The operations every repository has."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.base import ExecutableOption

from app.core.cursor import Keyset
from app.core.db_errors import translate_integrity_error
from app.core.errors import NotFoundError
from app.models.base import Base

ModelT = TypeVar("ModelT", bound=Base)


class Repository(Generic[ModelT]):
    """Typed access to one entity."""

    model: type[ModelT]
    options: Sequence[ExecutableOption] = ()

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self.session = session

    def select(self) -> Select[ModelT]:
        """Return the base statement; relationships are loaded eagerly, never lazily."""
        return select(self.model).options(*self.options)

    async def page(
        self, statement: Select[ModelT], *, limit: int, offset: int
    ) -> tuple[Sequence[ModelT], int]:
        """Return one page of ``statement`` and the total number of rows."""
        counted = statement.with_only_columns(func.count(), maintain_column_froms=True)
        total = await self.session.scalar(counted.order_by(None))
        rows = await self.session.scalars(statement.limit(limit).offset(offset))
        return rows.all(), total or 0

    async def rows(self, statement: Select[ModelT], *, limit: int, offset: int) -> Sequence[ModelT]:
        """Return one page of ``statement``, without a count of all rows."""
        return (await self.session.scalars(statement.limit(limit).offset(offset))).all()

    async def page_after(
        self, statement: Select[ModelT], order: Keyset, *, limit: int, cursor: str | None
    ) -> tuple[Sequence[ModelT], str | None]:
        """Return the rows of ``statement`` behind ``cursor``, and the cursor of the next page."""
        if cursor is not None:
            statement = statement.where(order.after(cursor))
        ordered = statement.order_by(*order.columns()).limit(limit + 1)
        rows = (await self.session.scalars(ordered)).all()
        if len(rows) <= limit:
            return rows, None
        return rows[:limit], order.cursor(rows[limit - 1])

    async def create(self, entity: ModelT) -> None:
        """Insert ``entity`` now, so that constraint violations surface here."""
        self.session.add(entity)
        await self._flush()

    async def update(self, entity: ModelT) -> None:
        """Send the changes of ``entity`` to the database now."""
        self.session.add(entity)
        await self._flush()

    async def lock(self, entity: ModelT) -> None:
        """Read ``entity`` again, and keep others from changing it until the transaction ends."""
        try:
            await self.session.refresh(entity, with_for_update={"of": self.model})
        except InvalidRequestError as error:
            detail = "The resource was deleted concurrently"
            raise NotFoundError(detail) from error

    async def delete(self, entity: ModelT) -> None:
        """Delete ``entity`` now."""
        await self.session.delete(entity)
        await self._flush()

    async def _flush(self) -> None:
        try:
            await self.session.flush()
        except IntegrityError as error:
            raise translate_integrity_error(error, Base.metadata) from error

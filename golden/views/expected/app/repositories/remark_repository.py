"""Queries on remarks."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Select, select, true
from sqlalchemy.orm import selectinload, with_expression
from sqlalchemy.sql.base import ExecutableOption

from app.core.cursor import Keyset
from app.models import Person, Remark
from app.repositories.base import Repository
from app.repositories.viewer import person_is_me, remark_mine
from app.schemas.remark import RemarkListQuery, RemarkSort
from app.schemas.types import UtcDatetime

_ORDERS: dict[RemarkSort, Keyset] = {
    RemarkSort.CREATED_AT: Keyset(
        RemarkSort.CREATED_AT,
        Remark.created_at,
        (Remark.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
    ),
    RemarkSort.CREATED_AT_DESC: Keyset(
        RemarkSort.CREATED_AT_DESC,
        Remark.created_at,
        (Remark.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
        descending=True,
    ),
}


class RemarkRepository(Repository[Remark]):
    """Remarks."""

    model = Remark

    def select(self) -> Select[Remark]:
        """Return the base statement; deleted remarks are out of sight."""
        return super().select().where(Remark.is_active == true())

    async def get(self, remark_id: UUID) -> Remark | None:
        """Return the remark with this key, if there is one."""
        return await self.session.scalar(self.select().where(Remark.id == remark_id))

    async def list(
        self, query: RemarkListQuery, article_id: UUID, caller: Person | None
    ) -> tuple[Sequence[Remark], str | None]:
        """Return one page of the remarks."""
        statement = (
            select(Remark)
            .options(*_shown(caller))
            .execution_options(populate_existing=True)
            .where(Remark.is_active == true(), Remark.article_id == article_id)
        )
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )

    async def load_shown(self, remark: Remark, caller: Person | None) -> None:
        """Load what is shown along with one remark."""
        statement = (
            select(Remark)
            .where(Remark.id == remark.id)
            .options(*_shown(caller))
            .execution_options(populate_existing=True)
        )
        (await self.session.scalars(statement)).one()

    async def load_shown_by_create(self, remark: Remark, caller: Person) -> None:
        """Load what is shown along with one remark."""
        statement = (
            select(Remark)
            .where(Remark.id == remark.id)
            .options(*_shown_by_create(caller))
            .execution_options(populate_existing=True)
        )
        (await self.session.scalars(statement)).one()


def _shown(caller: Person | None) -> Sequence[ExecutableOption]:
    return (
        selectinload(Remark.author).options(with_expression(Person.is_me, person_is_me(caller))),
    )


def _shown_by_create(caller: Person) -> Sequence[ExecutableOption]:
    return (with_expression(Remark.mine, remark_mine(caller)),)

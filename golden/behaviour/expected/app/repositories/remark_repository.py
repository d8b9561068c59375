"""Queries on remarks."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import or_

from app.core.cursor import Keyset
from app.core.errors import Invariant, InvariantError
from app.models import Remark, Topic
from app.models.enums import Stage
from app.repositories.base import Repository
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

    async def get(self, remark_id: UUID) -> Remark | None:
        """Return the remark with this key, if there is one."""
        return await self.session.scalar(self.select().where(Remark.id == remark_id))

    async def list(
        self, query: RemarkListQuery, topic_id: UUID
    ) -> tuple[Sequence[Remark], str | None]:
        """Return one page of the remarks."""
        statement = self.select().where(Remark.topic_id == topic_id)
        if query.q is not None:
            statement = statement.where(
                or_(
                    Remark.heading.icontains(query.q, autoescape=True),
                    Remark.text.icontains(query.q, autoescape=True),
                )
            )
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )

    async def create(self, entity: Remark) -> None:
        """Insert ``entity`` now, if its invariants allow it."""
        await super().create(entity)
        await self._require_on_what_is_open(entity)

    async def update(self, entity: Remark) -> None:
        """Send the changes of ``entity`` to the database now, if its invariants allow them."""
        await super().update(entity)
        await self._require_on_what_is_open(entity)

    async def _require_on_what_is_open(self, remark: Remark) -> None:
        topic = await self.hold(Topic, remark.topic_id)
        if topic.stage not in {Stage.DRAFT, Stage.OPEN}:
            invariant = Invariant(
                "on_what_is_open",
                "A closed topic takes no remarks.",
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
            )
            raise InvariantError(invariant)

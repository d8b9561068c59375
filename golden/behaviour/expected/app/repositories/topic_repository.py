"""Queries on topics."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.core.errors import Invariant, InvariantError
from app.models import Topic
from app.models.enums import Stage
from app.repositories.base import Repository
from app.schemas.topic import TopicListQuery, TopicSort

_ORDERS: dict[TopicSort, UnaryExpression[Any]] = {
    TopicSort.CREATED_AT: Topic.created_at.asc(),
    TopicSort.CREATED_AT_DESC: Topic.created_at.desc(),
    TopicSort.CLOSED_AT: Topic.closed_at.asc().nulls_last(),
    TopicSort.CLOSED_AT_DESC: Topic.closed_at.desc().nulls_last(),
    TopicSort.TITLE: Topic.title.asc(),
    TopicSort.TITLE_DESC: Topic.title.desc(),
    TopicSort.REMARK_COUNT: Topic.remark_count.asc(),
    TopicSort.REMARK_COUNT_DESC: Topic.remark_count.desc(),
    TopicSort.LONGEST_REMARK: Topic.longest_remark.asc().nulls_last(),
    TopicSort.LONGEST_REMARK_DESC: Topic.longest_remark.desc().nulls_last(),
    TopicSort.STAGE_AND_TIME: Topic.stage_and_time.asc(),
    TopicSort.STAGE_AND_TIME_DESC: Topic.stage_and_time.desc(),
}
_BOUND_200 = 200


class TopicRepository(Repository[Topic]):
    """Topics."""

    model = Topic
    computed = (
        "remark_count",
        "longest_remark",
        "seats_left",
        "turnover",
        "has_large_bookings",
        "all_paid",
    )

    async def get(self, topic_id: UUID) -> Topic | None:
        """Return the topic with this key, if there is one."""
        return await self.session.scalar(self.select().where(Topic.id == topic_id))

    async def get_many(self, keys: Sequence[UUID]) -> Sequence[Topic]:
        """Return the topics with these keys, as far as they exist."""
        statement = self.select().where(Topic.id.in_(keys))
        return (await self.session.scalars(statement)).all()

    async def list(self, query: TopicListQuery) -> tuple[Sequence[Topic], int]:
        """Return one page of the topics."""
        statement = self.select().order_by(_ORDERS[query.sort], Topic.id)
        if query.stage is not None:
            statement = statement.where(Topic.stage == query.stage)
        if query.parent_id is not None:
            statement = statement.where(Topic.parent_id == query.parent_id)
        if query.is_reviewed is not None:
            statement = statement.where(Topic.is_reviewed == query.is_reviewed)
        if query.seats_left is not None:
            statement = statement.where(Topic.seats_left == query.seats_left)
        if query.seats_left_min is not None:
            statement = statement.where(Topic.seats_left >= query.seats_left_min)
        if query.seats_left_max is not None:
            statement = statement.where(Topic.seats_left <= query.seats_left_max)
        if query.all_paid is not None:
            statement = statement.where(Topic.all_paid == query.all_paid)
        if query.q is not None:
            statement = statement.where(Topic.title.icontains(query.q, autoescape=True))
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def create(self, entity: Topic) -> None:
        """Insert ``entity`` now, if its invariants allow it."""
        await super().create(entity)
        await self._require_below_what_is_open(entity)
        _require_starts_small(entity)

    async def update(self, entity: Topic) -> None:
        """Send the changes of ``entity`` to the database now, if its invariants allow them."""
        await super().update(entity)
        await self._require_below_what_is_open(entity)

    async def _require_below_what_is_open(self, topic: Topic) -> None:
        parent = None if topic.parent_id is None else await self.hold(Topic, topic.parent_id)
        parent_parent = (
            None
            if parent is None or parent.parent_id is None
            else await self.hold(Topic, parent.parent_id)
        )
        if parent is not None and (
            parent.stage is Stage.CLOSED
            or (parent_parent is not None and parent_parent.stage is Stage.CLOSED)
        ):
            invariant = Invariant("below_what_is_open", "Nothing is opened below a closed topic.")
            raise InvariantError(invariant, pointers=["/parent_id"])


def _require_starts_small(topic: Topic) -> None:
    if topic.room > _BOUND_200:
        invariant = Invariant("starts_small", "Starts small.")
        raise InvariantError(invariant, pointers=["/room"])

"""Queries on everythings."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Select, or_, select

from app.core.cursor import Keyset
from app.core.slugs import first_free, slugify
from app.models import Everything
from app.repositories.base import Repository
from app.schemas.everything import EverythingListQuery, EverythingSort
from app.schemas.types import Date, DecimalText, Text, UtcDatetime

_ORDERS: dict[EverythingSort, Keyset] = {
    EverythingSort.CREATED_AT: Keyset(
        EverythingSort.CREATED_AT,
        Everything.created_at,
        (Everything.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
    ),
    EverythingSort.CREATED_AT_DESC: Keyset(
        EverythingSort.CREATED_AT_DESC,
        Everything.created_at,
        (Everything.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
        descending=True,
    ),
    EverythingSort.NAME: Keyset(
        EverythingSort.NAME, Everything.name, (Everything.id,), TypeAdapter(tuple[str, Text, UUID])
    ),
    EverythingSort.NAME_DESC: Keyset(
        EverythingSort.NAME_DESC,
        Everything.name,
        (Everything.id,),
        TypeAdapter(tuple[str, Text, UUID]),
        descending=True,
    ),
    EverythingSort.PRICE: Keyset(
        EverythingSort.PRICE,
        Everything.price,
        (Everything.id,),
        TypeAdapter(
            tuple[
                str,
                Annotated[
                    Decimal,
                    DecimalText(2, r"^(0\.(0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,4}(\.[0-9]{1,2})?)$"),
                ],
                UUID,
            ]
        ),
    ),
    EverythingSort.PRICE_DESC: Keyset(
        EverythingSort.PRICE_DESC,
        Everything.price,
        (Everything.id,),
        TypeAdapter(
            tuple[
                str,
                Annotated[
                    Decimal,
                    DecimalText(2, r"^(0\.(0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,4}(\.[0-9]{1,2})?)$"),
                ],
                UUID,
            ]
        ),
        descending=True,
    ),
    EverythingSort.DAY: Keyset(
        EverythingSort.DAY, Everything.day, (Everything.id,), TypeAdapter(tuple[str, Date, UUID])
    ),
    EverythingSort.DAY_DESC: Keyset(
        EverythingSort.DAY_DESC,
        Everything.day,
        (Everything.id,),
        TypeAdapter(tuple[str, Date, UUID]),
        descending=True,
    ),
    EverythingSort.ACTIVE: Keyset(
        EverythingSort.ACTIVE,
        Everything.active,
        (Everything.id,),
        TypeAdapter(tuple[str, bool, UUID]),
    ),
    EverythingSort.ACTIVE_DESC: Keyset(
        EverythingSort.ACTIVE_DESC,
        Everything.active,
        (Everything.id,),
        TypeAdapter(tuple[str, bool, UUID]),
        descending=True,
    ),
    EverythingSort.UPDATED_AT: Keyset(
        EverythingSort.UPDATED_AT,
        Everything.updated_at,
        (Everything.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
    ),
    EverythingSort.UPDATED_AT_DESC: Keyset(
        EverythingSort.UPDATED_AT_DESC,
        Everything.updated_at,
        (Everything.id,),
        TypeAdapter(tuple[str, UtcDatetime, UUID]),
        descending=True,
    ),
}


class EverythingRepository(Repository[Everything]):
    """Everythings."""

    model = Everything

    async def get(self, everything_id: UUID) -> Everything | None:
        """Return the everything with this key, if there is one."""
        return await self.session.scalar(self.select().where(Everything.id == everything_id))

    async def get_by_slug(self, slug: str) -> Everything | None:
        """Return the everything with this value, if there is one."""
        return await self.session.scalar(self.select().where(Everything.slug == slug))

    async def list(self, query: EverythingListQuery) -> tuple[Sequence[Everything], str | None]:
        """Return one page of the everythings."""
        statement = self.select()
        statement = _narrow(statement, query)
        statement = _narrow_2(statement, query)
        statement = _narrow_3(statement, query)
        return await self.page_after(
            statement, _ORDERS[query.sort], limit=query.limit, cursor=query.cursor
        )

    async def unused_slug(self, text: str) -> str:
        """Return a slug made of ``text`` that no other everything has."""
        slug = slugify(text, max_length=194, fallback="everything")
        similar = select(Everything.slug).where(Everything.slug.startswith(slug))
        taken = (await self.session.scalars(similar)).all()
        return first_free(slug, [*taken, "bulk"])


def _narrow(statement: Select[Everything], query: EverythingListQuery) -> Select[Everything]:
    if query.color is not None:
        statement = statement.where(Everything.color == query.color)
    if query.stage is not None:
        statement = statement.where(Everything.stage == query.stage)
    if query.count is not None:
        statement = statement.where(Everything.count == query.count)
    if query.count_min is not None:
        statement = statement.where(Everything.count >= query.count_min)
    if query.count_max is not None:
        statement = statement.where(Everything.count <= query.count_max)
    if query.price is not None:
        statement = statement.where(Everything.price == query.price)
    if query.price_min is not None:
        statement = statement.where(Everything.price >= query.price_min)
    if query.price_max is not None:
        statement = statement.where(Everything.price <= query.price_max)
    return statement


def _narrow_2(statement: Select[Everything], query: EverythingListQuery) -> Select[Everything]:
    if query.day is not None:
        statement = statement.where(Everything.day == query.day)
    if query.day_from is not None:
        statement = statement.where(Everything.day >= query.day_from)
    if query.day_before is not None:
        statement = statement.where(Everything.day < query.day_before)
    if query.moment is not None:
        statement = statement.where(Everything.moment == query.moment)
    if query.moment_from is not None:
        statement = statement.where(Everything.moment >= query.moment_from)
    if query.moment_before is not None:
        statement = statement.where(Everything.moment < query.moment_before)
    if query.active is not None:
        statement = statement.where(Everything.active == query.active)
    if query.name is not None:
        statement = statement.where(Everything.name == query.name)
    return statement


def _narrow_3(statement: Select[Everything], query: EverythingListQuery) -> Select[Everything]:
    if query.id is not None:
        statement = statement.where(Everything.id == query.id)
    if query.is_active is not None:
        statement = statement.where(Everything.is_active == query.is_active)
    if query.created_at is not None:
        statement = statement.where(Everything.created_at == query.created_at)
    if query.created_at_from is not None:
        statement = statement.where(Everything.created_at >= query.created_at_from)
    if query.created_at_before is not None:
        statement = statement.where(Everything.created_at < query.created_at_before)
    if query.q is not None:
        statement = statement.where(
            or_(
                Everything.name.icontains(query.q, autoescape=True),
                Everything.title.icontains(query.q, autoescape=True),
                Everything.body.icontains(query.q, autoescape=True),
            )
        )
    return statement

"""Everythings."""

from collections.abc import Sequence

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.bulk import pointers_below
from app.core.errors import NotFoundError
from app.models import Everything
from app.models.values import Address
from app.repositories.everything_repository import EverythingRepository
from app.schemas.everything import (
    EverythingBulkCreate,
    EverythingCreate,
    EverythingListQuery,
    EverythingReplace,
    EverythingUpdate,
)


class EverythingService:
    """Use cases of everythings."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._everythings = EverythingRepository(session)

    async def list(self, query: EverythingListQuery) -> tuple[Sequence[Everything], str | None]:
        """List everythings."""
        return await self._everythings.list(query)

    async def get(self, everything_slug: str) -> Everything:
        """Return one everything."""
        everything = await self._everythings.get_by_slug(everything_slug)
        if everything is None:
            detail = "Everything not found"
            raise NotFoundError(detail)
        return everything

    async def create(self, data: EverythingCreate) -> Everything:
        """Create an everything."""
        return await self._insert(data)

    async def bulk_create(self, data: EverythingBulkCreate) -> Sequence[Everything]:
        """Create several everythings, all or none."""
        everythings: list[Everything] = []
        for index, item in enumerate(data.items):
            with pointers_below(f"/items/{index}"):
                everything = await self._insert(item)
                everythings.append(everything)
        return everythings

    async def _insert(self, data: EverythingCreate) -> Everything:
        everything = Everything(
            name=data.name,
            slug=await self._everythings.unused_slug(data.name)
            if data.slug is MISSING
            else data.slug,
            note=data.note,
            title=data.title,
            body=data.body,
            count=data.count,
            large=data.large,
            ratio=data.ratio,
            price=data.price,
            active=data.active,
            day=data.day,
            start=data.start,
            moment=data.moment,
            length=data.length,
            token=data.token,
            meta=data.meta,
            blob=data.blob,
            contact=data.contact,
            link=data.link,
            address=data.address,
            color=data.color,
            size=data.size,
            stage=data.stage,
            colors=data.colors,
            tags=data.tags,
            scores=data.scores,
            legacy=data.legacy,
            secret_note=data.secret_note,
            reference=data.reference,
            nickname=data.nickname,
            due=data.due,
            grade=data.grade,
            tolerance=data.tolerance,
            hints=data.hints,
            marks=data.marks,
            moments=data.moments,
            billing=Address(
                street=data.billing.street,
                city=data.billing.city,
                country=data.billing.country,
                note=data.billing.note,
            ),
            shipping=None
            if data.shipping is None
            else Address(
                street=data.shipping.street,
                city=data.shipping.city,
                country=data.shipping.country,
                note=data.shipping.note,
            ),
        )
        await self._everythings.create(everything)
        return everything

    async def update(self, everything_slug: str, data: EverythingUpdate) -> Everything:
        """Change an everything."""
        everything = await self.get(everything_slug)
        for attribute in (
            "name",
            "slug",
            "note",
            "title",
            "body",
            "count",
            "large",
            "ratio",
            "price",
            "active",
            "day",
            "start",
            "moment",
            "length",
            "token",
            "meta",
            "blob",
            "contact",
            "link",
            "address",
            "color",
            "size",
            "stage",
            "colors",
            "tags",
            "scores",
            "legacy",
            "secret_note",
            "reference",
            "nickname",
            "due",
            "grade",
            "tolerance",
            "hints",
            "marks",
            "moments",
        ):
            if (value := getattr(data, attribute)) is not MISSING:
                setattr(everything, attribute, value)
        if data.billing is not MISSING:
            everything.billing = Address(
                street=data.billing.street,
                city=data.billing.city,
                country=data.billing.country,
                note=data.billing.note,
            )
        if data.shipping is not MISSING:
            everything.shipping = (
                None
                if data.shipping is None
                else Address(
                    street=data.shipping.street,
                    city=data.shipping.city,
                    country=data.shipping.country,
                    note=data.shipping.note,
                )
            )
        await self._everythings.update(everything)
        return everything

    async def replace(self, everything_slug: str, data: EverythingReplace) -> Everything:
        """Replace an everything."""
        everything = await self.get(everything_slug)
        everything.name = data.name
        if data.slug is not MISSING:
            everything.slug = data.slug
        everything.note = data.note
        everything.title = data.title
        everything.body = data.body
        everything.count = data.count
        everything.large = data.large
        everything.ratio = data.ratio
        everything.price = data.price
        everything.active = data.active
        everything.day = data.day
        everything.start = data.start
        everything.moment = data.moment
        everything.length = data.length
        everything.token = data.token
        everything.meta = data.meta
        everything.blob = data.blob
        everything.contact = data.contact
        everything.link = data.link
        everything.address = data.address
        everything.color = data.color
        everything.size = data.size
        everything.stage = data.stage
        everything.colors = data.colors
        everything.tags = data.tags
        everything.scores = data.scores
        everything.legacy = data.legacy
        everything.secret_note = data.secret_note
        everything.reference = data.reference
        everything.nickname = data.nickname
        everything.due = data.due
        everything.grade = data.grade
        everything.tolerance = data.tolerance
        everything.hints = data.hints
        everything.marks = data.marks
        everything.moments = data.moments
        everything.billing = Address(
            street=data.billing.street,
            city=data.billing.city,
            country=data.billing.country,
            note=data.billing.note,
        )
        everything.shipping = (
            None
            if data.shipping is None
            else Address(
                street=data.shipping.street,
                city=data.shipping.city,
                country=data.shipping.country,
                note=data.shipping.note,
            )
        )
        await self._everythings.update(everything)
        return everything

    async def delete(self, everything_slug: str) -> None:
        """Delete an everything."""
        everything = await self.get(everything_slug)
        await self._everythings.delete(everything)

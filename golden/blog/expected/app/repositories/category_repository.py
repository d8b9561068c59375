"""Queries on categories."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, select

from app.core.slugs import first_free, slugify
from app.models import Category
from app.repositories.base import Repository
from app.schemas.category import CategoryListQuery, CategorySort

_ORDERS: dict[CategorySort, UnaryExpression[Any]] = {
    CategorySort.CREATED_AT: Category.created_at.asc(),
    CategorySort.CREATED_AT_DESC: Category.created_at.desc(),
}


class CategoryRepository(Repository[Category]):
    """Categories."""

    model = Category

    async def get(self, category_id: UUID) -> Category | None:
        """Return the category with this key, if there is one."""
        return await self.session.scalar(self.select().where(Category.id == category_id))

    async def list(self, query: CategoryListQuery) -> tuple[Sequence[Category], int]:
        """Return one page of the categories."""
        statement = self.select().order_by(_ORDERS[query.sort], Category.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def unused_slug(self, text: str) -> str:
        """Return a slug made of ``text`` that no other category has."""
        slug = slugify(text, max_length=194, fallback="category")
        similar = select(Category.slug).where(Category.slug.startswith(slug))
        taken = (await self.session.scalars(similar)).all()
        return first_free(slug, taken)

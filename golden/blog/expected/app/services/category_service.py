"""Categories."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, NotFoundError, RuleViolationError
from app.models import Category
from app.repositories.category_repository import CategoryRepository
from app.schemas.category import CategoryCreate, CategoryListQuery, CategoryUpdate


class CategoryService:
    """Use cases of categories."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._categories = CategoryRepository(session)

    async def list(self, query: CategoryListQuery) -> tuple[Sequence[Category], int]:
        """List categories."""
        return await self._categories.list(query)

    async def get(self, category_id: UUID) -> Category:
        """Return one category."""
        category = await self._categories.get(category_id)
        if category is None:
            detail = "Category not found"
            raise NotFoundError(detail)
        return category

    async def create(self, data: CategoryCreate) -> Category:
        """Create a category."""
        await self._check_parent(data.parent_id)
        category = Category(
            name=data.name,
            slug=await self._categories.unused_slug(data.name)
            if data.slug is MISSING
            else data.slug,
            parent_id=data.parent_id,
        )
        await self._categories.create(category)
        return category

    async def update(self, category_id: UUID, data: CategoryUpdate) -> Category:
        """Change a category."""
        category = await self.get(category_id)
        if data.name is not MISSING:
            category.name = data.name
        if data.slug is not MISSING:
            category.slug = data.slug
        if data.parent_id is not MISSING:
            await self._check_parent(data.parent_id)
            category.parent_id = data.parent_id
        await self._categories.update(category)
        return category

    async def delete(self, category_id: UUID) -> None:
        """Delete a category."""
        category = await self.get(category_id)
        await self._categories.delete(category)

    async def _check_parent(self, parent_id: UUID | None) -> None:
        if parent_id is not None and await self._categories.get(parent_id) is None:
            detail = "Category not found"
            raise RuleViolationError(
                detail, errors=[FieldError("/parent_id", "No such category", "reference")]
            )

"""Queries on products."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Product
from app.repositories.base import Repository
from app.schemas.product import ProductListQuery, ProductSort

_ORDERS: dict[ProductSort, UnaryExpression[Any]] = {
    ProductSort.CREATED_AT: Product.created_at.asc(),
    ProductSort.CREATED_AT_DESC: Product.created_at.desc(),
}


class ProductRepository(Repository[Product]):
    """Products."""

    model = Product

    async def get(self, product_id: UUID) -> Product | None:
        """Return the product with this key, if there is one."""
        return await self.session.scalar(self.select().where(Product.id == product_id))

    async def list(self, query: ProductListQuery) -> tuple[Sequence[Product], int]:
        """Return one page of the products."""
        statement = self.select().order_by(_ORDERS[query.sort], Product.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

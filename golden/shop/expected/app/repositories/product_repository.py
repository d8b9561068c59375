"""Queries on products."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, UnaryExpression, or_, true

from app.models import Product
from app.repositories.base import Repository
from app.schemas.product import ProductListQuery, ProductSort

_ORDERS: dict[ProductSort, UnaryExpression[Any]] = {
    ProductSort.CREATED_AT: Product.created_at.asc(),
    ProductSort.CREATED_AT_DESC: Product.created_at.desc(),
    ProductSort.NAME: Product.name.asc(),
    ProductSort.NAME_DESC: Product.name.desc(),
    ProductSort.PRICE: Product.price.asc(),
    ProductSort.PRICE_DESC: Product.price.desc(),
}


class ProductRepository(Repository[Product]):
    """Products."""

    model = Product

    def select(self) -> Select[Product]:
        """Return the base statement; deleted products are out of sight."""
        return super().select().where(Product.is_active == true())

    async def get(self, product_id: UUID) -> Product | None:
        """Return the product with this key, if there is one."""
        return await self.session.scalar(self.select().where(Product.id == product_id))

    async def list(self, query: ProductListQuery) -> tuple[Sequence[Product], int]:
        """Return one page of the products."""
        statement = self.select().order_by(_ORDERS[query.sort], Product.id)
        if query.name is not None:
            statement = statement.where(Product.name == query.name)
        if query.price is not None:
            statement = statement.where(Product.price == query.price)
        if query.price_min is not None:
            statement = statement.where(Product.price >= query.price_min)
        if query.price_max is not None:
            statement = statement.where(Product.price <= query.price_max)
        if query.stock is not None:
            statement = statement.where(Product.stock == query.stock)
        if query.stock_min is not None:
            statement = statement.where(Product.stock >= query.stock_min)
        if query.stock_max is not None:
            statement = statement.where(Product.stock <= query.stock_max)
        if query.q is not None:
            statement = statement.where(
                or_(
                    Product.name.icontains(query.q, autoescape=True),
                    Product.sku.icontains(query.q, autoescape=True),
                )
            )
        return await self.page(statement, limit=query.limit, offset=query.offset)

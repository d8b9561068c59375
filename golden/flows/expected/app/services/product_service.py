"""Products."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.core.etag import check_if_match
from app.models import Product
from app.repositories.product_repository import ProductRepository
from app.schemas.product import ProductCreate, ProductListQuery, ProductUpdate


class ProductService:
    """Use cases of products."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._products = ProductRepository(session)

    async def list(self, query: ProductListQuery) -> tuple[Sequence[Product], int]:
        """List products."""
        return await self._products.list(query)

    async def get(self, product_id: UUID) -> Product:
        """Return one product."""
        product = await self._products.get(product_id)
        if product is None:
            detail = "Product not found"
            raise NotFoundError(detail)
        return product

    async def create(self, data: ProductCreate) -> Product:
        """Create a product."""
        product = Product(name=data.name, stock=data.stock)
        await self._products.create(product)
        return product

    async def update(self, product_id: UUID, data: ProductUpdate, if_match: str | None) -> Product:
        """Change a product."""
        product = await self.get(product_id)
        check_if_match(if_match, product.version)
        if data.name is not MISSING:
            product.name = data.name
        if data.stock is not MISSING:
            product.stock = data.stock
        await self._products.update(product)
        return product

    async def delete(self, product_id: UUID, if_match: str | None) -> None:
        """Delete a product."""
        product = await self.get(product_id)
        check_if_match(if_match, product.version)
        await self._products.delete(product)

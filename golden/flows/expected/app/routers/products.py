"""Products."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.core.etag import etag, not_modified
from app.core.problems import problems
from app.dependencies import IfMatch, IfNoneMatch, ProductServiceDep, get_current_user
from app.schemas.product import (
    ProductCreate,
    ProductListQuery,
    ProductPage,
    ProductRead,
    ProductUpdate,
)

router = APIRouter(prefix="/products", tags=["products"], responses=problems(422))


@router.get("", dependencies=[Depends(get_current_user)], responses=problems(401))
async def list_products(
    query: Annotated[ProductListQuery, Query()], products: ProductServiceDep
) -> ProductPage:
    """List products."""
    rows, total = await products.list(query)
    return ProductPage(
        items=[ProductRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get(
    "/{product_id:uuid}",
    response_model=ProductRead,
    responses={**problems(401, 404), 304: {"description": "Not Modified"}},
    dependencies=[Depends(get_current_user)],
)
async def get_product(
    product_id: UUID,
    products: ProductServiceDep,
    response: Response,
    if_none_match: IfNoneMatch = None,
) -> ProductRead | Response:
    """Return one product."""
    product = await products.get(product_id)
    entity_tag = etag(product.version)
    if not_modified(if_none_match, product.version):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": entity_tag})
    response.headers["ETag"] = entity_tag
    return ProductRead.model_validate(product)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 409),
)
async def create_product(
    data: ProductCreate, products: ProductServiceDep, response: Response
) -> ProductRead:
    """Create a product."""
    product = await products.create(data)
    response.headers["ETag"] = etag(product.version)
    response.headers["Location"] = f"/api/v1/products/{product.id}"
    return ProductRead.model_validate(product)


@router.patch(
    "/{product_id:uuid}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 404, 409, 412),
)
async def update_product(
    product_id: UUID,
    data: ProductUpdate,
    products: ProductServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> ProductRead:
    """Change a product."""
    product = await products.update(product_id, data, if_match)
    response.headers["ETag"] = etag(product.version)
    return ProductRead.model_validate(product)


@router.delete(
    "/{product_id:uuid}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404, 409, 412),
)
async def delete_product(
    product_id: UUID, products: ProductServiceDep, if_match: IfMatch = None
) -> None:
    """Delete a product."""
    await products.delete(product_id, if_match)

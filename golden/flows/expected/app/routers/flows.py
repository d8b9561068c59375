"""Flows."""

from datetime import date, timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Response
from pydantic import Field

from app.core.etag import etag
from app.core.limited_route import LimitedRoute
from app.core.problems import problems
from app.dependencies import (
    CurrentUserDep,
    FlowMethodsDep,
    IdempotencyDep,
    get_current_user,
    require_clerk,
)
from app.models.enums import Tier
from app.schemas.account import AccountRead
from app.schemas.flows import (
    FindPayerQuery,
    OfferQuery,
    RefillInput,
    ReserveInput,
    ReserveQuery,
    RestockInput,
    TransferInput,
)
from app.schemas.member import MemberRead
from app.schemas.order import OrderRead
from app.schemas.product import ProductRead
from app.schemas.transfer import TransferRead
from app.schemas.types import PRINTABLE, Absent, Date, DecimalText, Duration, Line, Matching

router = APIRouter(tags=["flows"], responses=problems(422), route_class=LimitedRoute)
_VISIT__DISCOUNT = Decimal("0.25")
_VISIT__OPENED = date.fromisoformat("2025-12-31")
_VISIT__CLIENT = UUID("018f4d4e-0000-7000-8000-000000000001")


@router.post(
    "/accounts/{source_id:uuid}/transfers/{target_id:uuid}",
    status_code=HTTPStatus.CREATED,
    responses=problems(400, 401, 404, 409, 429),
)
async def transfer(
    source_id: UUID,
    target_id: UUID,
    data: TransferInput,
    flows: FlowMethodsDep,
    caller: CurrentUserDep,
) -> TransferRead:
    """Transfer."""
    transfer = await flows.transfer(
        source_id, target_id, data.amount, data.reason, caller, urgent=data.urgent
    )
    return TransferRead.model_validate(transfer)


@router.post(
    "/accounts/{account_id:uuid}/close",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(401, 403, 404, 409),
)
async def close_account(account_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep) -> None:
    """Close account."""
    await flows.close_account(account_id, caller)


@router.post("/orders/{order_id:uuid}/pay", responses=problems(401, 404, 409, 412))
async def pay(order_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep) -> OrderRead:
    """Pay."""
    order = await flows.pay(order_id, caller)
    return OrderRead.model_validate(order)


@router.post("/orders/{order_id:uuid}/cancel", responses=problems(401, 404, 409, 412))
async def cancel(order_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep) -> OrderRead:
    """Cancel."""
    order = await flows.cancel(order_id, caller)
    return OrderRead.model_validate(order)


@router.post(
    "/orders/{order_id:uuid}/empty",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(401, 404, 409),
)
async def empty(
    order_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep, idempotency: IdempotencyDep
) -> None:
    """Empty."""
    await flows.empty(order_id, caller)
    await idempotency.keep(None, HTTPStatus.NO_CONTENT)


@router.patch(
    "/accounts/{account_id:uuid}/owners/{heir_id:uuid}", responses=problems(401, 403, 404, 409)
)
async def hand_over(
    account_id: UUID, heir_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep
) -> AccountRead:
    """Hand over."""
    account = await flows.hand_over(account_id, heir_id, caller)
    return AccountRead.model_validate(account)


@router.delete(
    "/orders/{order_id:uuid}/order-items",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(401, 404, 409),
)
async def clear(order_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep) -> None:
    """Clear."""
    await flows.empty(order_id, caller)


@router.put(
    "/products/{product_id:uuid}/restock",
    dependencies=[Depends(require_clerk)],
    responses=problems(400, 401, 403, 404, 409, 412),
)
async def restock(
    product_id: UUID,
    data: RestockInput,
    flows: FlowMethodsDep,
    idempotency: IdempotencyDep,
    response: Response,
) -> ProductRead:
    """Restock."""
    product = await flows.restock(product_id, data.pieces)
    response.headers["ETag"] = etag(product.version)
    return await idempotency.keep(ProductRead.model_validate(product), HTTPStatus.OK)


@router.get("/accounts/{account_id:uuid}/payer", responses=problems(401, 403, 404, 409, 429))
async def find_payer(
    account_id: UUID,
    query: Annotated[FindPayerQuery, Query()],
    currency: Annotated[
        Line,
        Field(min_length=3, max_length=3),
        Matching("^[A-Z]+$"),
        Matching(PRINTABLE),
        Header(alias="X-Currency"),
    ],
    flows: FlowMethodsDep,
    caller: CurrentUserDep,
    retry: Annotated[Annotated[int, Field(ge=0, le=9)] | Absent, Header(alias="X-Retry")] = None,
    shop: Annotated[
        Annotated[Line, Field(min_length=1, max_length=40), Matching(PRINTABLE)] | Absent,
        Header(alias="X-SHOP", description="Where it was asked", examples=["Berlin"]),
    ] = None,
) -> AccountRead:
    """Find payer."""
    account = await flows.find_payer(
        account_id,
        query.least,
        query.reason,
        query.since,
        currency,
        retry,
        shop,
        caller,
        open_only=query.open_only,
    )
    return AccountRead.model_validate(account)


@router.post(
    "/products/{product_id:uuid}/reserve/{tier}/{until}",
    dependencies=[Depends(get_current_user)],
    responses=problems(400, 401, 403, 404, 409, 412),
)
async def reserve(
    product_id: UUID,
    tier: Tier,
    until: Annotated[Date, Path(description="The last day", examples=["2030-12-31"])],
    data: ReserveInput,
    query: Annotated[ReserveQuery, Query()],
    source: Annotated[
        Line, Field(min_length=1, max_length=40), Matching(PRINTABLE), Header(alias="X-Source")
    ],
    flows: FlowMethodsDep,
    idempotency: IdempotencyDep,
    response: Response,
) -> ProductRead:
    """Reserve."""
    product = await flows.reserve(product_id, data.pieces, tier, until, source, urgent=query.urgent)
    response.headers["ETag"] = etag(product.version)
    return await idempotency.keep(ProductRead.model_validate(product), HTTPStatus.OK)


@router.get(
    "/products/{product_id:uuid}/offer",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404, 409),
)
async def offer(
    product_id: UUID,
    query: Annotated[OfferQuery, Query()],
    flows: FlowMethodsDep,
    response: Response,
) -> ProductRead:
    """Offer."""
    product = await flows.offer(
        product_id,
        query.pieces,
        query.most,
        query.tier,
        query.day,
        query.since,
        query.at,
        query.words,
    )
    response.headers["ETag"] = etag(product.version)
    return ProductRead.model_validate(product)


@router.get(
    "/products/{product_id:uuid}/visit",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404, 409),
)
async def visit(
    product_id: UUID,
    patience: Annotated[
        Duration, Header(alias="X-Patience", default_factory=lambda: timedelta(minutes=90))
    ],
    flows: FlowMethodsDep,
    response: Response,
    shop: Annotated[
        Line, Field(min_length=1, max_length=40), Matching(PRINTABLE), Header(alias="X-Shop")
    ] = "main",
    discount: Annotated[
        Decimal,
        DecimalText(2, r"^(0(\.[0-9]{1,2})?|1(\.0(0)?)?)$"),
        Header(alias="X-Discount", description="As a part of the price"),
    ] = _VISIT__DISCOUNT,
    opened: Annotated[
        Date, Header(alias="X-Opened", description="When the shop opened")
    ] = _VISIT__OPENED,
    client: Annotated[UUID, Header(alias="X-Client")] = _VISIT__CLIENT,
    tier: Annotated[Tier, Header(alias="X-Tier")] = Tier.VERY_RARE,
) -> ProductRead:
    """Visit."""
    product = await flows.visit(product_id, shop, discount, opened, client, tier, patience)
    response.headers["ETag"] = etag(product.version)
    return ProductRead.model_validate(product)


@router.get(
    "/accounts/{account_id:uuid}/owner",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def show_owner(account_id: UUID, flows: FlowMethodsDep) -> MemberRead:
    """Show owner."""
    member = await flows.show_owner(account_id)
    return MemberRead.model_validate(member)


@router.get(
    "/transfers/{transfer_id:uuid}/keeper",
    dependencies=[Depends(get_current_user)],
    responses=problems(401, 404),
)
async def show_keeper(transfer_id: UUID, flows: FlowMethodsDep) -> MemberRead:
    """Show keeper."""
    member = await flows.show_keeper(transfer_id)
    return MemberRead.model_validate(member)


@router.post(
    "/accounts/{account_id:uuid}/heirs/{heir_id:uuid}",
    status_code=HTTPStatus.CREATED,
    responses=problems(401, 403, 404, 409),
)
async def pass_on(
    account_id: UUID, heir_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep
) -> MemberRead:
    """Pass on."""
    member = await flows.pass_on(account_id, heir_id, caller)
    return MemberRead.model_validate(member)


@router.post("/accounts/{account_id:uuid}/give-back", responses=problems(401, 404, 409))
async def give_back(account_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep) -> MemberRead:
    """Give back."""
    member = await flows.give_back(account_id, caller)
    return MemberRead.model_validate(member)


@router.post(
    "/products/{product_id:uuid}/refill",
    dependencies=[Depends(require_clerk)],
    responses=problems(400, 401, 403, 404, 409, 412),
)
async def refill(
    product_id: UUID, data: RefillInput, flows: FlowMethodsDep, response: Response
) -> ProductRead:
    """Refill."""
    product = await flows.refill(product_id, urgent=data.urgent)
    response.headers["ETag"] = etag(product.version)
    return ProductRead.model_validate(product)


@router.get("/years/{year}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404, 429))
async def check_year(year: Annotated[int, Field(ge=1970, le=2100)], flows: FlowMethodsDep) -> None:
    """Check year."""
    await flows.check_year(year)

"""Flows."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header
from pydantic import Field

from app.core.limited_route import LimitedRoute
from app.core.problems import problems
from app.dependencies import (
    CurrentUserDep,
    FlowJobsDep,
    FlowMethodsDep,
    IdempotencyDep,
    require_clerk,
)
from app.schemas.flow_jobs import FlowJobRead
from app.schemas.flows import SendInput
from app.schemas.invoice import InvoiceRead
from app.schemas.types import PRINTABLE, Date, Line, Matching

router = APIRouter(tags=["flows"], responses=problems(422), route_class=LimitedRoute)


@router.post(
    "/invoices/{invoice_id:uuid}/send/{day}",
    status_code=HTTPStatus.ACCEPTED,
    responses=problems(400, 401, 404, 409, 429),
)
async def send(
    invoice_id: UUID,
    day: Date,
    data: SendInput,
    channel: Annotated[
        Line, Field(min_length=1, max_length=20), Matching(PRINTABLE), Header(alias="X-Channel")
    ],
    jobs: FlowJobsDep,
    caller: CurrentUserDep,
    idempotency: IdempotencyDep,
) -> FlowJobRead:
    """Send."""
    return await idempotency.keep(
        FlowJobRead.model_validate(
            await jobs.send(
                invoice_id,
                day,
                channel,
                data.least,
                data.note,
                data.state,
                data.times,
                data.since,
                caller,
                urgent=data.urgent,
            )
        ),
        HTTPStatus.ACCEPTED,
    )


@router.put(
    "/invoices/{invoice_id:uuid}/remind",
    status_code=HTTPStatus.ACCEPTED,
    dependencies=[Depends(require_clerk)],
    responses=problems(401, 403, 404),
)
async def remind(invoice_id: UUID, jobs: FlowJobsDep) -> FlowJobRead:
    """Remind."""
    return FlowJobRead.model_validate(await jobs.remind(invoice_id))


@router.post("/invoices/{invoice_id:uuid}/settle", responses=problems(401, 404, 409))
async def settle(invoice_id: UUID, flows: FlowMethodsDep, caller: CurrentUserDep) -> InvoiceRead:
    """Settle."""
    invoice = await flows.settle(invoice_id, caller)
    return InvoiceRead.model_validate(invoice)


@router.post(
    "/digests/print",
    status_code=HTTPStatus.ACCEPTED,
    dependencies=[Depends(require_clerk)],
    responses=problems(401, 403),
)
async def print_digest(jobs: FlowJobsDep) -> FlowJobRead:
    """Print digest."""
    return FlowJobRead.model_validate(await jobs.print_digest())

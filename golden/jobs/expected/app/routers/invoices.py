"""Invoices."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.core.problems import problems
from app.dependencies import CurrentUserDep, InvoiceServiceDep
from app.schemas.base import PageQuery
from app.schemas.invoice import (
    InvoiceCreate,
    InvoiceListQuery,
    InvoicePage,
    InvoiceRead,
    InvoiceUpdate,
)
from app.schemas.invoice_state_change import InvoiceStateChangePage, InvoiceStateChangeRead

router = APIRouter(prefix="/invoices", tags=["invoices"], responses=problems(422))


@router.get("", responses=problems(401))
async def list_invoices(
    query: Annotated[InvoiceListQuery, Query()], invoices: InvoiceServiceDep, caller: CurrentUserDep
) -> InvoicePage:
    """List invoices."""
    rows, total = await invoices.list(query, caller)
    return InvoicePage(
        items=[InvoiceRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.get("/{invoice_id:uuid}", responses=problems(401, 404))
async def get_invoice(
    invoice_id: UUID, invoices: InvoiceServiceDep, caller: CurrentUserDep
) -> InvoiceRead:
    """Return one invoice."""
    invoice = await invoices.get(invoice_id, caller)
    return InvoiceRead.model_validate(invoice)


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 401, 409))
async def create_invoice(
    data: InvoiceCreate, invoices: InvoiceServiceDep, caller: CurrentUserDep, response: Response
) -> InvoiceRead:
    """Create an invoice."""
    invoice = await invoices.create(data, caller)
    response.headers["Location"] = f"/api/v1/invoices/{invoice.id}"
    return InvoiceRead.model_validate(invoice)


@router.patch("/{invoice_id:uuid}", responses=problems(400, 401, 403, 404, 409))
async def update_invoice(
    invoice_id: UUID, data: InvoiceUpdate, invoices: InvoiceServiceDep, caller: CurrentUserDep
) -> InvoiceRead:
    """Change an invoice."""
    invoice = await invoices.update(invoice_id, data, caller)
    return InvoiceRead.model_validate(invoice)


@router.delete(
    "/{invoice_id:uuid}", status_code=HTTPStatus.NO_CONTENT, responses=problems(401, 403, 404)
)
async def delete_invoice(
    invoice_id: UUID, invoices: InvoiceServiceDep, caller: CurrentUserDep
) -> None:
    """Delete an invoice."""
    await invoices.delete(invoice_id, caller)


@router.get("/{invoice_id:uuid}/state-history", responses=problems(401, 404))
async def list_invoice_state_history(
    invoice_id: UUID,
    query: Annotated[PageQuery, Query()],
    invoices: InvoiceServiceDep,
    caller: CurrentUserDep,
) -> InvoiceStateChangePage:
    """List the changes of the state of an invoice, the first one first."""
    rows, total = await invoices.state_history(invoice_id, query, caller)
    return InvoiceStateChangePage(
        items=[InvoiceStateChangeRead.model_validate(row) for row in rows],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )

from typing import Any

import pytest
from httpx2 import AsyncClient
from sqlalchemy import delete

from app.core.database import Database
from app.core.errors import NotFoundError
from app.core.ids import uuid7
from app.models import Invoice
from app.models.enums import MemberRole
from app.repositories.invoice_repository import InvoiceRepository
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"amount": "12.50"}
CHANGES: dict[str, Any] = {"amount": "13.50"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.invoice()
    url = f"/api/v1/invoices/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.invoice()
    url = f"/api/v1/invoices/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.invoice()
    url = f"/api/v1/invoices/{row.id}"
    for member in ("amount",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.invoice()
    url = f"/api/v1/invoices/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Invoice, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/invoices/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/invoices/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/invoices/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.get(f"/api/v1/invoices/{uuid7()}/state-history", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/invoices", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("amount", "twelve"),
        ("amount", 12.5),
        ("amount", "1e400"),
        ("amount", "100000000000.00"),
        ("amount", "-0.01"),
        ("amount", None),
        ("state", "open"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/invoices", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["error"]["details"][0]["pointer"].startswith(f"/{member}")


async def test_changes_leave_states_alone(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    row = await factory.invoice()
    url = f"/api/v1/invoices/{row.id}"
    response = await client.patch(url, json={"state": "sent"}, headers=headers)
    assert response.status_code == 422


async def test_no_row_is_locked_that_is_gone(factory: Factory, database: Database) -> None:
    row = await factory.invoice()
    async with database.session() as session:
        found = await session.get_one(Invoice, row.id)
        await session.execute(delete(Invoice), execution_options={"synchronize_session": False})
        with pytest.raises(NotFoundError):
            await InvoiceRepository(session).lock(found)


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.invoice()
    url = "/api/v1/invoices"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.invoice()
    for _ in range(1):
        await factory.invoice()
    url = "/api/v1/invoices"
    cases: list[dict[str, str]] = [{"sort": "createdAt"}, {"sort": "-createdAt"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.invoice()
    for _ in range(2):
        await factory.invoice()
    url = "/api/v1/invoices"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.invoice()
    url = "/api/v1/invoices"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value}, headers=headers)
        assert response.status_code == 422


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    await factory.invoice()
    url = "/api/v1/invoices"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.invoice()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.invoice()
    assert (await client.get(f"/api/v1/invoices/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/invoices/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/invoices/{row.id}")).status_code == 401
    assert (await client.get(f"/api/v1/invoices/{row.id}/state-history")).status_code == 401
    assert (await client.get("/api/v1/invoices")).status_code == 401
    assert (await client.post("/api/v1/invoices", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.invoice()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.get(f"/api/v1/invoices/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.patch(f"/api/v1/invoices/{row.id}", json={}, headers=headers)
    ).status_code == 404
    assert (await client.delete(f"/api/v1/invoices/{row.id}", headers=headers)).status_code == 404
    assert (
        await client.get(f"/api/v1/invoices/{row.id}/state-history", headers=headers)
    ).status_code == 404


async def test_lists_leave_out_what_is_hidden(client: AsyncClient, factory: Factory) -> None:
    await factory.invoice()
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get("/api/v1/invoices", headers=headers)
    assert response.json()["items"] == []

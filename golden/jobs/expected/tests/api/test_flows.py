from decimal import Decimal

import pytest
from httpx2 import AsyncClient
from sqlalchemy import func, select

from app.core.config import Settings
from app.core.database import Database
from app.core.ids import uuid7
from app.models import Digest, Invoice, InvoiceStateChange, Member, OutboxEvent
from app.models.enums import MemberRole, State
from app.services.job_runner import SCHEDULES
from tests.factories import Factory
from tests.jobs import make_due, outcomes, stored


async def test_no_stranger_may_send(client: AsyncClient) -> None:
    response = await client.post(
        f"/api/v1/invoices/{uuid7()}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers={"X-Channel": "Channel"},
    )
    assert response.status_code == 401


async def test_missing_rows_for_send(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/invoices/{uuid7()}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    assert response.status_code == 404


async def test_wrong_segments_for_send(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/invoices/{uuid7()}/send/no-such-value",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    assert response.status_code == 422


async def test_unknown_members_for_send(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(
        f"/api/v1/invoices/{uuid7()}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
            "no_such_member": True,
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    assert response.status_code == 422


async def test_send_works_1(
    client: AsyncClient, factory: Factory, database: Database, settings: Settings
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    invoice = await factory.invoice(owner=caller)
    response = await client.post(
        f"/api/v1/invoices/{invoice.id}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    assert response.status_code == 202
    assert await outcomes(database, settings, "send") == ["done"]
    async with database.session(read_only=True) as session:
        invoice_after = await session.get_one(Invoice, invoice.id)
        assert invoice_after.state is State.SENT
        assert invoice_after.sent_at is not None
        assert invoice_after.note == "Note"
        told = (await session.scalars(select(OutboxEvent))).all()
        assert [event.name for event in told] == ["invoice.sent"]
        assert told[0].payload["channel"] == "Channel"
        changes = (await session.scalars(select(InvoiceStateChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("send", "open", "sent", caller.id)]


async def test_send_is_refused_1(
    client: AsyncClient, factory: Factory, database: Database, settings: Settings
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    invoice = await factory.invoice()
    response = await client.post(
        f"/api/v1/invoices/{invoice.id}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    assert response.status_code == 202
    assert await outcomes(database, settings, "send") == ["refused"]
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(InvoiceStateChange))).all()


async def test_send_is_refused_2(
    client: AsyncClient, factory: Factory, database: Database, settings: Settings
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    invoice = await factory.invoice(amount=Decimal(0), owner=caller)
    response = await client.post(
        f"/api/v1/invoices/{invoice.id}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    assert response.status_code == 202
    assert await outcomes(database, settings, "send") == ["refused"]
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(InvoiceStateChange))).all()


async def test_send_is_refused_3(
    client: AsyncClient, factory: Factory, database: Database, settings: Settings
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    invoice = await factory.invoice(state=State.SENT, owner=caller)
    response = await client.post(
        f"/api/v1/invoices/{invoice.id}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    assert response.status_code == 202
    assert await outcomes(database, settings, "send") == ["refused"]
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(InvoiceStateChange))).all()


async def test_send_is_done_once(
    client: AsyncClient, factory: Factory, database: Database, settings: Settings
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    invoice = await factory.invoice(owner=caller)
    headers["Idempotency-Key"] = "one-request"
    first = await client.post(
        f"/api/v1/invoices/{invoice.id}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    response = await client.post(
        f"/api/v1/invoices/{invoice.id}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    assert response.status_code == 202
    assert response.headers["Idempotent-Replayed"] == "true"
    assert response.json() == first.json()
    assert await outcomes(database, settings, "send") == ["done"]
    other = await client.post(
        f"/api/v1/invoices/{invoice.id}/send/2026-01-31",
        json={"no_such_member": True},
        headers=headers | {"X-Channel": "Channel"},
    )
    assert other.status_code == 422
    assert other.json()["error"]["code"] == "idempotency_key_reused"
    async with database.session(read_only=True) as session:
        invoice_after = await session.get_one(Invoice, invoice.id)
        assert invoice_after.state is State.SENT
        assert invoice_after.sent_at is not None
        assert invoice_after.note == "Note"
        told = (await session.scalars(select(OutboxEvent))).all()
        assert [event.name for event in told] == ["invoice.sent"]
        assert told[0].payload["channel"] == "Channel"
        changes = (await session.scalars(select(InvoiceStateChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("send", "open", "sent", caller.id)]


async def test_send_is_refused_without_its_account(
    client: AsyncClient, factory: Factory, database: Database, settings: Settings
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    invoice = await factory.invoice(owner=caller)
    response = await client.post(
        f"/api/v1/invoices/{invoice.id}/send/2026-01-31",
        json={
            "least": "12.50",
            "note": "Note",
            "urgent": True,
            "state": "open",
            "times": 1,
            "since": "2026-01-31T08:30:00Z",
        },
        headers=headers | {"X-Channel": "Channel"},
    )
    assert response.status_code == 202
    async with database.session() as session:
        account = await session.get_one(Member, caller.id)
        account.is_active = False
    assert await outcomes(database, settings, "send") == ["refused"]
    async with database.session(read_only=True) as session:
        invoice_after = await session.get_one(Invoice, invoice.id)
        assert invoice_after.state is State.OPEN
        assert invoice_after.sent_at is None
        assert invoice_after.note is None
        assert not (await session.scalars(select(OutboxEvent))).all()
        assert not (await session.scalars(select(InvoiceStateChange))).all()


async def test_no_stranger_may_remind(client: AsyncClient) -> None:
    response = await client.put(f"/api/v1/invoices/{uuid7()}/remind")
    assert response.status_code == 401


async def test_no_other_role_may_remind(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.MEMBER)
    headers = factory.auth(caller)
    response = await client.put(f"/api/v1/invoices/{uuid7()}/remind", headers=headers)
    assert response.status_code == 403


async def test_missing_rows_for_remind(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.put(f"/api/v1/invoices/{uuid7()}/remind", headers=headers)
    assert response.status_code == 404


async def test_remind_works_1(
    client: AsyncClient, factory: Factory, database: Database, settings: Settings
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    invoice = await factory.invoice()
    response = await client.put(f"/api/v1/invoices/{invoice.id}/remind", headers=headers)
    assert response.status_code == 202
    assert await outcomes(database, settings, "remind") == ["done"]
    async with database.session(read_only=True) as session:
        invoice_after = await session.get_one(Invoice, invoice.id)
        assert invoice_after.reminders == 1


async def test_remind_is_refused_1(
    client: AsyncClient, factory: Factory, database: Database, settings: Settings
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    invoice = await factory.invoice(reminders=1000)
    response = await client.put(f"/api/v1/invoices/{invoice.id}/remind", headers=headers)
    assert response.status_code == 202
    assert await outcomes(database, settings, "remind") == ["refused"]


async def test_no_stranger_may_settle(client: AsyncClient) -> None:
    response = await client.post(f"/api/v1/invoices/{uuid7()}/settle")
    assert response.status_code == 401


async def test_missing_rows_for_settle(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.post(f"/api/v1/invoices/{uuid7()}/settle", headers=headers)
    assert response.status_code == 404


async def test_settle_works_1(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    invoice = await factory.invoice(owner=caller)
    response = await client.post(f"/api/v1/invoices/{invoice.id}/settle", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["state"] == "paid"
    assert shown["sentAt"] is None
    assert shown["note"] is None
    async with database.session(read_only=True) as session:
        invoice_after = await session.get_one(Invoice, invoice.id)
        assert invoice_after.state is State.PAID
        changes = (await session.scalars(select(InvoiceStateChange))).all()
        assert [
            (change.transition, change.from_state, change.to_state, change.changed_by_id)
            for change in changes
        ] == [("pay", "open", "paid", caller.id)]
        assert [job.name for job in await stored(database)] == ["remind"]


async def test_settle_is_refused_1(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    invoice = await factory.invoice()
    response = await client.post(f"/api/v1/invoices/{invoice.id}/settle", headers=headers)
    assert response.status_code == 404
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(InvoiceStateChange))).all()


async def test_settle_is_refused_2(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    invoice = await factory.invoice(state=State.PAID, owner=caller)
    response = await client.post(f"/api/v1/invoices/{invoice.id}/settle", headers=headers)
    assert response.status_code == 409
    async with database.session(read_only=True) as session:
        assert not (await session.scalars(select(InvoiceStateChange))).all()


async def test_no_stranger_may_print_digest(client: AsyncClient) -> None:
    response = await client.post("/api/v1/digests/print")
    assert response.status_code == 401


async def test_no_other_role_may_print_digest(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.MEMBER)
    headers = factory.auth(caller)
    response = await client.post("/api/v1/digests/print", headers=headers)
    assert response.status_code == 403


async def test_print_digest_works_1(
    client: AsyncClient, factory: Factory, database: Database, settings: Settings
) -> None:
    caller = await factory.member(role=MemberRole.CLERK)
    headers = factory.auth(caller)
    response = await client.post("/api/v1/digests/print", headers=headers)
    assert response.status_code == 202
    assert await outcomes(database, settings, "print_digest") == ["done"]
    async with database.session(read_only=True) as session:
        assert await session.scalar(select(func.count()).select_from(Digest)) == 1


def test_when_flows_start_by_themselves() -> None:
    assert SCHEDULES == {"print_digest": "0 8 * * MON-FRI", "tidy": "*/15 0-6,22 1 * *"}


@pytest.mark.usefixtures("clean_database")
async def test_print_digest_by_itself_works_1(database: Database, settings: Settings) -> None:
    await make_due(database, "print_digest")
    assert await outcomes(database, settings, "print_digest") == ["done"]
    async with database.session(read_only=True) as session:
        assert await session.scalar(select(func.count()).select_from(Digest)) == 1


@pytest.mark.usefixtures("clean_database")
async def test_tidy_by_itself_works_1(database: Database, settings: Settings) -> None:
    await make_due(database, "tidy")
    assert await outcomes(database, settings, "tidy") == ["done"]
    async with database.session(read_only=True) as session:
        assert await session.scalar(select(func.count()).select_from(Digest)) == 1
        told = (await session.scalars(select(OutboxEvent))).all()
        assert [event.name for event in told] == ["digest.printed"]

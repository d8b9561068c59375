from typing import Any

from httpx2 import AsyncClient

from tests.factories import Factory

BODY: dict[str, Any] = {"text": "Text"}


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.sheet()
    row = await factory.line(sheet=parent)
    assert (await client.get(f"/api/v1/sheets/{parent.id}/lines/{row.id}")).status_code == 401
    assert (await client.delete(f"/api/v1/sheets/{parent.id}/lines/{row.id}")).status_code == 401
    assert (await client.get(f"/api/v1/sheets/{parent.id}/lines")).status_code == 401
    assert (await client.post(f"/api/v1/sheets/{parent.id}/lines", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    parent = await factory.sheet()
    row = await factory.line(sheet=parent)
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (
        await client.get(f"/api/v1/sheets/{parent.id}/lines/{row.id}", headers=headers)
    ).status_code == 404
    assert (
        await client.delete(f"/api/v1/sheets/{parent.id}/lines/{row.id}", headers=headers)
    ).status_code == 404

"""Many requests at once to a running application: what must hold whoever comes first.

Usage: requests.py SCENARIO BASE_URL. Prints one line of figures; the first thing that does not hold
ends it with an error. SERVER_PID is the process whose children serve.
"""

import asyncio
import os
import random
import secrets
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from httpx2 import AsyncClient, Limits, Response, TransportError

Headers = dict[str, str]
PASSWORD = "correct horse battery"


def counted(responses: Iterable[Response]) -> Counter[int]:
    """Count the statuses; no answer may be an error of the server."""
    responses = list(responses)
    for response in responses:
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise AssertionError(f"{response.request.url}: {response.status_code} {response.text}")
    return Counter(response.status_code for response in responses)


def expect(found: Counter[int], **wanted: int) -> None:
    """Compare statuses with what they must be: ``_200=1, _409=29``."""
    expected = {int(status.removeprefix("_")): count for status, count in wanted.items() if count}
    if dict(found) != expected:
        raise AssertionError(f"answers {dict(found)}, and not {expected}")


async def signed_in(client: AsyncClient, who: str, **more: str) -> Headers:
    """Register an account and return the headers of its requests."""
    email = f"{who}-{secrets.token_hex(4)}@example.com"
    account = {"email": email, "password": PASSWORD, **more}
    response = await client.post("/api/v1/auth/register", json=account)
    expect(counted([response]), _201=1)
    return await token(client, email)


async def token(client: AsyncClient, email: str) -> Headers:
    """Return the headers of requests by this account."""
    form = {"username": email, "password": PASSWORD}
    response = await client.post("/api/v1/auth/token", data=form)
    expect(counted([response]), _200=1)
    return {"Authorization": f"Bearer {response.json()['access_token']}"}


async def post_of(client: AsyncClient, headers: Headers, title: str) -> str:
    """Write a post and return its address."""
    body = {"title": title, "body": "Text."}
    response = await client.post("/api/v1/posts", json=body, headers=headers)
    expect(counted([response]), _201=1)
    return f"/api/v1/posts/{response.json()['id']}"


async def registrations(client: AsyncClient) -> str:
    """Of thirty registrations of one name one succeeds, and the others hear of it."""
    rounds = 5
    for number in range(rounds):
        email = f"racer{number}-{secrets.token_hex(4)}@example.com"
        account = {"email": email, "password": PASSWORD}
        racing = [client.post("/api/v1/auth/register", json=account) for _ in range(30)]
        expect(counted(await asyncio.gather(*racing)), _201=1, _409=29)
    return f"{rounds} races of 30 registrations: 1 x 201 and 29 x 409 each"


async def transitions(client: AsyncClient) -> str:
    """Of thirty publications of one post one succeeds."""
    headers, rounds = await signed_in(client, "publisher"), 10
    for number in range(rounds):
        url = await post_of(client, headers, f"Racing {number}")
        racing = [client.post(f"{url}/publish", headers=headers) for _ in range(30)]
        expect(counted(await asyncio.gather(*racing)), _200=1, _409=29)
    return f"{rounds} races of 30 publications: 1 x 200 and 29 x 409 each"


async def comments(client: AsyncClient) -> str:
    """Once a post is archived no comment comes any more, whatever was under way."""
    headers, rounds = await signed_in(client, "commenter"), 20
    total: Counter[int] = Counter()

    async def shown(url: str) -> int:
        return (await client.get(f"{url}/comments", headers=headers)).json()["total"]

    for number in range(rounds):
        url = await post_of(client, headers, f"Commented {number}")
        expect(counted([await client.post(f"{url}/publish", headers=headers)]), _200=1)

        async def comment(url: str = url) -> Response:
            return await client.post(f"{url}/comments", json={"body": "Yes."}, headers=headers)

        async def archive(url: str = url) -> int:
            expect(counted([await client.post(f"{url}/archive", headers=headers)]), _200=1)
            return await shown(url)

        before = random.randrange(20)
        first = [asyncio.create_task(comment()) for _ in range(before)]
        archiving = asyncio.create_task(archive())
        others = [asyncio.create_task(comment()) for _ in range(20 - before)]
        written, archived = await asyncio.gather(*first, *others), await archiving
        statuses = counted(written)
        total += statuses
        if set(statuses) - {201, 409}:
            raise AssertionError(f"comments were answered {dict(statuses)}")
        kept = await shown(url)
        if not archived == kept == statuses[201]:
            raise AssertionError(
                f"{statuses[201]} comments were taken, {archived} were there when the post was "
                f"archived, and {kept} are there now"
            )
    return (
        f"{rounds} posts archived amid 20 comments each: {total[201]} taken, {total[409]} refused"
    )


async def mixed(client: AsyncClient) -> str:
    """A thousand writes of all kinds to few rows: none waits for another for ever."""
    people = [await signed_in(client, f"writer{number}") for number in range(4)]
    posts = [await post_of(client, people[number % 4], f"Mixed {number}") for number in range(5)]
    tags = [
        (await client.post("/api/v1/tags", json={"name": name}, headers=people[0])).json()
        for name in (secrets.token_hex(4) for _ in range(4))
    ]
    dice = random.Random(7)
    kinds: Counter[str] = Counter()

    async def one() -> Response:
        number = dice.randrange(len(posts))
        url = posts[number]
        # Most requests come from whoever wrote the post.
        headers = people[number % 4] if dice.random() < 0.8 else dice.choice(people)
        kind = dice.choice(["publish", "archive", "comment", "edit", "tag", "read", "name"])
        kinds[kind] += 1
        if kind in {"publish", "archive"}:
            return await client.post(f"{url}/{kind}", headers=headers)
        if kind == "comment":
            return await client.post(f"{url}/comments", json={"body": "Yes."}, headers=headers)
        if kind == "edit":
            return await client.patch(url, json={"body": "Other text."}, headers=headers)
        if kind == "tag":
            chosen = [tag["id"] for tag in dice.sample(tags, 2)]
            return await client.patch(url, json={"tag_ids": chosen}, headers=headers)
        if kind == "name":
            tag = dice.choice(tags)["id"]
            return await client.patch(f"/api/v1/tags/{tag}", json={}, headers=headers)
        return await client.get(url, headers=headers)

    statuses: Counter[int] = Counter()
    for _ in range(20):
        statuses += counted(await asyncio.gather(*(one() for _ in range(50))))
    answers = ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))
    return f"1000 mixed requests to 5 posts: {answers}"


async def versions(client: AsyncClient) -> str:
    """Fifty writers who say which version they saw lose no update."""
    headers = await signed_in(client, "claimant")
    body = {"subject": "Racing", "amount": "0.00"}
    response = await client.post("/api/v1/claims", json=body, headers=headers)
    expect(counted([response]), _201=1)
    url = f"/api/v1/claims/{response.json()['id']}"
    retries = 0

    async def raise_by_one() -> None:
        nonlocal retries
        while True:
            seen = await client.get(url, headers=headers)
            counted([seen])
            amount = int(float(seen.json()["amount"])) + 1
            changed = await client.patch(
                url,
                json={"amount": f"{amount}.00"},
                headers={**headers, "If-Match": seen.headers["ETag"]},
            )
            status = next(iter(counted([changed])))
            if status == HTTPStatus.OK:
                return
            if status not in {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT}:
                raise AssertionError(f"an update was answered {status}")
            retries += 1

    await asyncio.gather(*(raise_by_one() for _ in range(50)))
    amount = (await client.get(url, headers=headers)).json()["amount"]
    if amount != "50.00":
        raise AssertionError(f"50 updates by one came to {amount}")
    return f"50 writers of one row: 50 updates kept, {retries} told to look again"


async def product(client: AsyncClient, clerk: Headers, stock: int) -> str:
    """Offer a product and return its id."""
    body = {
        "sku": secrets.token_hex(4).upper(),
        "name": "Chair",
        "price": "9.90",
        "stock": stock,
    }
    made = await client.post("/api/v1/products", json=body, headers=clerk)
    expect(counted([made]), _201=1)
    product_id: str = made.json()["id"]
    return product_id


async def filled_cart(client: AsyncClient, product_id: str) -> tuple[str, Headers]:
    """Put one piece into the cart of somebody new; return its address and their headers."""
    headers = await signed_in(client, "buyer", name="Buyer")
    cart = await client.post("/api/v1/carts", json={}, headers=headers)
    url = f"/api/v1/carts/{cart.json()['id']}"
    item = {"product_id": product_id, "quantity": 1}
    expect(counted([await client.post(f"{url}/cart-items", json=item, headers=headers)]), _201=1)
    return url, headers


async def orders(client: AsyncClient, headers: Headers) -> list[str]:
    """Return the numbers of somebody's orders."""
    response = await client.get("/api/v1/orders", headers=headers)
    expect(counted([response]), _200=1)
    return [order["number"] for order in response.json()["items"]]


async def repeats(client: AsyncClient) -> str:
    """Of fifty sendings of one request with one key one is done; the others hear how it ended."""
    clerk = await token(client, "clerk@example.com")
    rounds = 5
    product_id = await product(client, clerk, stock=1000)
    total: Counter[int] = Counter()
    for _ in range(rounds):
        url, headers = await filled_cart(client, product_id)
        headers["Idempotency-Key"] = secrets.token_hex(16)
        racing = [client.post(f"{url}/checkout", headers=headers) for _ in range(50)]
        answers = await asyncio.gather(*racing)
        statuses = counted(answers)
        total += statuses
        if set(statuses) - {201, 409}:
            raise AssertionError(f"one request was answered {dict(statuses)}")
        answers.append(await client.post(f"{url}/checkout", headers=headers))
        told = {answer.json()["number"] for answer in answers if answer.status_code == 201}
        if told != set(made := await orders(client, headers)) or len(made) != 1:
            raise AssertionError(f"{made} were made, and clients were told of {told}")
        others = {answer.json()["code"] for answer in answers if answer.status_code == 409}
        if others - {"request_in_progress"}:
            raise AssertionError(f"one request was refused as {others}")
    return (
        f"{rounds} checkouts sent 50 times at once each: done once, {total[201]} told of it, "
        f"{total[409]} to come again"
    )


def kill_workers() -> int:
    """Kill the processes that serve, and return how many; others take their places."""
    server = os.environ["SERVER_PID"]
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    workers = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    for pid in workers:
        os.kill(int(pid), signal.SIGKILL)
    return len(workers)


async def interrupted(client: AsyncClient) -> str:
    """Whatever is killed, a request that is sent until it is answered is done once."""
    clerk = await token(client, "clerk@example.com")
    product_id = await product(client, clerk, stock=1000)
    carts = [await filled_cart(client, product_id) for _ in range(100)]
    losses = replays = kills = 0

    async def until_answered(url: str, headers: Headers) -> str:
        nonlocal losses, replays
        headers["Idempotency-Key"] = secrets.token_hex(16)
        while True:
            try:
                response = await client.post(f"{url}/checkout", headers=headers)
            except TransportError:
                losses += 1
                await asyncio.sleep(0.05)
                continue
            if response.status_code == HTTPStatus.CREATED:
                replays += "Idempotent-Replayed" in response.headers
                number: str = response.json()["number"]
                return number
            if response.json()["code"] not in {"request_in_progress", "database_unavailable"}:
                raise AssertionError(f"a checkout was answered {response.text}")
            await asyncio.sleep(0.05)

    told: list[str] = []
    for start in range(0, len(carts), 10):
        batch = carts[start : start + 10]
        sent = [asyncio.create_task(until_answered(*cart)) for cart in batch]
        await asyncio.sleep(random.uniform(0.02, 0.3))
        kills += kill_workers()
        told += await asyncio.gather(*sent)
    for number, (_, headers) in zip(told, carts, strict=True):
        made = await orders(client, headers)
        if made != [number]:
            raise AssertionError(f"{made} were made, and the client was told of {number}")
    return (
        f"{len(carts)} checkouts while {kills} workers were killed: each done once, "
        f"{losses} requests lost, {replays} answers sent again"
    )


async def checkouts(client: AsyncClient) -> str:
    """Fifty carts with the last piece in each: it is sold once, and the others hear of it."""
    clerk = await token(client, "clerk@example.com")
    rounds, numbers = 5, set[str]()
    for _ in range(rounds):
        product_id = await product(client, clerk, stock=1)
        carts = [await filled_cart(client, product_id) for _ in range(50)]
        racing = [client.post(f"{url}/checkout", headers=headers) for url, headers in carts]
        answers = await asyncio.gather(*racing)
        expect(counted(answers), _201=1, _409=49)
        numbers |= {answer.json()["number"] for answer in answers if answer.status_code == 201}
        left = await client.get(f"/api/v1/products/{product_id}", headers=clerk)
        if left.json()["stock"] != 0:
            raise AssertionError(f"{left.json()['stock']} pieces are left")
    if len(numbers) != rounds:
        raise AssertionError(f"the orders are called {sorted(numbers)}")
    return (
        f"{rounds} races of 50 checkouts for the last piece: sold once each, {max(numbers)} at last"
    )


SCENARIOS: dict[str, Callable[[AsyncClient], Awaitable[str]]] = {
    "registrations": registrations,
    "transitions": transitions,
    "comments": comments,
    "mixed": mixed,
    "versions": versions,
    "checkouts": checkouts,
    "repeats": repeats,
    "interrupted": interrupted,
}


async def main(scenario: str, base_url: str) -> None:
    """Run one scenario."""
    limits: Any = Limits(max_connections=60)
    async with AsyncClient(base_url=base_url, timeout=60, limits=limits) as client:
        print(await SCENARIOS[scenario](client))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))

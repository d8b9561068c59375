import pytest
from fastapi import Request

from app.core.rate_limit import address_of


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.1", "address:192.0.2.1"),
        ("::ffff:192.0.2.1", "address:192.0.2.1"),
        ("2001:db8:1:2::3", "address:2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "address:2001:db8:1:2::"),
        ("fe80::1%eth0", "address:fe80::"),
        ("a socket", "address:a socket"),
    ],
)
def test_clients_are_told_apart_by_address(host: str, counted: str) -> None:
    assert address_of(Request({"type": "http", "client": (host, 1)})) == counted


def test_clients_without_an_address_are_one() -> None:
    assert address_of(Request({"type": "http", "client": None})) == "address:unknown"

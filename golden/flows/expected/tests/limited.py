"""Operations that have a limit."""

from typing import NamedTuple


class Limited(NamedTuple):
    """An operation with its limit, and a request that leads to it."""

    operation: str
    limit: str
    method: str
    path: str


LIMITED = [
    Limited(
        "transfer",
        "5/minute",
        "POST",
        "/api/v1/accounts/00000000-0000-0000-0000-000000000000/transfers/00000000"
        "-0000-0000-0000-000000000000",
    ),
    Limited(
        "find_payer",
        "1000/day",
        "GET",
        "/api/v1/accounts/00000000-0000-0000-0000-000000000000/payer",
    ),
    Limited("check_year", "30/second", "GET", "/api/v1/years/1"),
]

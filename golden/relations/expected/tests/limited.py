"""Operations that have a limit."""

from typing import NamedTuple


class Limited(NamedTuple):
    """An operation with its limit, and a request that leads to it."""

    operation: str
    limit: str
    method: str
    path: str


LIMITED = [
    Limited("list_transfers", "100/minute", "GET", "/api/v1/transfers"),
    Limited(
        "get_transfer",
        "100/minute",
        "GET",
        "/api/v1/transfers/00000000-0000-0000-0000-000000000000",
    ),
    Limited("create_transfer", "100/minute", "POST", "/api/v1/transfers"),
    Limited(
        "update_transfer",
        "100/minute",
        "PATCH",
        "/api/v1/transfers/00000000-0000-0000-0000-000000000000",
    ),
    Limited(
        "delete_transfer",
        "100/minute",
        "DELETE",
        "/api/v1/transfers/00000000-0000-0000-0000-000000000000",
    ),
]

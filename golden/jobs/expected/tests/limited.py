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
        "send", "100/minute", "POST", "/api/v1/invoices/00000000-0000-0000-0000-000000000000/send/1"
    )
]

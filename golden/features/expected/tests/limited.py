"""Operations that have a limit."""

from typing import NamedTuple


class Limited(NamedTuple):
    """An operation with its limit, and a request that leads to it."""

    operation: str
    limit: str
    method: str
    path: str


LIMITED = [
    Limited("get_me", "600/minute", "GET", "/api/v2/accounts/me"),
    Limited("update_me", "60/minute", "PATCH", "/api/v2/accounts/me"),
    Limited("list_accounts", "600/minute", "GET", "/api/v2/accounts"),
    Limited(
        "get_account", "600/minute", "GET", "/api/v2/accounts/00000000-0000-0000-0000-000000000000"
    ),
    Limited("create_account", "60/minute", "POST", "/api/v2/accounts"),
    Limited(
        "update_account",
        "60/minute",
        "PATCH",
        "/api/v2/accounts/00000000-0000-0000-0000-000000000000",
    ),
    Limited("list_everythings", "10/second", "GET", "/api/v2/everythings"),
    Limited("get_everything", "600/minute", "GET", "/api/v2/everythings/1"),
    Limited("create_everything", "60/minute", "POST", "/api/v2/everythings"),
    Limited("bulk_create_everythings", "20/hour", "POST", "/api/v2/everythings/bulk"),
    Limited("update_everything", "60/minute", "PATCH", "/api/v2/everythings/1"),
    Limited("replace_everything", "60/minute", "PUT", "/api/v2/everythings/1"),
    Limited("list_shelves", "600/minute", "GET", "/api/v2/shelves"),
    Limited(
        "get_shelf", "600/minute", "GET", "/api/v2/shelves/00000000-0000-0000-0000-000000000000"
    ),
    Limited("create_shelf", "60/minute", "POST", "/api/v2/shelves"),
    Limited(
        "update_shelf", "60/minute", "PATCH", "/api/v2/shelves/00000000-0000-0000-0000-000000000000"
    ),
    Limited(
        "delete_shelf",
        "60/minute",
        "DELETE",
        "/api/v2/shelves/00000000-0000-0000-0000-000000000000",
    ),
    Limited(
        "list_books",
        "600/minute",
        "GET",
        "/api/v2/shelves/00000000-0000-0000-0000-000000000000/books",
    ),
    Limited(
        "get_book",
        "600/minute",
        "GET",
        "/api/v2/shelves/00000000-0000-0000-0000-000000000000/books/00000000-0000"
        "-0000-0000-000000000000",
    ),
    Limited(
        "create_book",
        "60/minute",
        "POST",
        "/api/v2/shelves/00000000-0000-0000-0000-000000000000/books",
    ),
    Limited(
        "bulk_create_books",
        "60/minute",
        "POST",
        "/api/v2/shelves/00000000-0000-0000-0000-000000000000/books/bulk",
    ),
    Limited(
        "update_book",
        "60/minute",
        "PATCH",
        "/api/v2/shelves/00000000-0000-0000-0000-000000000000/books/00000000-0000"
        "-0000-0000-000000000000",
    ),
    Limited(
        "replace_book",
        "60/minute",
        "PUT",
        "/api/v2/shelves/00000000-0000-0000-0000-000000000000/books/00000000-0000"
        "-0000-0000-000000000000",
    ),
    Limited(
        "delete_book",
        "60/minute",
        "DELETE",
        "/api/v2/shelves/00000000-0000-0000-0000-000000000000/books/00000000-0000"
        "-0000-0000-000000000000",
    ),
    Limited("list_authors", "600/minute", "GET", "/api/v2/writers"),
    Limited("get_author", "600/minute", "GET", "/api/v2/writers/1"),
    Limited("create_author", "60/minute", "POST", "/api/v2/writers"),
    Limited("list_settings", "600/minute", "GET", "/api/v2/settings"),
    Limited("get_setting", "600/minute", "GET", "/api/v2/settings/1"),
    Limited("create_setting", "60/minute", "POST", "/api/v2/settings"),
    Limited("replace_setting", "60/minute", "PUT", "/api/v2/settings/1"),
    Limited("delete_setting", "60/minute", "DELETE", "/api/v2/settings/1"),
]

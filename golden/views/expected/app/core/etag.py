"""Entity tags for optimistic locking."""

import re

from app.core.errors import PreconditionFailedError

_TAG = re.compile(r'(W/)?"[^"]*"')


def etag(version: int) -> str:
    """Return the strong entity tag of a version."""
    return f'"{version}"'


def check_if_match(header: str | None, version: int) -> None:
    """Raise unless ``header`` (If-Match) is absent, ``*`` or lists the current version."""
    if header is None or header.strip() == "*":
        return
    if etag(version) not in {match[0] for match in _TAG.finditer(header)}:
        detail = "The resource was changed since it was read"
        raise PreconditionFailedError(detail, headers={"ETag": etag(version)})

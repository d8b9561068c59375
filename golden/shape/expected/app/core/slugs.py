"""Slugs: the readable part of an address."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count

_SEPARATORS = re.compile(r"[^a-z0-9]+")


def slugify(text: str, *, max_length: int, fallback: str) -> str:
    """Return the words of ``text`` joined by hyphens, or ``fallback`` if there are none."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _SEPARATORS.sub("-", letters).strip("-")[:max_length].rstrip("-") or fallback


def first_free(slug: str, taken: Collection[str | None]) -> str:
    """Return ``slug``, or the first of ``slug-2``, ``slug-3``… that is not in ``taken``."""
    if slug not in taken:
        return slug
    candidates = (f"{slug}-{number}" for number in count(2))
    return next(candidate for candidate in candidates if candidate not in taken)

"""What a list answers to its parameters, against the rows that it shows without any of them."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import httpx2

MOST_PAGES = 50
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "equal": lambda one, other: bool(one == other),
    "at least": lambda one, other: bool(one >= other),
    "at most": lambda one, other: bool(one <= other),
    "before": lambda one, other: bool(one < other),
}

Row = dict[str, Any]
Saved = dict[str, Any]


class Wrong(Exception):
    """The list does not answer as it must."""


class List:
    """A list as one caller sees it."""

    def __init__(self, client: httpx2.Client, path: str, headers: dict[str, str], spec: dict[str, Any]) -> None:
        """Ask for ``path`` as the specification says."""
        self._client = client
        self._path = path
        self._headers = headers
        self._most = spec["most"]
        self._form = spec["form"]
        self._numbered = spec["numbered"]
        self._names = spec["names"]

    def page(self, parameters: dict[str, str]) -> dict[str, Any]:
        """One page."""
        response = self._client.get(self._path, params=parameters, headers=self._headers)
        if response.status_code != 200:
            said = "&".join(f"{name}={value}" for name, value in parameters.items())
            raise Wrong(f"with `{said}` it answers {response.status_code}")
        content = named(canonical(response.json(), self._form), self._names)
        if not isinstance(content, dict) or not isinstance(content.get("items"), list):
            raise Wrong("it shows no list of rows")
        return content

    def refused(self, body: Any) -> None:
        """Send several rows of which one must be refused."""
        response = self._client.post(f"{self._path}/bulk", json=body, headers=self._headers)
        if response.is_success or response.is_server_error:
            raise Wrong(f"rows of which one must be refused are answered {response.status_code}")

    def rows(self, parameters: dict[str, str] | None = None) -> list[Row]:
        """All rows, page by page."""
        asked = (parameters or {}) | {"limit": str(self._most)}
        rows: list[Row] = []
        for _ in range(MOST_PAGES):
            page = self.page(asked)
            rows += page["items"]
            if page.get("next_cursor") is not None:
                asked = asked | {"cursor": page["next_cursor"]}
            elif page["items"] and self._goes_on(page, len(rows)):
                asked = asked | self.from_row(len(rows), self._most)
            else:
                return rows
        raise Wrong("its pages do not end")

    def from_row(self, position: int, limit: int) -> dict[str, str]:
        """Ask for the page that starts with a row; where pages have numbers, as many rows stand on each."""
        if self._numbered:
            return {"page": str(position // limit + 1)}
        return {"offset": str(position)}

    def _goes_on(self, page: dict[str, Any], known: int) -> bool:
        """Whether there are more rows; where the list does not say so, whether the page is full."""
        if "total" in page:
            return bool(page["total"] > known)
        return "next_cursor" not in page and len(page["items"]) == self._most


def look(client: httpx2.Client, path: str, headers: dict[str, str], spec: dict[str, Any], saved: Saved) -> str | None:
    """Say what is wrong about one thing that the list offers."""
    answers = List(client, path, headers, spec)
    try:
        CHECKS[spec["kind"]](answers, spec, saved)
    except Wrong as wrong:
        return str(wrong)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        return f"its rows cannot be compared: {type(error).__name__}"
    return None


def filters(answers: List, spec: dict[str, Any], saved: Saved) -> None:
    """The parameter leaves exactly the rows that have the value."""
    rows = made(answers, spec, saved)
    known = [values(row, spec, saved) for row in rows]
    if any(one is None for one in known):
        return
    kind, holds = spec["type"], OPERATORS[spec["operator"]]
    tried: list[Any] = []
    for value in [*(value for one in known for value in one or []), *spec["others"]]:
        # No parameter asks for rows without a value.
        if value is not None and value not in tried:
            tried.append(value)
    for value in tried[:5]:
        wanted = [
            row
            for row, one in zip(rows, known, strict=True)
            if any(holds(order(each, kind), order(value, kind)) for each in one or [] if each is not None)
        ]
        found = answers.rows({spec["parameter"]: shown(value)})
        if found != wanted:
            raise Wrong(
                f"the filter `{spec['parameter']}={shown(value)}` shows {len(found)} rows, not the {len(wanted)} that fit"
            )


def sorts(answers: List, spec: dict[str, Any], saved: Saved) -> None:
    """The rows come in the order that was asked for, or in the usual one; those without a value come last."""
    rows = made(answers, spec, saved)
    member, kind = spec["member"], spec["type"]
    if any(member not in row for row in rows):
        return
    for sign in ["", "-"] if spec["parameter"] else [spec["sign"]]:
        found = answers.rows({"sort": sign + spec["parameter"]}) if spec["parameter"] else rows
        name = f"`sort={sign}{spec['parameter']}`" if spec["parameter"] else f"the usual order by `{sign}{member}`"
        if sorted(map(repr, found)) != sorted(map(repr, rows)):
            raise Wrong(f"{name} does not show the same rows")
        given = [order(row[member], kind) for row in found if row[member] is not None]
        nulls = [row[member] is None for row in found]
        if nulls != sorted(nulls):
            raise Wrong(f"{name} does not show rows without `{member}` at the end")
        if given != sorted(given, reverse=sign == "-"):
            raise Wrong(f"{name} does not order by `{member}`")


def pages(answers: List, spec: dict[str, Any], saved: Saved) -> None:
    """Pages of one row each show every row once, in the same order, and say how many there are."""
    rows = made(answers, spec, saved)[:10]
    if spec["cursor"]:
        asked = {"limit": "1"}
        for position, row in enumerate(rows):
            page = answers.page(asked)
            if page["items"] != [row]:
                raise Wrong(f"page {position + 1} of one row each does not show row {position + 1}")
            if page.get("next_cursor") is None:
                if position + 1 < len(rows):
                    raise Wrong(f"there is no page after page {position + 1}, but more rows")
                return
            asked = {"limit": "1", "cursor": page["next_cursor"]}
        return
    if spec["numbered"] and spec["most"] > 1:
        # With one row each, the number of a page and that of its row are the same.
        for position in range(0, len(rows), 2):
            if answers.page({"limit": "2", **answers.from_row(position, 2)})["items"] != rows[position : position + 2]:
                raise Wrong(f"page {position // 2 + 1} of two rows each does not show them")
    total = answers.page({"limit": str(spec["most"])}).get("total")
    told = spec["form"]
    for position in range(len(rows) + 1):
        start = answers.from_row(position, 1)
        where = "&".join(f"{name}={value}" for name, value in start.items())
        page = answers.page({"limit": "1", **start})
        if page["items"] != rows[position : position + 1] and position < len(rows):
            raise Wrong(f"`limit=1&{where}` does not show row {position + 1}")
        counted = page.get("total")
        if "total" in told and (counted != total or not isinstance(total, int) or total < len(rows)):
            counts = f"{counted} at `{where}`, and {total} for all {len(rows)} rows"
            raise Wrong(f"`{told['total']}` is {counts}")
        for name, wanted in (("limit", 1), ("offset", position), ("page", position + 1)):
            if name in told and page.get(name) != wanted:
                raise Wrong(f"`{told[name]}` is not what was asked for at `{where}`")


def searches(answers: List, spec: dict[str, Any], saved: Saved) -> None:
    """`q` leaves the rows whose texts contain it, whatever its case; no character means something else in it."""
    rows = made(answers, spec, saved)
    if any(member not in row for row in rows for member in spec["members"]):
        return
    words = [str(row[member])[:50].strip() for row in rows for member in spec["members"] if row[member]]
    words = [word.swapcase() for word in dict.fromkeys(words) if len(word) > 1 and word.isascii()]
    for word in [*words[:4], "%%", "__", "zqxj zqxj"]:
        wanted = [
            row for row in rows if any(word.lower() in str(row[m] or "").lower() for m in spec["members"])
        ]
        found = answers.rows({"q": word})
        if found != wanted:
            raise Wrong(f"the search `q={word}` shows {len(found)} rows, not the {len(wanted)} that contain it")


def strangers(answers: List, spec: dict[str, Any], saved: Saved) -> None:
    """Rows of another parent are not shown."""
    row = saved.get(spec["rows"][0], {})
    if any(is_same(row, shown_row, spec["key"]) for shown_row in answers.rows()):
        raise Wrong("it shows a row of another parent")


def halves(answers: List, spec: dict[str, Any], saved: Saved) -> None:
    """Of several rows of which one is refused, none is stored."""
    before = answers.rows()
    answers.refused(spec["body"])
    if answers.rows() != before:
        raise Wrong("the rows before the refused one are stored")


def made(answers: List, spec: dict[str, Any], saved: Saved) -> list[Row]:
    """All rows, those among them that the walk made."""
    rows = answers.rows()
    for name in spec["rows"]:
        if name in saved and not any(is_same(saved[name], row, spec["key"]) for row in rows):
            raise Wrong("it does not show a row that was made")
    return rows


def canonical(content: Any, form: dict[str, str] | None) -> Any:
    """A page of rows as the walk reads it, whatever its members are called; rows may stand alone."""
    if form == {}:
        return {"items": content} if isinstance(content, list) else content
    if form is None or not isinstance(content, dict):
        return content
    return {name: content[wire] for name, wire in form.items() if wire in content}


def named(content: Any, names: dict[str, Any] | None) -> Any:
    """A row, or a page of rows, in the names that members have where rows are shown whole."""
    if names is None or not isinstance(content, dict):
        return content
    if names["paged"]:
        items = content.get("items")
        rows = items if isinstance(items, list) else []
        return content | {"items": [named(row, names | {"paged": False}) for row in rows]}
    known = names["members"]
    return {known[name]: value for name, value in content.items() if name in known}


def is_same(one: Row, other: Row, key: list[str]) -> bool:
    """Whether two rows have the same key."""
    return all(name in one and name in other and one[name] == other[name] for name in key)


def values(row: Row, spec: dict[str, Any], saved: Saved) -> list[Any] | None:
    """Values of a row that a filter compares, also behind its references; None if they are not known."""
    via = spec["via"]
    if via is None:
        if spec["member"] not in row:
            return None
        value = row[spec["member"]]
        return value if isinstance(value, list) else [value]
    if via["wire"] not in row:
        return None
    keys = row[via["wire"]]
    found: list[Any] = []
    for key in keys if isinstance(keys, list) else [keys]:
        if key is None:
            continue
        targets = [saved[name] for name in via["rows"] if name in saved and saved[name].get(via["key"]) == key]
        if not targets or spec["member"] not in targets[0]:
            return None
        found.append(targets[0][spec["member"]])
    return found


def order(value: Any, kind: str) -> Any:
    """A value as it is compared."""
    if kind == "number":
        return Decimal(str(value))
    return datetime.fromisoformat(value) if kind == "time" else value


def shown(value: Any) -> str:
    """A value as a parameter."""
    return str(value).lower() if isinstance(value, bool) else str(value)


CHECKS: dict[str, Callable[[List, dict[str, Any], Saved], None]] = {
    "filter": filters,
    "sort": sorts,
    "pages": pages,
    "search": searches,
    "strangers": strangers,
    "halves": halves,
}

from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.schemas.types import (
    Base64,
    Date,
    DecimalText,
    Duration,
    Email,
    Except,
    Float,
    Ip,
    Json,
    Line,
    Matching,
    Text,
    Time,
    Url,
    UtcDatetime,
)

Code = Annotated[Line, Matching(r"^[A-Z]+$")]
Price = Annotated[Decimal, DecimalText(2, r"^(0|[1-9][0-9]{0,3})(\.[0-9]{1,2})?$")]
Octets = Annotated[bytes, Base64(4)]
KINDS: dict[str, Any] = {
    "Line": Line,
    "Code": Code,
    "Name": Annotated[Line, Except("bulk", "me")],
    "Text": Text,
    "Email": Email,
    "Url": Url,
    "Ip": Ip,
    "Date": Date,
    "Time": Time,
    "UtcDatetime": UtcDatetime,
    "Duration": Duration,
    "Price": Price,
    "Octets": Octets,
    "Float": Float,
    "Json": Json,
}


def deep(levels: int) -> object:
    return [deep(levels - 1)] if levels else []


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("Line", "a b", "a b"),
        ("Code", "ABC", "ABC"),
        ("Name", "bulky", "bulky"),
        ("Text", "a\nb", "a\nb"),
        ("Email", "Ada@Example.COM", "ada@example.com"),
        ("Url", "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("Ip", "2001:DB8:0::1", "2001:db8::1"),
        ("Date", "2026-01-31", "2026-01-31"),
        ("Time", "17:30", "17:30:00"),
        ("UtcDatetime", "2026-01-31T01:00:00+02:00", "2026-01-30T23:00:00Z"),
        ("Duration", "P1DT2H3M4.5S", "P1DT7384.5S"),
        ("Duration", "-PT90M", "-P0DT5400S"),
        ("Price", "12.5", "12.50"),
        ("Octets", "AAECAw==", "AAECAw=="),
        ("Float", 1, 1.0),
        ("Json", {"a": [1, 1.5, None, {"b": True}]}, {"a": [1, 1.5, None, {"b": True}]}),
    ],
)
def test_accepted(kind: str, value: object, written: object) -> None:
    adapter: TypeAdapter[object] = TypeAdapter(KINDS[kind])
    read = adapter.validate_python(value)
    assert adapter.dump_python(read, mode="json") == written
    assert adapter.validate_python(read) == read


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("Line", "a\x00b"),
        ("Line", " "),
        ("Code", "ab"),
        ("Name", "bulk"),
        ("Text", "\x00"),
        ("Email", "Ada <ada@example.com>"),
        ("Email", "ada@mail.test"),
        ("Url", "ftp://example.com"),
        ("Ip", "fe80::1%eth0"),
        ("Ip", "1.2.3"),
        ("Date", 0),
        ("Date", "2026-1-1"),
        ("Date", "2026-01-31T00:00:00"),
        ("Time", "17:30Z"),
        ("Time", 0),
        ("UtcDatetime", 0),
        ("UtcDatetime", "2026-01-31"),
        ("UtcDatetime", "2026-01-31T00:00:00"),
        ("UtcDatetime", "0001-01-01T00:00:00+23:59"),
        ("Duration", "P1Y"),
        ("Duration", "PT"),
        ("Price", 12.5),
        ("Price", "1e2"),
        ("Price", "-1"),
        ("Price", "01"),
        ("Octets", "A"),
        ("Octets", "AAECAwQ="),
        ("Float", float("nan")),
        ("Float", "1"),
        ("Json", "\x00"),
        ("Json", "\ud800"),
        ("Json", {"\x00": 1}),
        ("Json", [float("inf")]),
        ("Json", deep(40)),
    ],
)
def test_refused(kind: str, value: object) -> None:
    adapter: TypeAdapter[object] = TypeAdapter(KINDS[kind])
    with pytest.raises(ValidationError):
        adapter.validate_python(value)


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("Octets", {"type": "string", "contentEncoding": "base64", "maxLength": 8}),
        ("Time", {"type": "string"}),
        ("Text", {"type": "string", "not": {"pattern": r"\x00"}}),
        ("Name", {"type": "string", "not": {"enum": ["bulk", "me"]}}),
        ("Ip", {"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]}),
    ],
)
def test_published(kind: str, schema: dict[str, Any]) -> None:
    published = TypeAdapter(KINDS[kind]).json_schema()
    assert published | schema == published


def test_both_patterns_are_published() -> None:
    published = TypeAdapter(Code).json_schema()
    assert published["pattern"] == "^[A-Z]+$"
    assert len(published["allOf"]) == 1


def test_numbers_are_published_as_text() -> None:
    published = TypeAdapter(Price).json_schema()
    assert published["type"] == "string"

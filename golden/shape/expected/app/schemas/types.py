"""Reusable field types whose JSON Schema says exactly what they accept."""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from ipaddress import ip_address
from math import isfinite
from typing import Annotated, TypeAlias

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    FiniteFloat,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    JsonValue,
    PlainSerializer,
    Strict,
    StrictBool,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypeAliasType

# U+0000 cannot be stored by PostgreSQL; strings of white space alone carry no information.
_LINE = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f\s][^\x00-\x1f\x7f]*$"
_ANY_LINE = r"^[^\x00-\x1f\x7f]*$"
TEXT = r"^[^\x00]*$"
_EMAIL = (
    r"^([A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,64}"
    r"|[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,31}\.[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,32}"
    r"|[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,20}(\.[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,21}){2}"
    r"|[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,15}(\.[A-Za-z0-9!#$%&'*+=?^_`{|}~-]{1,15}){3})"
    r"@(([A-Za-z0-9]{1,63}"
    r"|[A-Za-z0-9]{1,31}-[A-Za-z0-9]{1,31}"
    r"|[A-Za-z0-9]{1,20}(-[A-Za-z0-9]{1,20}){2}"
    r"|[A-Za-z0-9]{1,15}(-[A-Za-z0-9]{1,15}){3})"
    r"\.){1,4}[A-Za-z]{2,20}$"
)
_URL = (
    r"^https?://[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,8}"
    r"(:[1-9][0-9]{0,3})?(/[!-~]*)?$"
)
_BASE64 = r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
_SECONDS = r"[0-9]{1,6}(\.[0-9]{1,6})?S"
_MINUTES = r"[0-9]{1,6}M(" + _SECONDS + ")?"
_CLOCK = r"T([0-9]{1,6}H(" + _MINUTES + "|" + _SECONDS + ")?|" + _MINUTES + "|" + _SECONDS + ")"
_DURATION = r"^-?P([0-9]{1,5}D(" + _CLOCK + ")?|" + _CLOCK + ")$"
_WRITTEN_DURATION = r"^-?P[0-9]{1,9}DT[0-9]{1,5}(\.[0-9]{1,6})?S$"
_DURATION_PARTS = re.compile(
    r"(?P<sign>-?)P((?P<days>\d+)D)?"
    r"(T((?P<hours>\d+)H)?((?P<minutes>\d+)M)?((?P<seconds>[\d.]+)S)?)?"
)
_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}", re.ASCII)

# A query parameter or a header cannot be null: without SkipJsonSchema the document would say so.
Absent: TypeAlias = SkipJsonSchema[None]

Line = Annotated[str, StringConstraints(strict=True, pattern=_LINE)]
AnyLine = Annotated[str, StringConstraints(strict=True, pattern=_ANY_LINE)]
Bool = StrictBool
Int = StrictInt


def _whole_number(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


# To JSON Schema 1.0 is an integer too. It stands behind the bounds of an Int, which it would hide.
WHOLE = BeforeValidator(_whole_number)

Float = Annotated[FiniteFloat, Strict()]
SearchText = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=TEXT)]
Cursor = Annotated[
    str, StringConstraints(min_length=1, max_length=1024, pattern=r"^[A-Za-z0-9_-]+$")
]
Slug = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Url = Annotated[str, StringConstraints(strict=True, max_length=2048, pattern=_URL)]
Password = Annotated[
    str,
    StringConstraints(strict=True, pattern=TEXT),
    Field(json_schema_extra={"format": "password"}),
]


class _WithoutNul:
    """Publishes the refusal of U+0000 as what must not match.

    Generators of requests make one automaton of a pattern and a length: a text of 100,000
    characters would take them seconds.
    """

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Replace the pattern."""
        published = handler(schema)
        del published["pattern"]
        return {**published, "not": {"pattern": r"\x00"}}


Text = Annotated[str, StringConstraints(strict=True, pattern=TEXT), _WithoutNul()]


@dataclass(frozen=True)
class Matching:
    """A further pattern for a text."""

    pattern: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the pattern after everything else."""
        matching = core_schema.str_schema(pattern=self.pattern)
        return core_schema.chain_schema([handler(source), matching])

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Publish both patterns."""
        published = handler(schema)
        return {**published, "pattern": self.pattern, "allOf": [{"pattern": published["pattern"]}]}


class Except:
    """A text that is none of these words: they have routes where it stands for its row."""

    def __init__(self, *words: str) -> None:
        """Keep the words."""
        self.words = words

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the words after everything else."""
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Publish the words."""
        return {**handler(schema), "not": {"enum": list(self.words)}}

    def _check(self, value: str) -> str:
        if value in self.words:
            message = f"must not be {value!r}, which has a meaning of its own in paths"
            raise ValueError(message)
        return value


def _normalise_email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error


Email = Annotated[
    str,
    StringConstraints(strict=True, min_length=6, max_length=254, pattern=_EMAIL),
    AfterValidator(_normalise_email),
]


def _canonical_ip(value: str) -> str:
    if "%" in value:
        message = "must not have a zone"
        raise ValueError(message)
    return str(ip_address(value))


Ip = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_canonical_ip),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]}),
]


def _only_rfc3339(pattern: re.Pattern[str], value: object) -> object:
    if isinstance(value, str) and not pattern.match(value):
        message = "must be written as in RFC 3339"
        raise ValueError(message)
    if isinstance(value, int | float):
        message = "must be a string"
        raise ValueError(message)  # noqa: TRY004
    return value


def _only_date(value: object) -> object:
    if isinstance(value, str) and len(value) != len("2026-01-31"):
        message = "must be a day such as '2026-01-31'"
        raise ValueError(message)
    return _only_rfc3339(_DATE, value)


Date = Annotated[date, BeforeValidator(_only_date)]


def _only_date_time(value: object) -> object:
    return _only_rfc3339(_DATE_TIME, value)


def _to_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        message = "out of range"
        raise ValueError(message) from error


UtcDatetime = Annotated[AwareDatetime, BeforeValidator(_only_date_time), AfterValidator(_to_utc)]


def _only_wall_clock(value: object) -> object:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not re.fullmatch(_TIME, value):
        message = "must be a time of day such as '17:30:00'"
        raise ValueError(message)
    return value


Time = Annotated[
    time, BeforeValidator(_only_wall_clock), WithJsonSchema({"type": "string", "pattern": _TIME})
]


def _parse_duration(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str) or not re.fullmatch(_DURATION, value):
        message = "must be a duration such as 'P1DT2H30M'"
        raise ValueError(message)
    parts = re.fullmatch(_DURATION_PARTS, value)
    found = parts.groupdict(default="0") if parts else {}
    duration = timedelta(
        days=int(found["days"]),
        hours=int(found["hours"]),
        minutes=int(found["minutes"]),
        microseconds=int(Decimal(found["seconds"]).scaleb(6)),
    )
    return -duration if found["sign"] == "-" else duration


def _format_duration(value: timedelta) -> str:
    days, rest = divmod(abs(value), timedelta(days=1))
    seconds = Decimal(rest // timedelta(microseconds=1)).scaleb(-6).normalize()
    return f"{'-' if value < timedelta() else ''}P{days}DT{seconds:f}S"


Duration = Annotated[
    timedelta,
    BeforeValidator(_parse_duration),
    PlainSerializer(_format_duration, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": _DURATION}, mode="validation"),
    WithJsonSchema({"type": "string", "pattern": _WRITTEN_DURATION}, mode="serialization"),
]


@dataclass(frozen=True)
class Base64:
    """Octets, at most ``maximum``, written in base64."""

    maximum: int

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Decode text; octets from the database pass as they are."""
        return core_schema.no_info_before_validator_function(
            self._decode,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _encode_base64, return_schema=core_schema.str_schema(), when_used="json"
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Publish the alphabet and the length of the text."""
        del schema, handler
        length = (self.maximum + 2) // 3 * 4
        return {
            "type": "string",
            "contentEncoding": "base64",
            "maxLength": length,
            "pattern": _BASE64,
        }

    def _decode(self, value: object) -> bytes:
        if isinstance(value, bytes):
            return value
        if not isinstance(value, str) or not re.fullmatch(_BASE64, value):
            message = "must be base64"
            raise ValueError(message)
        decoded = base64.b64decode(value)
        if len(decoded) > self.maximum:
            message = f"must have at most {self.maximum} bytes"
            raise ValueError(message)
        return decoded


def _encode_base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


@dataclass(frozen=True)
class DecimalText:
    """An exact number, written as text that matches ``pattern`` and read with ``scale`` digits."""

    scale: int
    pattern: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Accept text only; numbers from the database pass as they are."""
        return core_schema.no_info_before_validator_function(
            self._parse,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(
                self._format, return_schema=core_schema.str_schema(), when_used="json"
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Publish the pattern."""
        del schema, handler
        return {"type": "string", "pattern": self.pattern}

    def _parse(self, value: object) -> Decimal:
        if isinstance(value, Decimal):
            return value
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            message = f"must be text that matches {self.pattern}"
            raise ValueError(message)
        return Decimal(value) + 0

    def _format(self, value: Decimal) -> str:
        return format(value, f".{self.scale}f")


_MAX_DEPTH = 32


def _is_text(value: str) -> bool:
    return "\x00" not in value and not any("\ud800" <= character <= "\udfff" for character in value)


def _storable(value: object, depth: int = 0) -> bool:
    """Tell whether both databases keep ``value``: no U+0000, finite numbers, not too deep."""
    if depth > _MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return all(_storable(key) and _storable(member, depth + 1) for key, member in value.items())
    if isinstance(value, list):
        return all(_storable(member, depth + 1) for member in value)
    if isinstance(value, str):
        return _is_text(value)
    return not isinstance(value, float) or isfinite(value)


def _check_json(value: object) -> object:
    if not _storable(value):
        message = f"must be JSON without U+0000, at most {_MAX_DEPTH} levels deep"
        raise ValueError(message)
    return value


class _AnyJson:
    """Any JSON value that both databases keep."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the value in one go: a union would report an error for each of its members."""
        del source, handler
        return core_schema.no_info_plain_validator_function(_check_json)


_JSON = {"$ref": "#/components/schemas/Json"}
Json = TypeAliasType(
    "Json",
    Annotated[
        JsonValue,
        _AnyJson(),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": ["null", "boolean", "number"]},
                    {"type": "string", "pattern": TEXT},
                    {"type": "array", "items": _JSON},
                    {
                        "type": "object",
                        "propertyNames": {"pattern": TEXT},
                        "additionalProperties": _JSON,
                    },
                ]
            }
        ),
    ],
)

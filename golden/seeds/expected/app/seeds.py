"""Rows that every database starts with: ``python -m app.cli seed`` inserts each once."""

from datetime import date, datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

from pydantic import JsonValue

from app.models import Article, Country, Label, Office, Opening, Topic
from app.models.enums import Level, State
from app.models.values import Address
from app.repositories.article_repository import ArticleRepository
from app.repositories.country_repository import CountryRepository
from app.repositories.label_repository import LabelRepository
from app.repositories.office_repository import OfficeRepository
from app.repositories.opening_repository import OpeningRepository
from app.repositories.topic_repository import TopicRepository
from app.seeding import SeedTable


class CountrySeed(TypedDict):
    """What is said of one country."""

    code: str
    name: str


class TopicSeed(TypedDict):
    """What is said of one topic."""

    title: str
    slug: str
    rank: NotRequired[int | None]
    parent: NotRequired[str]


class LabelSeed(TypedDict):
    """What is said of one label."""

    name: str
    level: NotRequired[Level]


class OfficeSeed(TypedDict):
    """What is said of one office."""

    city: str
    rent: Decimal
    opened: NotRequired[date]
    settings: NotRequired[JsonValue]
    phones: NotRequired[list[str]]
    contact: NotRequired[str | None]
    made_by: NotRequired[str]
    address: Address
    country: str


class ArticleSeed(TypedDict):
    """What is said of one article."""

    title: str
    slug: str
    body: str
    state: NotRequired[State]
    published_at: NotRequired[datetime | None]
    topic: str
    office: NotRequired[str]
    labels: NotRequired[list[str]]


class OpeningSeed(TypedDict):
    """What is said of one opening."""

    from_hour: int
    to_hour: int
    office: str
    topic: str


COUNTRIES: dict[str, CountrySeed] = {
    "DE": {"code": "DE", "name": "Germany"},
    "FR": {"code": "FR", "name": "France"},
}
TOPICS: dict[str, TopicSeed] = {
    "news": {"title": "News", "slug": "news"},
    "rust-python": {
        "title": "Rust & Python",
        "slug": "rust-python",
        "rank": None,
        "parent": "news",
    },
    "sports": {"title": "Sport", "slug": "sports", "rank": 2},
}
LABELS: dict[str, LabelSeed] = {
    "new": {"name": "new"},
    "urgent": {"name": "urgent", "level": Level.VERY_HIGH},
}
OFFICES: dict[str, OfficeSeed] = {
    "DE/Köln": {
        "city": "Köln",
        "rent": Decimal("1200.5"),
        "opened": date.fromisoformat("2020-02-29"),
        "settings": {"floors": 3, "tags": ['a "quoted" text', None]},
        "phones": ["+49 221 1", "+49 221 2"],
        "contact": "koeln@example.com",
        "address": Address(street="Domplatte 1", country="DE", note=None),
        "country": "DE",
    },
    "FR/Paris": {
        "city": "Paris",
        "rent": Decimal(0),
        "made_by": "import",
        "address": Address(street="Rue 1", country="FR", note="Second\nfloor"),
        "country": "FR",
    },
}
ARTICLES: dict[str, ArticleSeed] = {
    "welcome": {
        "title": "Welcome!",
        "slug": "welcome",
        "body": "This is where it begins.\nA backslash \\ and a 'quote'.\n",
        "state": State.PUBLISHED,
        "published_at": datetime.fromisoformat("2026-01-31T12:30:00Z"),
        "topic": "news",
        "office": "DE/Köln",
        "labels": ["urgent", "new"],
    },
    "welcome-2": {
        "title": "Welcome",
        "slug": "welcome-2",
        "body": "A draft.",
        "topic": "rust-python",
    },
}
OPENINGS: dict[str, OpeningSeed] = {
    "FR%2FParis/news": {"from_hour": 8, "to_hour": 18, "office": "FR/Paris", "topic": "news"}
}
SEEDS = (
    SeedTable(Country, CountryRepository, ("code",), COUNTRIES),
    SeedTable(Topic, TopicRepository, ("slug",), TOPICS),
    SeedTable(Label, LabelRepository, ("name",), LABELS),
    SeedTable(Office, OfficeRepository, ("country", "city"), OFFICES),
    SeedTable(Article, ArticleRepository, ("slug",), ARTICLES),
    SeedTable(Opening, OpeningRepository, ("office", "topic"), OPENINGS),
)

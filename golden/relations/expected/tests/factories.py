"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.models import (
    Badge,
    Base,
    Charge,
    Country,
    Depot,
    Employee,
    Endorsement,
    Label,
    Membership,
    Office,
    Project,
    Rate,
    Region,
    Street,
    Ticket,
    Town,
    Transfer,
)

RowT = TypeVar("RowT", bound=Base)

_sequence = count(1)


class EmployeeValues(TypedDict, total=False):
    """What a test may say about one employee."""

    name: str
    manager: Employee | None
    mentor: Employee | None
    home: Office | None
    friends: list[Employee]
    is_active: bool


class OfficeValues(TypedDict, total=False):
    """What a test may say about one office."""

    city: str
    head: Employee | None
    is_active: bool


class TransferValues(TypedDict, total=False):
    """What a test may say about one transfer."""

    reason: str | None
    planned_on: date | None
    origin: Office
    destination: Office
    employee: Employee
    is_active: bool


class BadgeValues(TypedDict, total=False):
    """What a test may say about one badge."""

    code: str
    holder: Employee
    replaces: Badge | None
    is_active: bool


class CountryValues(TypedDict, total=False):
    """What a test may say about one country."""

    code: str
    name: str
    is_active: bool


class TicketValues(TypedDict, total=False):
    """What a test may say about one ticket."""

    subject: str
    country: Country | None
    labels: list[Label]


class LabelValues(TypedDict, total=False):
    """What a test may say about one label."""

    name: str


class RateValues(TypedDict, total=False):
    """What a test may say about one rate."""

    year: int
    code: str
    value: Decimal


class MembershipValues(TypedDict, total=False):
    """What a test may say about one membership."""

    since: date
    employee: Employee
    project: Project
    is_active: bool


class ProjectValues(TypedDict, total=False):
    """What a test may say about one project."""

    title: str
    is_active: bool


class ChargeValues(TypedDict, total=False):
    """What a test may say about one charge."""

    amount: Decimal
    rate: Rate
    is_active: bool


class EndorsementValues(TypedDict, total=False):
    """What a test may say about one endorsement."""

    text: str
    author: Employee
    subject: Employee
    is_active: bool


class RegionValues(TypedDict, total=False):
    """What a test may say about one region."""

    name: str
    country: Country
    is_active: bool


class TownValues(TypedDict, total=False):
    """What a test may say about one town."""

    name: str
    slug: str
    region: Region
    is_active: bool


class StreetValues(TypedDict, total=False):
    """What a test may say about one street."""

    name: str
    town: Town
    is_active: bool


class DepotValues(TypedDict, total=False):
    """What a test may say about one depot."""

    code: str
    capacity: int
    region: Region
    is_active: bool


@dataclass(frozen=True)
class Factory:
    database: Database
    settings: Settings

    async def employee(self, **values: Unpack[EmployeeValues]) -> Employee:
        manager = values.pop("manager", None)
        mentor = values.pop("mentor", None)
        home = values.pop("home", None)
        friends = values.pop("friends", [])
        row = Employee(
            **{
                "name": "Name",
                "manager_id": manager.id if manager else None,
                "mentor_id": mentor.id if mentor else None,
                "home_id": home.id if home else None,
                **values,
            }
        )
        async with self.database.session() as session:
            row.friends = [await session.merge(item) for item in friends]
            session.add(row)
        return row

    async def office(self, **values: Unpack[OfficeValues]) -> Office:
        head = values.pop("head", None)
        row = Office(**{"city": "City", "head_id": head.id if head else None, **values})
        return await self._save(row)

    async def transfer(self, **values: Unpack[TransferValues]) -> Transfer:
        origin = values.pop("origin", None) or await self.office()
        destination = values.pop("destination", None) or await self.office()
        employee = values.pop("employee", None) or await self.employee()
        row = Transfer(
            **{
                "origin_id": origin.id,
                "destination_id": destination.id,
                "employee_id": employee.id,
                **values,
            }
        )
        return await self._save(row)

    async def badge(self, **values: Unpack[BadgeValues]) -> Badge:
        number = next(_sequence)
        holder = values.pop("holder", None) or await self.employee()
        replaces = values.pop("replaces", None)
        row = Badge(
            **{
                "code": f"Code{number}",
                "holder_id": holder.id,
                "replaces_id": replaces.id if replaces else None,
                **values,
            }
        )
        return await self._save(row)

    async def country(self, **values: Unpack[CountryValues]) -> Country:
        number = next(_sequence)
        row = Country(
            **{
                "code": [
                    "BA",
                    "CA",
                    "DA",
                    "EA",
                    "FA",
                    "GA",
                    "HA",
                    "IA",
                    "JA",
                    "KA",
                    "LA",
                    "MA",
                    "NA",
                    "OA",
                    "PA",
                    "QA",
                    "RA",
                    "SA",
                    "TA",
                    "UA",
                    "VA",
                    "WA",
                    "XA",
                    "YA",
                    "ZA",
                    "AB",
                    "CB",
                    "DB",
                    "EB",
                    "FB",
                    "GB",
                    "HB",
                    "IB",
                    "JB",
                    "KB",
                    "LB",
                    "MB",
                    "NB",
                ][number % 38],
                "name": "Name",
                **values,
            }
        )
        return await self._save(row)

    async def ticket(self, **values: Unpack[TicketValues]) -> Ticket:
        country = values.pop("country", None)
        labels = values.pop("labels", [])
        row = Ticket(
            **{"subject": "Subject", "country_code": country.code if country else None, **values}
        )
        async with self.database.session() as session:
            row.labels = [await session.merge(item) for item in labels]
            session.add(row)
        return row

    async def label(self, **values: Unpack[LabelValues]) -> Label:
        number = next(_sequence)
        row = Label(**{"name": f"Name{number}", **values})
        return await self._save(row)

    async def rate(self, **values: Unpack[RateValues]) -> Rate:
        number = next(_sequence)
        row = Rate(
            **{
                "year": 1900 + number % 301,
                "code": f"{number}aa",
                "value": Decimal("12.5000"),
                **values,
            }
        )
        return await self._save(row)

    async def membership(self, **values: Unpack[MembershipValues]) -> Membership:
        employee = values.pop("employee", None) or await self.employee()
        project = values.pop("project", None) or await self.project()
        row = Membership(**{"employee_id": employee.id, "project_id": project.id, **values})
        return await self._save(row)

    async def project(self, **values: Unpack[ProjectValues]) -> Project:
        number = next(_sequence)
        row = Project(**{"title": f"Title{number}", **values})
        return await self._save(row)

    async def charge(self, **values: Unpack[ChargeValues]) -> Charge:
        rate = values.pop("rate", None) or await self.rate()
        row = Charge(
            **{"amount": Decimal("12.50"), "rate_year": rate.year, "rate_code": rate.code, **values}
        )
        return await self._save(row)

    async def endorsement(self, **values: Unpack[EndorsementValues]) -> Endorsement:
        author = values.pop("author", None) or await self.employee()
        subject = values.pop("subject", None) or await self.employee()
        row = Endorsement(
            **{"text": "Text", "author_id": author.id, "subject_id": subject.id, **values}
        )
        return await self._save(row)

    async def region(self, **values: Unpack[RegionValues]) -> Region:
        country = values.pop("country", None) or await self.country()
        row = Region(**{"name": "Name", "country_code": country.code, **values})
        return await self._save(row)

    async def town(self, **values: Unpack[TownValues]) -> Town:
        number = next(_sequence)
        region = values.pop("region", None) or await self.region()
        row = Town(**{"name": "Name", "slug": f"sample-{number}", "region_id": region.id, **values})
        return await self._save(row)

    async def street(self, **values: Unpack[StreetValues]) -> Street:
        town = values.pop("town", None) or await self.town()
        row = Street(**{"name": "Name", "town_id": town.id, **values})
        return await self._save(row)

    async def depot(self, **values: Unpack[DepotValues]) -> Depot:
        number = next(_sequence)
        region = values.pop("region", None) or await self.region()
        row = Depot(**{"code": f"{number}aa", "region_id": region.id, **values})
        return await self._save(row)

    async def _save(self, row: RowT) -> RowT:
        async with self.database.session() as session:
            session.add(row)
        return row


@contextmanager
def counted_selects(database: Database) -> Generator[list[str]]:
    """Collect the SELECT statements that are sent inside."""
    statements: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", record)
    yield statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", record)

"""Attributes that the database computes from related rows."""

from sqlalchemy import BigInteger, case, cast, func, select
from sqlalchemy.orm import column_property

from app.models.charge import Charge
from app.models.country import Country
from app.models.label import Label
from app.models.rate import Rate
from app.models.region import Region
from app.models.street import Street
from app.models.ticket import Ticket
from app.models.ticket_labels import ticket_labels
from app.models.town import Town


def add_computed_attributes() -> None:
    """Add them to the models, all of which must be imported before."""
    _add_to_ticket()
    _add_to_label()
    _add_to_rate()
    _add_to_charge()
    _add_to_street()


def _add_to_ticket() -> None:
    Ticket.label_count = column_property(
        select(func.count())
        .select_from(Label)
        .join(ticket_labels, ticket_labels.c["label_id"] == Label.id)
        .where(ticket_labels.c["ticket_id"] == Ticket.id)
        .correlate_except(Label, ticket_labels)
        .scalar_subquery()
    )
    Ticket.letters = column_property(
        select(cast(func.coalesce(func.sum(func.length(Label.name)), 0), BigInteger))
        .select_from(Label)
        .join(ticket_labels, ticket_labels.c["label_id"] == Label.id)
        .where(ticket_labels.c["ticket_id"] == Ticket.id)
        .correlate_except(Label, ticket_labels)
        .scalar_subquery()
    )
    Ticket.country_name = column_property(
        case(
            (Ticket.country_code.is_(None), ""),
            else_=select(Country.name)
            .where(Country.code == Ticket.country_code)
            .correlate_except(Country)
            .scalar_subquery(),
        )
    )


def _add_to_label() -> None:
    Label.ticket_count = column_property(
        select(func.count())
        .select_from(Ticket)
        .join(ticket_labels, ticket_labels.c["ticket_id"] == Ticket.id)
        .where(ticket_labels.c["label_id"] == Label.id)
        .correlate_except(Ticket, ticket_labels)
        .scalar_subquery()
    )
    Label.is_used_abroad = column_property(Label.tickets.any(Ticket.country_code.is_not(None)))


def _add_to_rate() -> None:
    Rate.charged = column_property(
        select(func.coalesce(func.sum(Charge.amount), 0))
        .where(Charge.rate_year == Rate.year, Charge.rate_code == Rate.code)
        .correlate_except(Charge)
        .scalar_subquery()
    )
    Rate.dearest = column_property(
        select(func.max(Charge.amount))
        .where(Charge.rate_year == Rate.year, Charge.rate_code == Rate.code)
        .correlate_except(Charge)
        .scalar_subquery()
    )


def _add_to_charge() -> None:
    Charge.due = column_property(
        Charge.amount
        * select(Rate.year)
        .where(Rate.year == Charge.rate_year, Rate.code == Charge.rate_code)
        .correlate_except(Rate)
        .scalar_subquery()
    )
    Charge.code = column_property(
        select(Rate.code)
        .where(Rate.year == Charge.rate_year, Rate.code == Charge.rate_code)
        .correlate_except(Rate)
        .scalar_subquery()
    )


def _add_to_street() -> None:
    Street.country_code = column_property(
        select(Country.code)
        .select_from(Town)
        .join(Town.region)
        .join(Region.country)
        .where(Town.id == Street.town_id)
        .correlate_except(Town, Region, Country)
        .scalar_subquery()
    )

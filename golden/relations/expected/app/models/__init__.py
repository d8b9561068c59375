"""ORM models. Importing this package registers every table."""

from app.models.badge import Badge
from app.models.base import Base
from app.models.charge import Charge
from app.models.computed import add_computed_attributes
from app.models.country import Country
from app.models.depot import Depot
from app.models.employee import Employee
from app.models.employee_friends import employee_friends
from app.models.endorsement import Endorsement
from app.models.label import Label
from app.models.membership import Membership
from app.models.office import Office
from app.models.project import Project
from app.models.rate import Rate
from app.models.region import Region
from app.models.street import Street
from app.models.ticket import Ticket
from app.models.ticket_labels import ticket_labels
from app.models.town import Town
from app.models.transfer import Transfer

__all__ = [
    "Badge",
    "Base",
    "Charge",
    "Country",
    "Depot",
    "Employee",
    "Endorsement",
    "Label",
    "Membership",
    "Office",
    "Project",
    "Rate",
    "Region",
    "Street",
    "Ticket",
    "Town",
    "Transfer",
    "employee_friends",
    "ticket_labels",
]
add_computed_attributes()

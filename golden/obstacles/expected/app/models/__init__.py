"""ORM models. Importing this package registers every table."""

from app.models.any import AnyEntity
from app.models.base import Base
from app.models.base_entity import BaseEntity
from app.models.class_ import Class
from app.models.date import DateEntity
from app.models.enum import EnumEntity
from app.models.exception import ExceptionEntity
from app.models.field import FieldEntity
from app.models.group import Group
from app.models.index import IndexEntity
from app.models.list import List
from app.models.model import Model
from app.models.optional import OptionalEntity
from app.models.order import Order
from app.models.order_select import order_select
from app.models.page import PageEntity
from app.models.query import QueryEntity
from app.models.refresh_token import RefreshToken
from app.models.repository import RepositoryEntity
from app.models.request import RequestEntity
from app.models.response import ResponseEntity
from app.models.select import SelectEntity
from app.models.service import Service
from app.models.session import SessionEntity
from app.models.settings import SettingsEntity
from app.models.table import TableEntity
from app.models.test import Test
from app.models.type import Type
from app.models.user import User

__all__ = [
    "AnyEntity",
    "Base",
    "BaseEntity",
    "Class",
    "DateEntity",
    "EnumEntity",
    "ExceptionEntity",
    "FieldEntity",
    "Group",
    "IndexEntity",
    "List",
    "Model",
    "OptionalEntity",
    "Order",
    "PageEntity",
    "QueryEntity",
    "RefreshToken",
    "RepositoryEntity",
    "RequestEntity",
    "ResponseEntity",
    "SelectEntity",
    "Service",
    "SessionEntity",
    "SettingsEntity",
    "TableEntity",
    "Test",
    "Type",
    "User",
    "order_select",
]

"""Enumerations."""

from enum import StrEnum


class OrderStatus(StrEnum):
    """The values of an order status."""

    OPEN = "OPEN"
    PAID = "PAID"
    SHIPPED = "SHIPPED"
    CANCELLED = "CANCELLED"
    REFUNDED = "REFUNDED"


class PaymentStatus(StrEnum):
    """The values of a payment status."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REFUNDED = "refunded"


class CustomerRole(StrEnum):
    """What a customer may do."""

    CUSTOMER = "customer"
    CLERK = "clerk"
    ADMIN = "admin"

"""What events tell."""

from uuid import UUID

from app.schemas.base import OutputModel


class InvoiceSent(OutputModel):
    """What ``invoice.sent`` tells."""

    invoice_id: UUID
    channel: str
    email: str


class DigestPrinted(OutputModel):
    """What ``digest.printed`` tells."""

    digest_id: UUID

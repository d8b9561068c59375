"""How often a caller may ask for an operation, by its name."""

from collections.abc import Mapping

OPERATION_LIMITS: Mapping[str, str] = {
    "list_transfers": "100/minute",
    "get_transfer": "100/minute",
    "create_transfer": "100/minute",
    "update_transfer": "100/minute",
    "delete_transfer": "100/minute",
}

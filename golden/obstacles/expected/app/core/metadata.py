"""What the service is called, and where its API begins."""

NAME = "obstacles"
TITLE = "Obstacles"
DESCRIPTION = (
    'Text that means something elsewhere: """"" {{ braces }} {% block %} ${HOME} \\ </script> '
    "\U0001f389"
)
VERSION = "0.1.0"
PREFIX = "/api/v1"

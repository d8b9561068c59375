"""What the service is called, and where its API begins."""

NAME = "flows"
TITLE = "Flows"
DESCRIPTION = ""
VERSION = "1.0.0"
PREFIX = "/api/v1"

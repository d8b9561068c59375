"""What the service is called, and where its API begins."""

NAME = "behaviour"
TITLE = "Behaviour"
DESCRIPTION = ""
VERSION = "0.1.0"
PREFIX = "/api/v1"

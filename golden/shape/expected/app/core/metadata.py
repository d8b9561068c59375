"""What the service is called, and where its API begins."""

NAME = "shape"
TITLE = "Shape"
DESCRIPTION = ""
VERSION = "0.1.0"
PREFIX = "/api/v1"

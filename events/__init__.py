"""Teilnahme: registration, attendance and evidence for the events of a Kommunales Integrationszentrum."""

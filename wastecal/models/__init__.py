"""Which rows are there? Each with to_core(), the value that the core computes with."""

from wastecal.models.edits import Edit, Row
from wastecal.models.places import Address, Municipality, Zone, ZoneMove
from wastecal.models.private import Doubt, Evidence, Finding, Note, Rejection, Report, Suspension
from wastecal.models.snapshots import Snapshot
from wastecal.models.waste import Container, Notice, Override, Rule, Shift

TABLES: dict[str, type[Row]] = {
    "municipality": Municipality,
    "shifts": Shift,
    "containers": Container,
    "zones": Zone,
    "addresses": Address,
    "zone_moves": ZoneMove,
    "rules": Rule,
    "overrides": Override,
    "notices": Notice,
}
"""The models by the names of the tables of a data directory."""

__all__ = [
    "TABLES",
    "Address",
    "Container",
    "Doubt",
    "Edit",
    "Evidence",
    "Finding",
    "Municipality",
    "Note",
    "Notice",
    "Override",
    "Rejection",
    "Report",
    "Row",
    "Rule",
    "Shift",
    "Snapshot",
    "Suspension",
    "Zone",
    "ZoneMove",
]

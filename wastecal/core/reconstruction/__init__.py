"""Which rules does a town have, whose register is lost? Inferred from dated sightings.

The model is written down in docs/reconstruction.md.
"""

from wastecal.core.reconstruction.asked import Asked, days_wanted, of_house
from wastecal.core.reconstruction.findings import Possibility, Stretch, Telling, Verdict
from wastecal.core.reconstruction.histories import History, infer
from wastecal.core.reconstruction.likelihood import Circumstance, Model
from wastecal.core.reconstruction.town import Finding, Membership, Street, Town, reconstruct
from wastecal.core.reconstruction.units import Part, Unit

__all__ = [
    "Asked",
    "Circumstance",
    "Finding",
    "History",
    "Membership",
    "Model",
    "Part",
    "Possibility",
    "Street",
    "Stretch",
    "Telling",
    "Town",
    "Unit",
    "Verdict",
    "days_wanted",
    "infer",
    "of_house",
    "reconstruct",
]

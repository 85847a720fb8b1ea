"""Which rules does the evidence in the database give? Rows to the core, and findings to rules."""

from wastecal.inference.adoption import adopt, proposed, rule
from wastecal.inference.report import By, Item, Report, evidence, model, report
from wastecal.inference.wanted import Wanted, most_wanted

__all__ = [
    "By",
    "Item",
    "Report",
    "Wanted",
    "adopt",
    "evidence",
    "model",
    "most_wanted",
    "proposed",
    "report",
    "rule",
]

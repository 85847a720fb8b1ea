"""Which rules does the evidence in the database give? Rows to the core, and findings to rules."""

from wastecal.inference import doubting, held
from wastecal.inference.adoption import adopt, proposals, proposed, rule
from wastecal.inference.asking import MOST, Found, ask
from wastecal.inference.doubting import POSSIBLE
from wastecal.inference.held import Held
from wastecal.inference.rejected import Rejections, is_rejected, rejections
from wastecal.inference.report import By, Item, Report, evidence, model, newest, report
from wastecal.inference.stored import KEPT, MOST_AT_ONCE, Looked, keep, look, pinned
from wastecal.inference.wanted import Wanted, most_wanted

__all__ = [
    "KEPT",
    "MOST",
    "MOST_AT_ONCE",
    "POSSIBLE",
    "By",
    "Found",
    "Held",
    "Item",
    "Looked",
    "Rejections",
    "Report",
    "Wanted",
    "adopt",
    "ask",
    "doubting",
    "evidence",
    "held",
    "is_rejected",
    "keep",
    "look",
    "model",
    "most_wanted",
    "newest",
    "pinned",
    "proposals",
    "proposed",
    "rejections",
    "report",
    "rule",
]

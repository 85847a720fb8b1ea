"""Which acts are there? A new one is added here, and has its URL, its check page and its receipt."""

from wastecal.staff.acts import Act
from wastecal.staff.deviations import acts as deviations
from wastecal.staff.evidence import acts as evidence
from wastecal.staff.files import acts as files
from wastecal.staff.history import acts as history
from wastecal.staff.holidays import acts as holidays
from wastecal.staff.notices import acts as notices
from wastecal.staff.places import acts as places
from wastecal.staff.schedules import acts as schedules

ACTS: tuple[Act, ...] = (
    *(deviations.NEW, deviations.WITHDRAW, files.IMPORT),
    *(notices.NEW, notices.CHANGE, notices.END),
    *places.ACTS,
    *schedules.ACTS,
    *evidence.ACTS,
    holidays.DECIDE,
    history.UNDO,
)
BY_NAME = {act.name: act for act in ACTS}

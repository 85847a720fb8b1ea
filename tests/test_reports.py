"""Are reports kept as long as the privacy page says, and no longer?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import models as fields

from wastecal import models, reports
from wastecal.reports import Kind, Report

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
WRONG_DAY = Report(Kind.WRONG_DAY, address="holmby/storgatan/1", day=date(2026, 11, 26), container="karl-1")


def number_of(report: Report) -> int:
    return next(filed.number for filed in reports.waiting() if filed.report == report)


def test_a_report_waits_until_it_is_done() -> None:
    reports.file(WRONG_DAY, NOON)
    (filed,) = reports.waiting()
    assert (filed.report, filed.at) == (WRONG_DAY, NOON)
    assert reports.mark_done(filed.number, NOON)
    assert reports.waiting() == ()


def test_a_report_cannot_be_done_twice() -> None:
    reports.file(WRONG_DAY, NOON)
    number = number_of(WRONG_DAY)
    assert [reports.mark_done(number, NOON) for _ in range(2)] == [True, False]


@pytest.mark.parametrize(("days", "left"), [(90, 1), (91, 0)])
def test_what_is_done_is_forgotten_after_90_days(days: int, left: int) -> None:
    reports.file(WRONG_DAY, NOON)
    reports.mark_done(number_of(WRONG_DAY), NOON)
    reports.forget(NOON + timedelta(days=days))
    assert models.Report.objects.count() == left


@pytest.mark.parametrize(("days", "left"), [(365, 1), (366, 0)])
def test_what_nobody_deals_with_is_forgotten_after_a_year(days: int, left: int) -> None:
    reports.file(WRONG_DAY, NOON)
    reports.forget(NOON + timedelta(days=days))
    assert len(reports.waiting()) == left


def test_a_new_report_takes_the_old_ones_away() -> None:
    reports.file(WRONG_DAY, NOON)
    reports.file(Report(Kind.OTHER, text="Hej"), NOON + timedelta(days=400))
    assert [filed.report.text for filed in reports.waiting()] == ["Hej"]


def test_no_column_could_say_who_sent_it() -> None:
    columns = {field.name for field in models.Report._meta.get_fields()}
    assert columns == {"id", "kind", "address", "typed", "day", "container", "text", "made_at", "done_at"}
    assert not [row for row in models.Report._meta.get_fields() if isinstance(row, fields.ForeignKey)]


def test_filing_makes_no_edit() -> None:
    reports.file(WRONG_DAY, NOON)
    assert models.Edit.objects.count() == 0


def test_the_command_lists_what_waits_in_the_time_of_the_town(capsys: pytest.CaptureFixture[str]) -> None:
    reports.file(Report(Kind.OTHER, typed="Nygatan 1", text="Två\nrader"), NOON)
    reports.file(WRONG_DAY, NOON)
    call_command("reports")
    first, two, three, second = capsys.readouterr().out.splitlines()
    assert first.endswith('2026-11-23 12:00  other  "Nygatan 1"')
    assert (two, three) == ("    Två", "    rader")
    assert second.endswith("wrong_day  holmby/storgatan/1  karl-1  2026-11-26")

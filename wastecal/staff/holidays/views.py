"""Which page of the holidays answers?"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wastecal import words
from wastecal.core import policy
from wastecal.staff import desk
from wastecal.staff.doors import door
from wastecal.staff.holidays import standing
from wastecal.staff.holidays.form import usual_year, years
from wastecal.staff.roles import Role


@door(Role.READ)
@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    """What the policy in force does to each holiday of a year."""
    frame = desk.frame_of(request)
    offered = [frame.today.year - 1, *years(frame.today)]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, offered) else usual_year(frame.today)
    until = frame.town.holidays_decided_until
    return desk.page(
        request,
        "holidays",
        year=year,
        years=offered,
        until=words.day(until, year=0) if until else "",
        rows=[
            {"when": words.day(row.day, year=0), "row": row}
            for row in standing.standings(policy.days_of(year))
        ],
        decide=f"{reverse('staff:decide_holidays')}?year={year}" if year >= frame.today.year else "",
    )

"""How much is left of a confirmed rule when records speak against it? Held to enumerations by hand."""

from datetime import date, timedelta

import pytest

from tests import town
from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import Model, findings, infer, trust
from wastecal.core.reconstruction.candidates import Candidate
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.spans import Span

THURSDAY = date(2026, 11, 26)
HELD = Candidate(2, THURSDAY.toordinal() % 14)
SPAN = Span(date(2026, 5, 25), date(2026, 11, 23))
MODEL = Model({"karl-1": 2})
TRUST = 0.98


def present(*days: int) -> Posterior:
    """From records so many days before the Thursday."""
    rows = [Evidence(THURSDAY - timedelta(days=back), "Holmby", "Storgatan", "", "karl-1") for back in days]
    return infer(rows, MODEL)["karl-1"].present


def left(*days: int) -> float:
    found = trust.trusting(present(*days), HELD, TRUST)
    return found.probabilities[found.before.candidates.index(HELD)]


def test_what_is_trusted_is_bayes_over_a_prior_with_the_rule_in_it() -> None:
    found = present(14, 28, 33)
    likelihoods = [
        share / before for share, before in zip(found.probabilities, found.before.probabilities, strict=True)
    ]
    place = found.before.candidates.index(HELD)
    prior = [(1 - TRUST) * chance for chance in found.before.probabilities]
    prior[place] += TRUST
    joint = [one * other for one, other in zip(prior, likelihoods, strict=True)]
    expected = [value / sum(joint) for value in joint]
    assert trust.trusting(found, HELD, TRUST).probabilities == pytest.approx(expected, abs=1e-12)


def test_records_that_agree_make_it_surer_and_others_less() -> None:
    assert left(14, 28) > TRUST > left(15) > left(15, 29) > left(15, 29, 43)
    assert left(15, 29, 43) < 0.1


def test_one_stray_record_among_many_that_agree_is_noise() -> None:
    assert left(14, 28, 42, 56, 61) > 0.99


def test_a_fortnight_is_a_candidate_and_so_are_odd_weeks_within_a_year() -> None:
    assert trust.candidate(town.rule(anchor="11-26"), SPAN) == HELD
    weeks = ",".join(map(str, range(2, 54, 2)))
    even = town.rule(anchor="01-08", rrule=f"FREQ=YEARLY;BYWEEKNO={weeks};BYDAY=TH")
    assert trust.candidate(even, SPAN) == HELD


def test_what_comes_once_a_month_is_none() -> None:
    monthly = town.rule(anchor="01-01", rrule="FREQ=MONTHLY;BYDAY=1TH")
    assert trust.candidate(monthly, SPAN) is None
    assert trust.candidate(town.not_emptied("zone:H1"), SPAN) is None


def test_what_one_more_record_is_worth_is_what_a_slow_enumeration_says() -> None:
    found = present(14, 33)
    days = [date(2001, 1, 1) + timedelta(days=number) for number in range(168)]

    def share(candidate: Candidate, day: date) -> float:
        return (0.05 + 0.95 * candidate.spacing * candidate.is_on(day)) / len(days)

    pairs = list(zip(found.before.candidates, found.probabilities, strict=True))
    best = [max(chance * share(candidate, day) for candidate, chance in pairs) for day in days]
    assert findings.worth(found) == pytest.approx(sum(best) - max(found.probabilities), abs=1e-12)

"""Is a pickup that came on another day, or not at all, taken for the exception that it is?"""

import random
from datetime import date, timedelta

from bench import schedules, trials
from bench.tally import Tally
from bench.trials import Noise
from wastecal.core import reconstruction
from wastecal.core.evidence import Evidence, Kind
from wastecal.core.reconstruction import Model, Unit, findings
from wastecal.core.reconstruction.units import evidence_of

MODEL = Model({"karl-1": 2})
TUESDAY = date(2026, 9, 1)
FORTNIGHT = timedelta(days=14)


def seen(day: date, street: str, number: str = "", kind: Kind = Kind.COLLECTED) -> Evidence:
    return Evidence(day, "Holmby", street, number, "karl-1", kind)


def test_a_last_pickup_that_everybody_saw_on_another_day_is_no_change_of_rule() -> None:
    """Fifteen records of one Thursday are one exception: each by itself, they would be a change of rule."""
    days = [TUESDAY + number * FORTNIGHT for number in range(5)]
    thursday = days[-1] + FORTNIGHT + timedelta(days=2)
    streets = [f"Gata {number}" for number in range(15)]
    rows = {
        street: [seen(day, street) for day in (days[n % 5], days[(n + 1) % 5], thursday)]
        for n, street in enumerate(streets)
    }
    units = [Unit(f"street:{found[0].street_slug}", "", evidence_of(found)) for found in rows.values()]
    for place in reconstruction.reconstruct(units, MODEL).streets:
        best = findings.possibilities(place.findings["karl-1"].present)[0]
        assert best.candidate.is_on(TUESDAY)
        assert best.probability > 0.9
        assert len(place.findings["karl-1"].eras) == 1


def test_a_pickup_that_a_whole_zone_waited_for_in_vain_does_not_outweigh_its_rule() -> None:
    """Each by itself, ten records of no truck on one day would: another rule would have the first place."""
    idle = TUESDAY + 5 * FORTNIGHT
    units = []
    for number in range(10):
        street = f"Gata {number}"
        rows = [seen(TUESDAY + (number + more) % 5 * FORTNIGHT, street) for more in (0, 1)]
        rows.append(seen(idle, street, kind=Kind.NOT_COLLECTED))
        units.append(Unit(f"street:{rows[0].street_slug}", "", evidence_of(rows)))
    for place in reconstruction.reconstruct(units, MODEL).streets:
        best = findings.possibilities(place.findings["karl-1"].present)[0]
        assert (best.candidate.interval, best.candidate.is_on(TUESDAY)) == (2, True)
        assert best.probability > 0.9


def test_two_pickups_on_another_weekday_are_more_than_an_exception() -> None:
    rows = [seen(TUESDAY + number * FORTNIGHT, "Storgatan") for number in range(6)]
    thursdays = [TUESDAY + number * FORTNIGHT + timedelta(days=2) for number in range(6, 10)]
    rows += [seen(day, "Storgatan") for day in thursdays]
    history = reconstruction.infer(rows, MODEL)["karl-1"]
    assert len(history.eras) == 2
    assert findings.possibilities(history.present)[0].candidate.is_on(thursdays[0])


def test_a_change_that_may_have_been_does_not_part_a_rule_from_itself() -> None:
    """After two Thursdays a change is likelier than none in a quiet town, but not over all there may be."""
    rows = [seen(TUESDAY - number * FORTNIGHT, "Storgatan") for number in range(6)]
    rows += [seen(TUESDAY + timedelta(days=16 + 14 * number), "Storgatan") for number in range(2)]
    history = reconstruction.infer(rows, MODEL)["karl-1"]
    assert len(history.eras) == 2
    (only,) = findings.stretches(history.eras, history.present)
    assert only.candidate.is_on(TUESDAY)
    assert (only.start, only.stop) == (None, None)
    assert only.probability < 0.7


def test_a_real_town_whose_holidays_are_not_ours_is_found_from_what_it_printed() -> None:
    """Kleve moves a tenth of its days, for holidays that no policy of ours has: three of the last four
    pickups of two of its zones came a day late. With each record by itself a tenth
    of its rules were found wrong."""
    tally, town = Tally(), schedules.town("de_kleve_2023.csv")
    trials.in_town(random.Random(0), town, 3, Noise(), tally)
    assert tally.right / tally.trials >= 0.98
    assert tally.certainly_wrong / tally.trials <= 0.01

"""Does a town with very many records, or with one container only, get an answer?"""

from datetime import date, timedelta

import pytest

from tests.core.reconstruction.test_town import top
from wastecal.core import reconstruction
from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import Model, Unit
from wastecal.core.reconstruction.units import evidence_of

TUESDAY, THURSDAY = date(2023, 1, 3), date(2023, 1, 5)
SURE = ((0.0, 1.0),)


def unit(name: str, home: str, start: date, records: int, weeks: int, container: str = "karl-1") -> Unit:
    days = (start + timedelta(days=7 * weeks * place) for place in range(records))
    rows = [Evidence(day, "Holmby", name, "", container) for day in days]
    return Unit(f"street:{rows[0].street_slug}", home, evidence_of(rows))


@pytest.mark.parametrize("default", [1, 2, 13])
def test_a_street_in_the_wrong_zone_has_more_records_than_a_probability_can_be_small(default: int) -> None:
    """170 records that the other 40 streets rule out: less likely than the smallest number there is."""
    rest = [unit(f"Gata {number}", "H1", TUESDAY, 40, 1) for number in range(40)]
    lost = unit("Borta", "H1", THURSDAY, 170, 1)
    model = Model({"karl-1": default}, levels=SURE)
    town = reconstruction.reconstruct([*rest, lost], model)
    assert top(town.streets[0]).is_on(TUESDAY)
    assert top(town.streets[-1]).is_on(THURSDAY)


@pytest.mark.parametrize(("streets", "records"), [(300, 3), (1100, 2), (120, 45)])
def test_a_town_with_one_container_and_large_zones_is_found(streets: int, records: int) -> None:
    units = []
    for number in range(streets):
        at = timedelta(days=14 * (number % 20))
        for zone, start in (("Norra", TUESDAY), ("Södra", THURSDAY)):
            units.append(unit(f"{zone} {number}", "", start + at, records, 2))
    town = reconstruction.reconstruct(units, Model({"karl-1": 2}, levels=SURE))
    assert sorted(map(len, town.groups.values())) == [streets, streets]


def test_a_stray_record_of_a_container_with_more_candidates_than_the_first_has() -> None:
    """Every 13 weeks is no usual interval, so it is one more."""
    units = []
    for number in range(12):
        rows = [*unit(f"Gata {number}", "", TUESDAY, 2, 2).evidence["karl-1"].records]
        days = [THURSDAY + timedelta(days=91 * place) for place in range(3)] if number else [TUESDAY]
        rows += [Evidence(day, "Holmby", f"Gata {number}", "", "karl-2") for day in days]
        units.append(Unit(f"street:holmby/gata-{number}", "", evidence_of(rows)))
    town = reconstruction.reconstruct(units, Model({"karl-1": 2, "karl-2": 13}, levels=SURE))
    assert top(town.streets[0]).is_on(TUESDAY)
    assert top(town.streets[0], "karl-2").is_on(THURSDAY)

"""Which addresses are real, and in which ways do people type them? Three parts of Vellinge."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wastecal import search
from wastecal.core import addresses
from wastecal.search import Found, Street, StreetIndex


@dataclass(frozen=True, slots=True)
class House:
    street: str
    number: str
    letter: str
    postcode: str
    locality: str

    @property
    def slug(self) -> str:
        return addresses.slug(self.locality, self.street, self.number, self.letter)


def houses() -> list[House]:
    with (Path(__file__).parent / "data/vellinge_addresses.csv").open(encoding="utf-8") as file:
        return [
            House(
                row["street"], row["number"] + row["suffix"], row["letter"], row["postcode"], row["post_town"]
            )
            for row in csv.DictReader(file)
        ]


class Town:
    """Houses with their index, asked as the application asks."""

    def __init__(self, houses: Iterable[House]) -> None:
        self.houses = list(houses)
        self.index = StreetIndex((house.locality, house.street) for house in self.houses)

    def find(self, text: str) -> Found[House]:
        return search.find(text, self.index, self._rows_on)

    def slugs(self, text: str) -> list[str]:
        return [house.slug for house in self.find(text).addresses]

    def _rows_on(self, streets: Sequence[Street]) -> list[House]:
        return [house for house in self.houses if (house.locality, house.street) in streets]


VELLINGE = Town(houses())

MEANT = [
    # as it is written
    ("Lyckans väg 12", "hollviken/lyckans-vag/12"),
    ("Lyckans väg 12, 236 61 Höllviken", "hollviken/lyckans-vag/12"),
    ("Bruksvägen 9-0E, 235 42 Vellinge", "vellinge/bruksvagen/9-0e"),
    ("Södergatan 12, Skanör", "skanor/sodergatan/12"),
    # case, spaces, punctuation
    ("lyckans väg 12", "hollviken/lyckans-vag/12"),
    ("LYCKANS VÄG 12 HÖLLVIKEN", "hollviken/lyckans-vag/12"),
    ("  Lyckans   väg  12  ", "hollviken/lyckans-vag/12"),
    ("Lyckansväg12", "hollviken/lyckans-vag/12"),
    ("lyckans-väg 12.", "hollviken/lyckans-vag/12"),
    ("Lyckans väg, 12, Höllviken", "hollviken/lyckans-vag/12"),
    ("räng sands vägen 2a", "hollviken/rang-sandsvagen/2a"),
    ("Rängsandsvägen 2A", "hollviken/rang-sandsvagen/2a"),
    ("Räng-Sandsvägen 2 a", "hollviken/rang-sandsvagen/2a"),
    ("Lille väg 8", "vellinge/lillevag/8"),
    ("Snickare gränd 4", "vellinge/snickaregrand/4"),
    # without å ä ö é
    ("angsvagen 25", "hollviken/angsvagen/25"),
    ("Akerslundsvagen 3", "hollviken/akerslundsvagen/3"),
    ("Aakerslundsvaegen 3", "hollviken/akerslundsvagen/3"),
    ("karleksvagen 7", "vellinge/karleksvagen/7"),
    ("Bokallen 5", "vellinge/bokallen/5"),
    ("Bokalle 5", "vellinge/bokallen/5"),
    ("hokopinge angavag 176", "vellinge/hokopinge-angavag/176"),
    # abbreviations and other endings
    ("Sockerv. 4b", "vellinge/sockervagen/4b"),
    ("Socker v 4 b", "vellinge/sockervagen/4b"),
    ("sockerv 4B", "vellinge/sockervagen/4b"),
    ("Sockerväg 4B", "vellinge/sockervagen/4b"),
    ("Lyckans v. 12", "hollviken/lyckans-vag/12"),
    ("Lyckansvägen 12", "hollviken/lyckans-vag/12"),
    ("Ramels v 8", "vellinge/ramels-vag/8"),
    ("Vallg. 2", "vellinge/vallgatan/2"),
    ("Kompanig 2A", "vellinge/kompanigatan/2a"),
    ("Stortorg 6", "vellinge/stortorget/6"),
    ("S:a gatan 12", "skanor/sodergatan/12"),
    ("N Hötoftavägen 21", "vellinge/norra-hotoftavagen/21"),
    ("N. Hötoftav. 21", "vellinge/norra-hotoftavagen/21"),
    ("N:a Hötoftavägen 21", "vellinge/norra-hotoftavagen/21"),
    ("Hötoftavägen 21", "vellinge/norra-hotoftavagen/21"),
    ("Sandsvägen 2A", "hollviken/rang-sandsvagen/2a"),
    ("Hökopinge ängav 176", "vellinge/hokopinge-angavag/176"),
    # town and postcode, anywhere
    ("Höllviken Lyckans väg 12", "hollviken/lyckans-vag/12"),
    ("Höllviken, Lyckans väg 12", "hollviken/lyckans-vag/12"),
    ("Lyckans väg 12 Hollviken", "hollviken/lyckans-vag/12"),
    ("Lyckans väg 12 Höllvken", "hollviken/lyckans-vag/12"),
    ("Lyckans väg 12 i Höllviken", "hollviken/lyckans-vag/12"),
    ("Lyckans väg 12, 23661", "hollviken/lyckans-vag/12"),
    ("236 61 Höllviken, Lyckans väg 12", "hollviken/lyckans-vag/12"),
    ("Lyckans väg 12 SE-236 61 Höllviken", "hollviken/lyckans-vag/12"),
    ("Lyckans väg 12, 236 91 Höllviken", "hollviken/lyckans-vag/12"),  # the postcode until 2018
    ("Lyckans väg 12, Räng", "hollviken/lyckans-vag/12"),  # a village, not a post town
    ("12 Lyckans väg", "hollviken/lyckans-vag/12"),
    ("Vellinge Vellingevägen 65", "vellinge/vellingevagen/65"),
    ("Vellinge vägen 65", "vellinge/vellingevagen/65"),
    ("Kämpingevägen 355\nHöllviken", "hollviken/kampingevagen/355"),
    # numbers with a dash, numbers with a letter
    ("Vellingevägen 68-18", "vellinge/vellingevagen/68-18"),
    ("Vellingevägen 68–18", "vellinge/vellingevagen/68-18"),
    ("Vellingevägen 68 - 18", "vellinge/vellingevagen/68-18"),
    ("Vellingevägen 68:18", "vellinge/vellingevagen/68-18"),
    ("Vellingevägen 68", "vellinge/vellingevagen/68-18"),
    ("Hököpingevägen 493 10", "vellinge/hokopingevagen/493-10"),
    ("Skegrievägen 75", "hollviken/skegrievagen/75-20"),
    ("Lockarpsvägen 1", "vellinge/lockarpsvagen/1-0"),
    ("bruksvägen 9-0 e", "vellinge/bruksvagen/9-0e"),
    ("Bruksvägen 9e", "vellinge/bruksvagen/9-0e"),
    ("Bruksvägen 12", "vellinge/bruksvagen/12"),
    ("Bruks\u00advägen\u00a012", "vellinge/bruksvagen/12"),  # pasted from a web page
    ("Kompanigatan 2", "vellinge/kompanigatan/2a"),
    ("Sockervägen 8", "vellinge/sockervagen/8"),
    ("Sockervägen 08 a", "vellinge/sockervagen/8a"),
    ("Sockervägen nr 8", "vellinge/sockervagen/8"),
    ("Sockervägen 8A lgh 1101", "vellinge/sockervagen/8a"),
    ("Sockervägen 8A, 2 tr, Vellinge", "vellinge/sockervagen/8a"),
    # one or two typos
    ("Sokcervägen 4b", "vellinge/sockervagen/4b"),
    ("Sockervgn 4b", "vellinge/sockervagen/4b"),
    ("Sockrvägn 4b", "vellinge/sockervagen/4b"),
    ("Åkerlundsvägen 3", "hollviken/akerslundsvagen/3"),
    ("Engsvägen 25", "hollviken/angsvagen/25"),
    ("Btvägen 7", "vellinge/betvagen/7"),
    ("Bettselvägen 7", "vellinge/betselvagen/7"),
    ("Trelleborjsvägen 194-6", "hollviken/trelleborgsvagen/194-6"),
    ("Gränskulavägen 198-9", "vellinge/granskullavagen/198-9"),
    ("Hökopinge engaväg 176", "vellinge/hokopinge-angavag/176"),
    ("Wellingevägen 65", "vellinge/vellingevagen/65"),
    # the beginning of a name
    ("Trelle 194-6", "hollviken/trelleborgsvagen/194-6"),
    ("Brottare 42", "vellinge/brottarevagen/42"),
    ("stort", "vellinge/stortorget/6"),
]
"""What is typed, and the slug of the one address that is meant."""

"""Two hundred text messages in fifty styles, each with the days of collection that it tells.

In a style `{D}` is a day of collection and `{E}` the evening before; what stands after the colon is
how that day is written: see `write`.
"""

from collections.abc import Iterator
from datetime import date, timedelta

TODAY = date(2026, 11, 24)
DAYS = (date(2026, 3, 12), date(2026, 6, 23), date(2026, 10, 30), date(2026, 11, 9))
LONG_AGO = (date(2023, 11, 14), date(2024, 2, 29), date(2025, 1, 2), date(2026, 8, 5))

SV_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SV_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"),
    *("september", "oktober", "november", "december"),
)
EN_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)

# Without a year: days of the last twelve months.
RECENT_STYLES = (
    "Imorgon {D:dag} {D:d/m} töms Kärl 1",
    "I morgon, {D:dag} den {D:d månad}, tömmer vi kärl 2. Ställ ut senast 06.00!",
    "Hej! Nästa tömning av Kärl 1 är {D:d månad}. Mvh Renhållningen, tel 040-42 50 00",
    "Tömning {D:dag} {D:d/m} kl 06:00",
    "Kärl 1 tömdes {D:dd/mm}. Avgift 12.50 kr.",
    "tömt {D:d/m}",
    "{D:d/m}: kärl 1 (restavfall 3/4 kg)",
    "Påminnelse: ställ ut kärl 1 till {D:dag} {D:d} {D:mån}",
    "Sophämtning {D:tis} {D:d}.{D:m}",
    "Du har tömning den {D:d}:e {D:månad}",
    "Kärlen hämtas {D:d månad} mellan 6-16. Frågor? 0410-73 30 00",
    "{D:Day} {D:d} {D:Month}: bin 1 will be emptied",
    "Your next collection is on {D:Month} {D:d}. Reply STOP to 71456",
    "Reminder: {D:Tue} {D:d} {D:Mon}, put bin 2 out before 6:00",
    "Bin collection {D:dd}/{D:mm}, price 1.250:-",
    "Collected on the {D:dth} of {D:Month}",
    "Tömning vecka {D:v}, {D:dag}",
    "Kärl 2 töms {D:dag} v.{D:v}",
    "SMS från 070-174 06 05\nKärl 1 tömdes {D:d mån}. Nästa gång får du nytt SMS.",
    "Kvittens: tömning utförd {D:d/m}, kundnr 236 42 11, vikt 14,5 kg",
)
# With a year, or with the time at which it was received.
FULL_STYLES = (
    "{D:iso}",
    "Tömning {D:iso} Kärl 1",
    "Kärl 1;{D:yyyymmdd};tömt",
    "{E:iso} 18:02\nI morgon töms Kärl 1",
    "{E:iso} 18:02:44 Vellinge kommun: Imorgon töms Kärl 2. Hälsningar!",
    "[{E:iso} 18:02:11] Renhållningen: imorrn töms kärl 1",
    "{E:iso} 18:02 - Renhållningen: I morgon tömmer vi ditt kärl",
    "{E:mån} {E:d} {E:mån3}. {E:yyyy} kl. 18:02\nImorgon {D:dag} töms Kärl 1",
    "{E:d} {E:månad} {E:yyyy} 18:02\nVi tömmer i morgon. Ring 040-425000 vid frågor.",
    "Mottaget: {E:iso} 18:02\nFrån: +46701740605\nImorgon töms Kärl 1",
    "Skickat {E:d/m} {E:yyyy} 18.02\ni morgon är det dags för kärl 1",
    "{E:Mon3}, {E:Mon} {E:d}, {E:yyyy} at 6:02 PM\nTomorrow we empty Bin 1",
    "Text Message\n{E:Mon3}, {E:Mon} {E:d}, {E:yyyy} 6:02 PM\nYour bins are collected tomorrow",
    "{E:m/d/yy}, 6:02 PM - Waste: Bin 2 is emptied tomorrow ({D:Day})",
    "{E:dd/mm/yyyy}, 18:02 - Waste: your bin is emptied tomorrow",
    "{D:iso} 07:15\nDitt kärl har tömts idag",
    "{D:iso} 07:15 Kärl 1 tömt",
    "{E:iso} 18:02\nKärl 1 töms {D:dag} {D:d/m}",
    "{E:iso} 18:02\nKärl 1 töms på {D:dag}",
    "{E:iso} 18:02\nThe truck comes on {D:Day}",
    "{D:d månad} {D:yyyy} tömdes Kärl 1, OCR 20231299887",
    "{D:dag} den {D:d} {D:månad} {D:yyyy}",
    "{D:dd.mm.yyyy} Kärl 1",
    "{D:d-m-yyyy} hämtat",
    "{D:d/m}-{D:yy} kärl 1 tömt, 199 kr",
    "{D:d/m} {D:yyyy}",
    "{D:Month} {D:d}, {D:yyyy}: bin 1 emptied",
    "{D:dth} {D:Month} {D:yyyy} Bin 1",
    "{D:yyyy}/{D:mm}/{D:dd} tömning",
    "{D:yyyy}.{D:mm}.{D:dd} tömning",
)
NOTHING = (
    "Ring 040-42 50 00 vardagar 8-16.30",
    "Priset är 12.50 kr per kg, 1.250:- om året",
    "Kundnummer 2023-1114-55, postnummer 236 42",
    "+46 70 174 06 05",
    "070-174 06 05",
    "0701-74 06 05 eller 08/12 34 56",
    "Vikt 14.11 kg, 12/11 liter",
    "Vi har öppet 24/7",
    "OCR 20231114567889",
    "Fyll högst 3/4 av kärlet",
    "Moms 25 %, 14/11 kr",
    "Kärl 1 töms varannan vecka",
    "Du bor på Storgatan 14, lgh 1102",
    "Kod 141123 gäller i 10 min",
    "Version 2.11.14",
    "Klockan 14.11 kommer bilen",
)


def messages() -> Iterator[tuple[str, date]]:
    """Each message with the day it tells."""
    for styles, days in ((RECENT_STYLES, DAYS), (FULL_STYLES, LONG_AGO)):
        for style in styles:
            for day in days:
                yield write(style, day), day


def write(style: str, day: date) -> str:
    forms = {**_forms("D", day), **_forms("E", day - timedelta(days=1))}
    for name in sorted(forms, key=len, reverse=True):
        style = style.replace(name, forms[name])
    return style


def _forms(letter: str, day: date) -> dict[str, str]:
    sv, en = SV_MONTHS[day.month - 1], EN_MONTHS[day.month - 1]
    short = sv if sv in ("mars", "maj", "juni", "juli") else sv[:3]
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    said = {
        "iso": day.isoformat(),
        "d": f"{day.day}",
        "dd": f"{day:%d}",
        "m": f"{day.month}",
        "mm": f"{day:%m}",
        "yy": f"{day:%y}",
        "yyyy": f"{day.year}",
        "d/m": f"{day.day}/{day.month}",
        "dd/mm": f"{day:%d/%m}",
        "m/d/yy": f"{day.month}/{day.day}/{day:%y}",
        "dd/mm/yyyy": f"{day:%d/%m/%Y}",
        "dd.mm.yyyy": f"{day:%d.%m.%Y}",
        "d-m-yyyy": f"{day.day}-{day.month}-{day.year}",
        "yyyymmdd": f"{day:%Y%m%d}",
        "månad": sv,
        "mån3": short,
        "d månad": f"{day.day} {sv}",
        "d mån": f"{day.day} {short}",
        "dag": SV_DAYS[day.weekday()],
        "tis": SV_DAYS[day.weekday()][:3],
        "Day": EN_DAYS[day.weekday()],
        "Tue": EN_DAYS[day.weekday()][:3],
        "Mon3": EN_DAYS[day.weekday()][:3],
        "Month": en,
        "Mon": en[:3],
        "dth": f"{day.day}{ending}",
        "v": f"{day.isocalendar().week}",
        "mån": short if letter == "D" else SV_DAYS[day.weekday()][:3],
    }
    return {f"{{{letter}:{name}}}": text for name, text in said.items()}

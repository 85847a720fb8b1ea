"""Which pages are there, in which states? Every check of all pages walks through these."""

PAGES = {
    "start": "/",
    "results": "/?q=storgatan",
    "no_number": "/?q=storgatan+9,+holmby",
    "nothing": "/?q=qwertyuiop",
    "localities": "/adresser/",
    "streets": "/adresser/holmby/",
    "street": "/adresser/holmby/storgatan/",
    "address": "/adress/holmby/storgatan/12b/",
    "changed": "/adress/holmby/storgatan/2/",
    "delayed": "/adress/holmby/storgatan/3/",
    "not_emptied": "/adress/holmby/storgatan/8/",
    "uncertain": "/adress/holmby/angavagen/4/",
    "unknown": "/adress/holmby/angavagen/6/",
    "flats": "/adress/holmby/parkgatan/1/",
    "business": "/adress/holmby/parkgatan/2/",
    "two_kinds": "/adress/holmby/angavagen/8a/",
    "zone": "/zon/h1/",
    "about": "/om/",
    "accessibility": "/tillganglighet/",
    "privacy": "/personuppgifter/",
    "open_data": "/oppna-data/",
    "api_docs": "/api/v1/docs/",
    "report": "/anmal/?adress=holmby/storgatan/12b",
    "received": "/anmal/tack/?adress=holmby/storgatan/12b",
    "subscribe": "/adress/holmby/storgatan/12b/prenumerera/",
    "subscribe_chosen": "/adress/holmby/storgatan/2/prenumerera/?karl=karl-1&nar=kvall&kvall=19:30",
    "subscribe_wrong": "/adress/holmby/storgatan/12b/prenumerera/?nar=morgon&morgon=25:00",
    "subscribe_zone": "/zon/h1/prenumerera/",
    "subscribe_flats": "/adress/holmby/parkgatan/1/prenumerera/",
    "several_none": "/flera/",
    "several": "/flera/?a=holmby/storgatan/1&a=holmby/storgatan/2&a=holmby/angavagen/4&a=holmby/angavagen/6",
    "several_remarks": "/flera/?a=holmby/storgatan/1&a=holmby/storgatan/1&a=holmby/x/1&q=storgatan+9,+holmby",
    "several_subscribe": "/flera/prenumerera/?a=holmby/storgatan/1&a=holmby/storgatan/2",
    "messages": "/adress/holmby/storgatan/12b/sms/",
    "messages_flats": "/adress/holmby/parkgatan/1/sms/",
    "card": "/adress/holmby/storgatan/12b/kort/",
    "card_unknown": "/adress/holmby/angavagen/6/kort/",
    "year": "/adress/holmby/storgatan/1/ar/2026/",
    "year_uncertain": "/adress/holmby/angavagen/4/ar/2027/",
    "year_large": "/adress/holmby/storgatan/1/ar/2026/stor/",
    "year_zone": "/zon/h1/ar/2027/",
    "year_bulk": "/adresser/holmby/angavagen/?ar=2027",
    "missing": "/adress/holmby/storgatan/99/",
}
"""By the name of the state, in the small town of tests/web/directory.py on 23 November 2026."""

LANGUAGES = {"sv": "", "en": "/en"}

_SURE = """2026-08-19 18:02
Imorgon torsdag töms Kärl 1
2026-09-02 18:02
Imorgon torsdag töms Kärl 1 och Kärl 2. Ställ ut dem senast kl 06.00!

Kärl 1 tömdes 17/9
Bin 1 emptied on 1 October 2026
torsdag den 15 oktober, kärl 1
Kärl 1 kunde inte tömmas 29/10
Kärl 1 tömdes 30/10
Kärl 1 2026-11-12
Kärl 2 2026-10-01 och 2026-10-29
Imorgon töms Kärl 2
Mvh Renhållningen, tel 040-42 50 00"""
_CHANGED = "Kärl 1:\n2026-08-25\n2026-09-08\n2026-09-22\n2026-10-06\n2026-10-20\n2026-11-03"
POSTED: dict[str, tuple[str, str]] = {
    "messages_sure": ("/adress/holmby/storgatan/12b/sms/", _SURE),
    "messages_other": ("/adress/holmby/storgatan/12b/sms/", _CHANGED),
    "messages_unsure": ("/adress/holmby/angavagen/6/sms/", "15 oktober\nKärl 2 töms 12/11"),
    "messages_nothing": ("/adress/holmby/storgatan/12b/sms/", "Hej!\nImorgon töms Kärl 1\n31/2"),
    "messages_long": ("/adress/holmby/storgatan/12b/sms/", "Tömning " * 2600),
}
"""States that come of a text that was pasted: the page, and the text."""
SENT = "messages_sent"
"""The receipt, where the text of `messages_sure` was sent in."""
ALL = (*PAGES, *POSTED, SENT)

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
    "zone": "/zon/h1/",
    "about": "/om/",
    "missing": "/adress/holmby/storgatan/99/",
}
"""By the name of the state, in the small town of tests/web/directory.py on 23 November 2026."""

LANGUAGES = {"sv": "", "en": "/en"}

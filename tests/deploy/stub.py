"""What does the application say? A stub behind nginx that repeats the question, for tests of nginx alone."""

import time
from collections.abc import Callable, Iterable
from typing import Any

_STATUSES = {
    "/broken/": "500 Broken",
    "/busy/": "503 Busy",
    "/nowhere/": "404 Nowhere",
    "/adress/holmby/storgatan/wrong/sms/": "400 Wrong",
    "/adress/holmby/storgatan/often/sms/": "429 Often",
}


def application(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
    if path == "/slow/":
        time.sleep(30)
    if query.startswith("slowly="):
        time.sleep(int(query.removeprefix("slowly=").partition("&")[0]))
    told = {
        "asked": f"{environ['REQUEST_METHOD']} {path}?{query}",
        "client": environ.get("HTTP_X_FORWARDED_FOR", ""),
        "scheme": environ.get("HTTP_X_FORWARDED_PROTO", ""),
        "host": environ.get("HTTP_X_FORWARDED_HOST", ""),
    }
    body = "".join(f"{name}={value}\n" for name, value in told.items()).encode()
    start(_STATUSES.get(path, "200 OK"), [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]

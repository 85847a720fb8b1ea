"""Is this process alive, and is it ready to answer?"""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_PLAIN = "text/plain; charset=utf-8"


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type=_PLAIN)


@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    fault = _fault()
    return HttpResponse(f"{fault or 'ok'}\n", content_type=_PLAIN, status=503 if fault else 200)


def _fault() -> str:
    """What keeps us from answering, as a sentence without the database's address; "" if nothing."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return "The database does not answer; start it, or correct DATABASE_URL."
    if waiting:
        return f"{len(waiting)} migrations are not applied; run: manage.py migrate"
    return ""


urlpatterns = [
    path("healthz/live", live, name="live"),
    path("healthz/ready", ready, name="ready"),
]

"""Are the headers, the health pages and the proxies as operations needs them?"""

import socket

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from config import environment
from config.proxies import TrustedProxyMiddleware
from tools import port


def test_the_process_is_alive_without_a_database(client: Client) -> None:
    answer = client.get("/healthz/live")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_migrated_database_is_ready(client: Client) -> None:
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_a_database_that_is_gone_is_said_in_one_sentence(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OperationalError("password=secret")

    monkeypatch.setattr(connection, "ensure_connection", gone)
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.content.count(b"\n")) == (503, 1)
    assert b"secret" not in answer.content


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed(client: Client) -> None:
    answer = client.get("/healthz/live")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not answer.cookies


def asked_by(address: str, **headers: str) -> HttpRequest:
    """The request as a view sees it, after the proxies' middleware."""
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    TrustedProxyMiddleware(view)(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers))
    return seen[0]


@pytest.fixture
def _behind_a_proxy(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = environment.trusted_proxies({"TRUSTED_PROXIES": "10.0.0.0/8"})
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.usefixtures("_behind_a_proxy")
def test_a_trusted_proxy_says_who_asked_and_how() -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "6.6.6.6, 192.0.2.7, 10.0.0.3"}
    request = asked_by("10.0.0.2", **forwarded)
    assert request.is_secure()
    assert request.META["REMOTE_ADDR"] == "192.0.2.7"


@pytest.mark.usefixtures("_behind_a_proxy")
def test_a_stranger_cannot_pretend_to_be_a_proxy() -> None:
    request = asked_by("192.0.2.9", **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.3"})
    assert not request.is_secure()
    assert request.META["REMOTE_ADDR"] == "192.0.2.9"


def test_a_port_that_is_taken_is_said_before_the_server_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1])
        assert port.fault("127.0.0.1", number) == (
            f"Cannot listen on 127.0.0.1 port {number}: Address already in use. "
            "Choose another with HOST and PORT, for example: make run PORT=8001"
        )
    assert port.fault("127.0.0.1", number) == ""


@pytest.mark.parametrize("number", ["", "http", "-1", "0", "80000"])
def test_a_port_that_is_none_is_refused(number: str) -> None:
    assert port.fault("127.0.0.1", number).startswith(f"PORT is {number!r}")

"""How is a file taken from a server that may be slow, gone or hostile?

Never more bytes than were asked for, never for longer than the slowest honest server would take, never
from another address than the one that was named.
"""

import hashlib
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from io import BytesIO
from typing import BinaryIO, Self
from urllib.parse import quote, urlsplit

from wastecal.core.errors import WastecalError
from wastecal.publish.refusal import Fault, Refused

_BLOCK = 1 << 16
_ATTEMPTS = 3
_GONE = (404, 410)


class Broken(Refused):
    """A connection that broke, which may be for once only: servers close those that were idle."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is borne from a server: seconds of silence, bytes a second, bytes of SHA256SUMS and of a
    site, connections."""

    patience: float = 30
    slowest: int = 20_000
    manifest: int = 1 << 28
    site: int = 1 << 36
    at_once: int = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken: the SHA-256 in hex, and the size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Site:
    """A published site at an http or https address. May be asked by several threads at once.

    Connections are kept from file to file, and closed at the end of a `with`.
    """

    url: str
    limits: Limits = Limits()
    _idle: list[HTTPConnection] = field(default_factory=list, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not _is_address(self.url):
            raise WastecalError(f"{self.url} is no address of a site; write it as https://host/.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self._idle:
            self._idle.pop().close()

    def read(self, path: str, at_most: int) -> bytes:
        """A small file."""
        sink = BytesIO()
        self.take(path, at_most, sink)
        return sink.getvalue()

    def take(self, path: str, at_most: int, sink: BinaryIO) -> Taken:
        """Write a file to `sink`, which may hold what an earlier attempt left. Raises Refused."""
        broken: Broken
        for attempt in range(_ATTEMPTS):
            # Kept connections go stale, and other threads give back stale ones: the second time a new one.
            connection = self._kept() if attempt == 0 else self._new()
            sink.seek(0)
            sink.truncate()
            try:
                return _pour(self._blocks(connection, path, at_most), sink)
            except Broken as error:
                broken = error
        raise broken

    def _blocks(self, connection: HTTPConnection, path: str, at_most: int) -> Iterator[bytes]:
        """The bytes of a file. Whatever the network does becomes a refusal here, and nothing else does."""
        with ExitStack() as unless_all_is_well:
            unless_all_is_well.callback(connection.close)
            try:
                with self._in_time(connection, path, at_most):
                    connection.request("GET", f"{urlsplit(self.url).path.rstrip('/')}/{quote(path)}")
                    response = connection.getresponse()
                    self._must_be_offered(response, path, at_most)
                    yield from _body(response, path, at_most)
            except (OSError, HTTPException) as error:
                said = getattr(error, "strerror", None) or str(error) or type(error).__name__
                raise Broken(Fault.UNREACHABLE, f"{self.url} does not answer: {said}.") from error
            unless_all_is_well.pop_all()
        self._idle.append(connection)

    def _must_be_offered(self, response: HTTPResponse, path: str, at_most: int) -> None:
        if response.status in _GONE:
            raise Refused(Fault.TRUNCATED, f"{path} is missing there.")
        if place := response.headers.get("Location"):
            raise Refused(Fault.UNREACHABLE, f"{path} is said to lie at {place}; name the new address.")
        if response.status != 200:
            raise Refused(Fault.UNREACHABLE, f"{self.url} answers {response.status} for {path}.")
        if (response.length or 0) > at_most:
            raise Refused(Fault.OVERSIZED, f"{path} is said to be {response.length} bytes, not {at_most}.")

    @contextmanager
    def _in_time(self, connection: HTTPConnection, path: str, size: int) -> Iterator[None]:
        """Cut the connection when a file takes longer than it would from an honest server."""
        slow = Refused(Fault.ENDLESS, f"{path} does not come to an end in time.")
        late = threading.Event()
        timer = threading.Timer(self.limits.patience + size / self.limits.slowest, _cut, [connection, late])
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, HTTPException, Refused) as error:
            was_connected = connection.sock is not None
            if late.is_set() or (isinstance(error, TimeoutError) and was_connected):
                raise slow from error
            raise
        else:
            if late.is_set():
                raise slow
        finally:
            timer.cancel()

    def _kept(self) -> HTTPConnection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._new()

    def _new(self) -> HTTPConnection:
        parts = urlsplit(self.url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return kind(parts.netloc, timeout=self.limits.patience)


def _body(response: HTTPResponse, path: str, at_most: int) -> Iterator[bytes]:
    size = 0
    while block := response.read(_BLOCK):
        size += len(block)
        if size > at_most:
            raise Refused(Fault.ENDLESS, f"{path} does not end after its {at_most} bytes.")
        yield block
    if response.length:
        raise Broken(Fault.TRUNCATED, f"{path} breaks off {response.length} bytes before its end.")


def _pour(blocks: Iterable[bytes], sink: BinaryIO) -> Taken:
    digest, size = hashlib.sha256(), 0
    for block in blocks:
        digest.update(block)
        size += len(block)
        sink.write(block)
    return Taken(digest.hexdigest(), size)


def _cut(connection: HTTPConnection, late: threading.Event) -> None:
    """Wake the thread that waits on this connection.

    By the plain socket's own way: an SSLSocket forgets its state when it is shut down, under the feet
    of the thread that reads from it.
    """
    late.set()
    if connection.sock is not None:
        with suppress(OSError):  # it may have been closed just now
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    extra = parts.username or parts.query or parts.fragment or port == 0
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not extra

"""A plain file server for a published site, and the ways in which one can be slow, broken or hostile."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from pathlib import Path
from ssl import SSLContext
from urllib.parse import unquote

Trick = Callable[[BufferedIOBase, bytes], None]
"""Writes what a hostile server answers instead of a file with these bytes."""

OK = b"HTTP/1.1 200 OK\r\n"


@dataclass
class Server:
    """A server that counts what it is asked for, and plays its tricks on the paths that have one."""

    url: str
    folder: Path
    asked: Counter[str] = field(default_factory=Counter)
    tricks: dict[str, Trick] = field(default_factory=dict)


@contextmanager
def serving(folder: Path, tls: SSLContext | None = None) -> Iterator[Server]:
    """Serves `folder` on a free port of loopback, with connections that are kept."""
    http = _Http(("127.0.0.1", 0), _Handler)
    scheme = "https" if tls else "http"
    http.ours = Server(f"{scheme}://127.0.0.1:{http.server_address[1]}/", folder)
    if tls:
        http.socket = tls.wrap_socket(http.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=http.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield http.ours
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    ours: Server

    def handle_error(self, *_: object) -> None:
        """A client that was killed is no news."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Http

    def do_GET(self) -> None:
        path = unquote(self.path).lstrip("/")
        self.server.ours.asked[path] += 1
        file = self.server.ours.folder / path
        if not file.is_file():
            self.send_error(404)
        elif trick := self.server.ours.tricks.get(path):
            self.close_connection = True
            with suppress(OSError):  # the other side has hung up
                trick(self.wfile, file.read_bytes())
        else:
            data = file.read_bytes()
            self.wfile.write(OK + f"Content-Length: {len(data)}\r\n\r\n".encode() + data)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def says(head: bytes, body: bytes = b"") -> Trick:
    def trick(out: BufferedIOBase, _data: bytes) -> None:
        out.write(head + b"\r\n" + body)

    return trick


def never_ends(out: BufferedIOBase, _data: bytes) -> None:
    out.write(OK + b"\r\n")
    while True:
        out.write(b"0" * 65536)


def never_ends_in_chunks(out: BufferedIOBase, _data: bytes) -> None:
    out.write(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        out.write(b"10\r\n" + b"0" * 16 + b"\r\n")


def says_nothing(_out: BufferedIOBase, _data: bytes) -> None:
    time.sleep(20)


def drips(out: BufferedIOBase, data: bytes) -> None:
    out.write(OK + f"Content-Length: {len(data)}\r\n\r\n".encode())
    _drip(out, data)


def drips_its_head(out: BufferedIOBase, _data: bytes) -> None:
    _drip(out, OK + b"X-Padding: " + b"x" * 1000)


def asks_to_go_on_for_ever(out: BufferedIOBase, _data: bytes) -> None:
    while True:
        out.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.01)


def breaks_off(out: BufferedIOBase, data: bytes) -> None:
    out.write(OK + f"Content-Length: {len(data)}\r\n\r\n".encode() + data[: len(data) // 2])


def sends_half_and_calls_it_whole(out: BufferedIOBase, data: bytes) -> None:
    half = data[: len(data) // 2]
    out.write(OK + f"Content-Length: {len(half)}\r\n\r\n".encode() + half)


def sends_more_than_it_says(out: BufferedIOBase, data: bytes) -> None:
    out.write(OK + f"Content-Length: {len(data)}\r\n\r\n".encode() + data + b"HTTP/1.1 200 OK\r\n\r\n" * 99)


def _drip(out: BufferedIOBase, data: bytes) -> None:
    for byte in data:
        out.write(bytes([byte]))
        time.sleep(0.1)

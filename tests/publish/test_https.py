"""Is a site asked over https as safely: its certificate looked at, a handshake without end cut off?"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.publish import servers, sites
from tests.publish.servers import Server, serving
from tests.publish.sites import FILES, NOW, TRUSTED
from wastecal.publish import verifying
from wastecal.publish.refusal import Refused
from wastecal.publish.remote import Limits, Site


def certificate(folder: Path) -> Path:
    """A key and a certificate of 127.0.0.1, signed by itself, in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    text = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem)
    (folder / "certificate.pem").write_bytes(text)
    return folder / "certificate.pem"


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    return certificate(tmp_path)


@pytest.fixture
def server(tmp_path: Path, pem: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with serving(sites.release(tmp_path / "site"), context) as server:
        yield server


def verify(url: str, patience: float = 5) -> int:
    with Site(url, Limits(patience=patience, slowest=10**9)) as site:
        return verifying.address(site, TRUSTED, NOW).files


def test_a_site_is_taken_over_https(server: Server, pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    assert server.url.startswith("https://")
    assert verify(server.url) == len(FILES)


@pytest.mark.parametrize("trick", [servers.drips, servers.drips_its_head, servers.says_nothing])
def test_a_slow_answer_is_cut_off_inside_tls_too(
    server: Server, pem: Path, monkeypatch: pytest.MonkeyPatch, trick: servers.Trick
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    server.tricks["adress/holmby/storgatan/1/index.html"] = trick
    with pytest.raises(Refused, match=r"^endless: adress/.* not come to an end in time"):
        verify(server.url, patience=2)


def test_a_certificate_that_nobody_vouches_for_is_refused(server: Server) -> None:
    with pytest.raises(Refused, match=r"^unreachable: .*certificate verify failed"):
        verify(server.url)


@contextmanager
def answering(drip: bytes) -> Iterator[str]:
    """A port that answers each connection with a byte every tenth of a second."""
    done = threading.Event()

    def answer() -> None:
        with suppress(OSError):
            connection, _ = door.accept()
            with connection:
                for byte in drip:
                    connection.sendall(bytes([byte]))
                    time.sleep(0.1)
                done.wait(5)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield f"https://127.0.0.1:{door.getsockname()[1]}/"
        finally:
            done.set()
            thread.join()


@pytest.mark.parametrize("drip", [b"", b"\x16\x03\x03\x40\x00" + bytes(300)], ids=["silent", "dripping"])
def test_a_handshake_without_end_is_cut_off(drip: bytes) -> None:
    begun = time.monotonic()
    with answering(drip) as url, pytest.raises(Refused, match=r"^endless: .* not come to an end in time"):
        verify(url, patience=1)
    assert time.monotonic() - begun < 8

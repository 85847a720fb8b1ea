"""What do the environment's variables say, and is it something we can start with?

Each reader takes the variables and gives one setting, or raises ConfigurationError with the one
sentence that the operator reads.
"""

import os
import re
import secrets
import sys
import tempfile
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from types import TracebackType
from typing import Any

import environ

Variables = Mapping[str, str]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SECRET_KEY_CHARACTERS = 50
THEME_FILE = "theme.css"
_HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", re.IGNORECASE)
_SITE = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?", re.IGNORECASE)
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_POSTGRES = {"postgres", "postgresql"}
_TRUE, _FALSE = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}

_SQLITE_OPTIONS = {
    # A transaction that will write takes its lock at once: upgrading a read lock later fails
    # without waiting, and the busy timeout would be of no use.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Readers go on while one writes; with WAL, NORMAL loses no consistency, and after a power
    # failure at most the last transactions. Foreign keys are switched on by Django.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


class ConfigurationError(ValueError):
    """One sentence: what is wrong with the configuration and what to do."""


class StopOnError:
    """Inside this block a ConfigurationError ends the program: its sentence on stderr, exit code 2."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, ConfigurationError):
            sys.stderr.write(f"wastecal cannot start: {error}\n")
            raise SystemExit(2) from None


def debug(variables: Variables) -> bool | None:
    """True and False as said; None where nothing is said: a demonstration on one's own machine."""
    text = variables.get("DEBUG", "").strip().lower()
    if not text:
        return None
    if text not in _TRUE | _FALSE:
        raise ConfigurationError(f"DEBUG is {text!r}; set it to true or false, or leave it out.")
    return text in _TRUE


def two_people(variables: Variables) -> bool:
    """Whether it takes two to change what is for everyone."""
    text = variables.get("TWO_PEOPLE", "").strip().lower()
    if text and text not in _TRUE | _FALSE:
        raise ConfigurationError(f"TWO_PEOPLE is {text!r}; set it to true or false, or leave it out.")
    return text in _TRUE


def secret_key(variables: Variables, keep_in: Path, *, production: bool) -> str:
    key = variables.get("SECRET_KEY", "")
    if not key and production:
        raise ConfigurationError(
            "SECRET_KEY is missing; set it to a random text of at least "
            f"{SECRET_KEY_CHARACTERS} characters and keep it secret."
        )
    if not key:
        return _kept_secret(keep_in)
    if production and (len(key) < SECRET_KEY_CHARACTERS or len(set(key)) < 5):
        raise ConfigurationError(
            f"SECRET_KEY is too easy to guess; use at least {SECRET_KEY_CHARACTERS} random characters."
        )
    return key


def _kept_secret(path: Path) -> str:
    """The key in `path`; made there, for its owner's eyes only, on the first start."""
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(SECRET_KEY_CHARACTERS))
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"the secret key in {path} cannot be made or read ({error}); "
            "make the folder writable, or set SECRET_KEY."
        ) from error
    if not key:
        raise ConfigurationError(f"{path} is empty; delete it, and the next start makes a new one.")
    return key


def _write_once(path: Path, text: str) -> None:
    """Write `text` with mode 600; of two processes that start at once, the first one's text stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # mode 600 from its first moment
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(name, path)
    except FileExistsError:
        return
    finally:
        Path(name).unlink()


def allowed_hosts(variables: Variables, *, production: bool) -> list[str]:
    hosts = [host.strip() for host in variables.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    if not hosts and production:
        raise ConfigurationError(
            "ALLOWED_HOSTS is missing; set it to the site's host names, separated by commas, "
            "for example sophamtning.kommun.example."
        )
    for host in hosts:
        if not (_HOST.fullmatch(host) or (host == "*" and not production)):
            raise ConfigurationError(
                f"ALLOWED_HOSTS holds {host!r}, which is no host name; "
                "give names without https://, port or path, separated by commas."
            )
    return hosts or list(LOOPBACK)


def database(variables: Variables, default: Path) -> dict[str, Any]:
    """Django's description of the database. No message repeats the address: it holds a password."""
    url = variables.get("DATABASE_URL", "").strip()
    scheme = url.partition("://")[0]
    if not url:
        default.parent.mkdir(parents=True, exist_ok=True)
        return _sqlite(str(default))
    if scheme == "sqlite":
        return _sqlite(_sqlite_name(url, default.parent.parent))
    if scheme not in _POSTGRES:
        raise ConfigurationError(
            "DATABASE_URL is not the address of a database we know; "
            "use sqlite:////path/to/file or postgres://user:password@host:5432/name."
        )
    return _postgres(url)


def _sqlite(name: str) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": _SQLITE_OPTIONS}


def _sqlite_name(url: str, folder: Path) -> str:
    """The file that `url` names, a relative one in `folder`, or :memory:."""
    if not url.startswith(("sqlite:///", "sqlite://:memory:")):
        raise ConfigurationError(
            "DATABASE_URL names no file; use sqlite:////path/to/file, with four slashes."
        )
    name = str(environ.Env.db_url_config(url)["NAME"])
    if name == ":memory:":
        return name
    file = Path(folder, name)
    if not file.parent.is_dir():
        raise ConfigurationError(
            f"DATABASE_URL names a file in {file.parent}, which is no folder; "
            "make the folder, or correct the address."
        )
    return str(file)


def _postgres(url: str) -> dict[str, Any]:
    try:
        parsed = environ.Env.db_url_config(url)
    except ValueError as error:
        raise ConfigurationError(
            "DATABASE_URL cannot be read, perhaps its port; use postgres://user:password@host:5432/name."
        ) from error
    if not parsed["NAME"]:
        raise ConfigurationError(
            "DATABASE_URL names no database; use postgres://user:password@host:5432/name."
        )
    return {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a connection that the server has closed is opened anew
        **parsed,
        "OPTIONS": {"connect_timeout": 5, **parsed.get("OPTIONS", {})},
    }


def site_url(variables: Variables) -> str:
    """The site's address without a slash at its end, or "": then the data directory's own holds."""
    url = variables.get("SITE_URL", "").strip().rstrip("/")
    if not url:
        return ""
    if not _SITE.fullmatch(url):
        raise ConfigurationError(
            f"SITE_URL is {url!r}; give it as https://host, without a path, "
            "for example https://sophamtning.kommun.example."
        )
    return url


def backup_recipients(variables: Variables) -> tuple[str, ...]:
    """The public keys that backups are sealed for; where none is named, only a demonstration makes any."""
    texts = tuple(text.strip() for text in variables.get("BACKUP_RECIPIENTS", "").split(",") if text.strip())
    for text in texts:
        if not _RECIPIENT.fullmatch(text):
            raise ConfigurationError(
                "BACKUP_RECIPIENTS holds something else than public keys; "
                "give those that begin with age1, separated by commas."
            )
    return texts


def theme(variables: Variables) -> Path | None:
    """The folder with a municipality's own theme.css, or None: then the look is ours."""
    text = variables.get("THEME", "").strip()
    if not text:
        return None
    folder = Path(text)
    if not (folder / THEME_FILE).is_file():
        raise ConfigurationError(
            f"THEME is {text!r}, where no {THEME_FILE} can be found; name the folder that holds it."
        )
    return folder


def signing_key(variables: Variables, default: Path, *, production: bool) -> Path | None:
    """The secret key that publishes; in production None where none is named.

    Whether it can be read is asked only when something is signed: the process that serves the web
    should not be able to.
    """
    text = variables.get("SIGNING_KEY", "").strip()
    if not text:
        return None if production else default
    if not Path(text).is_absolute() or os.path.isdir(text):
        raise ConfigurationError(
            f"SIGNING_KEY is {text!r}; give the whole path of the key file, "
            "for example /etc/wastecal/wastecal.key."
        )
    return Path(text)


def trusted_proxies(variables: Variables) -> tuple[IPv4Network | IPv6Network, ...]:
    texts = [text.strip() for text in variables.get("TRUSTED_PROXIES", "").split(",") if text.strip()]
    try:
        return tuple(ip_network(text) for text in texts)
    except ValueError as error:
        raise ConfigurationError(
            f"TRUSTED_PROXIES cannot be read ({error}); give the proxies' addresses or networks, "
            "separated by commas, for example 127.0.0.1,10.0.0.0/8."
        ) from error

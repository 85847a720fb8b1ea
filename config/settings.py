"""How is this installation set up? Everything that differs between two of them is in the environment.

DEBUG decides how much is taken for granted:
  left out  a demonstration on one's own machine: plain http, loopback, a secret key made and kept in
            var/, but the pages, errors included, as the public sees them
  true      the same with Django's debug pages
  false     production: SECRET_KEY and ALLOWED_HOSTS are required, https only
"""

import os
from pathlib import Path

from babel import Locale
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

from config import environment
from wastecal.core.reconstruction.likelihood import WRONG

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

with environment.StopOnError():
    _debug = environment.debug(os.environ)
    PRODUCTION = _debug is False
    DEBUG = _debug is True
    SECRET_KEY = environment.secret_key(os.environ, VAR_DIR / "secret_key", production=PRODUCTION)
    ALLOWED_HOSTS = environment.allowed_hosts(os.environ, production=PRODUCTION)
    DATABASES = {"default": environment.database(os.environ, VAR_DIR / "wastecal.sqlite3")}
    SITE_URL = environment.site_url(os.environ)
    BACKUP_RECIPIENTS = environment.backup_recipients(os.environ)
    SIGNING_KEY = environment.signing_key(os.environ, VAR_DIR / "wastecal.key", production=PRODUCTION)
    TRUSTED_PROXIES = environment.trusted_proxies(os.environ)
    THEME = environment.theme(os.environ)

INSTALLED_APPS = ["django.contrib.staticfiles", "csp", "wastecal.apps.WastecalConfig"]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Order matters: the first sees the request first and the answer last.
MIDDLEWARE = [
    "config.proxies.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # BREACH guesses a secret from the length of a compressed page that holds it. Public pages hold
    # no secret and set no cookie, so they may be compressed; pages with a login may not.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "wastecal.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",  # sets no cookie unless a template asks for a token
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

# The process's own zone and language; the municipality's are data (municipality.toml).
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = "sv"
LOCALE_PATHS = [BASE_DIR / "wastecal" / "locale"]


def languages(folder: Path) -> list[tuple[str, str]]:
    """Swedish, English, and every language with a catalogue in `folder`, each by its own name."""
    found = {to_language(file.parent.parent.name) for file in folder.glob("*/LC_MESSAGES/django.po")}
    return [(code, _own_name(code)) for code in ("sv", "en", *sorted(found - {"sv", "en"}))]


def _own_name(code: str) -> str:
    if code in LANG_INFO and "name_local" in LANG_INFO[code]:
        return str(LANG_INFO[code]["name_local"])
    return Locale.parse(code, sep="-").get_display_name() or code


LANGUAGES = languages(LOCALE_PATHS[0])

STATIC_URL = "/static/"
STATICFILES_DIRS = [("theme", THEME)] if THEME else []  # a municipality's own colours: docs/look.md
# In production file names carry a hash of their content and may be kept for ever; that needs
# `manage.py collectstatic` at every release. Elsewhere whitenoise serves the source folder itself,
# so neither `make run` nor a test depends on what was collected when.
STATIC_ROOT = VAR_DIR / "static" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# How often a record of each source is wrong: of what day, or of which street. Reconstruction starts
# from these and finds from the records themselves whether a town's are worse (docs/reconstruction.md).
EVIDENCE_WRONG = dict(WRONG)

# Nothing from another host, nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]  # asked from inside, behind the proxy, in plain http
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

# Plain lines on stderr, for journald or the container to keep. Requests are not logged: who looks up
# which address is nobody's business. A 404, or a wrong Host header, is no fault of ours.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

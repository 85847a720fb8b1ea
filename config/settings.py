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

from config import environment, logins
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
    IDLE_MINUTES = logins.idle_minutes(os.environ)
    DIRECTORY = logins.directory(os.environ, production=PRODUCTION)
    TWO_PEOPLE = environment.two_people(os.environ)  # one proposes, another publishes, what is for everyone

INSTALLED_APPS = [
    "wastecal.apps.WastecalConfig",  # before those whose pages have templates of ours
    "wastecal.staff.apps.StaffConfig",
    "django.contrib.admin.apps.SimpleAdminConfig",  # registers nothing by itself: see wastecal/admin.py
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "csp",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Order matters: the first sees the request first and the answer last.
MIDDLEWARE = [
    "config.proxies.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # BREACH guesses a secret from the length of a compressed page that holds it. Public pages hold
    # no secret and set no cookie, so they may be compressed; pages with a login are not.
    "config.compression.PublicGZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",  # no cookie before somebody logs in
    "wastecal.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",  # sets no cookie unless a template asks for a token
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wastecal.staff.entrance.guard.SecondFactorMiddleware",  # after whatever finds out who asks
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
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wastecal.staff.entrance.look.shared",
            ],
        },
    }
]

# The API's answers are made by wastecal/api itself; Django REST framework routes, refuses and describes.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # reading asks nobody who he is, and touches no session
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "wastecal.api.form.OneForm",
    "DEFAULT_THROTTLE_CLASSES": ["wastecal.api.throttling.Courtesy"],
    "DEFAULT_SCHEMA_CLASS": "wastecal.api.schema.Description",
    "EXCEPTION_HANDLER": "wastecal.api.problems.of",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "TITLE": "wastecal",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "PREPROCESSING_HOOKS": ["wastecal.api.schema.ours"],
    "POSTPROCESSING_HOOKS": ["wastecal.api.schema.described"],
}

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
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [
    r"^healthz/",  # asked from inside, behind the proxy, in plain http
    r"^FutureWeb/",  # a POST that is redirected arrives as a GET, and clients make nothing of that
]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

# The staff's log-in: docs/decisions/0041-who-may-come-in.md.
AUTH_USER_MODEL = "staff.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("UserAttributeSimilarityValidator", {}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "staff:start"
LOGOUT_REDIRECT_URL = "account_login"
# Sessions end when nothing was asked for so long (the guard moves the end on), and with the browser.
SESSION_COOKIE_AGE = 60 * IDLE_MINUTES
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Staff pages are below /personal/, /en/personal/ and /admin/, so the path cannot be narrower; a name
# with __Host- is taken by no browser from another host, nor over plain http.
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # a directory sends one back from another site
CSRF_FAILURE_VIEW = "wastecal.staff.entrance.views.stale"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
# Failed attempts and used codes are counted here: in the database, which all processes share. As many
# rows as a guesser could fill are kept before any is thrown away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "staff_attempt",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ACCOUNT_ADAPTER = "wastecal.staff.entrance.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",  # a town hall comes from one address in the morning
    "login_failed": "10/m/ip,5/5m/key",
}
MFA_ADAPTER = "wastecal.staff.entrance.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute wrong
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SOCIALACCOUNT_ADAPTER = "wastecal.staff.entrance.adapters.Directories"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"

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

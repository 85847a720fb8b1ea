"""Does a right environment start, and does a wrong one stop with one sentence?"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config import environment, logins

ROOT = Path(__file__).resolve().parent.parent
KEY = "fV9-3kqLw7Zr_0bTnX5sYc8HuJ2mEa6PdG4iQoR1tUyWzKxBvNjMhS"
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "sophamtning.example,www.sophamtning.example",
    "SITE_URL": "https://sophamtning.example",
    "DATABASE_URL": "postgres://wastecal:secret@localhost/wastecal",
    "TRUSTED_PROXIES": "127.0.0.1,10.0.0.0/8",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=ROOT,
        env=clean | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("database", [PRODUCTION["DATABASE_URL"], ""])
def test_production_settings_pass_the_deployment_check_without_a_warning(database: str) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"DATABASE_URL": database})
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is missing; set it to a random text"),
        ("SECRET_KEY", "secret", "SECRET_KEY is too easy to guess; use at least 50"),
        ("DEBUG", "flase", "DEBUG is 'flase'; set it to true or false"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is missing; set it to the site's host names"),
        (
            "ALLOWED_HOSTS",
            "https://a.example",
            "ALLOWED_HOSTS holds 'https://a.example', which is no",
        ),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS holds '*'"),
        ("DATABASE_URL", "mysql://root:secret@localhost/x", "DATABASE_URL is not the address of a database"),
        ("DATABASE_URL", "postgres://u:secret@h:port/x", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "postgres://u:secret@h/", "DATABASE_URL names no database"),
        ("DATABASE_URL", "sqlite:////no/such/folder/x.db", "DATABASE_URL names a file in /no/such/folder"),
        ("DATABASE_URL", "sqlite://host/x.db", "DATABASE_URL names no file"),
        ("SITE_URL", "sophamtning.example", "SITE_URL is 'sophamtning.example'; give it as https://host"),
        ("BACKUP_RECIPIENTS", "AGE-SECRET-KEY-1GFPYYSJ", "BACKUP_RECIPIENTS holds something else than"),
        ("SIGNING_KEY", "wastecal.key", "SIGNING_KEY is 'wastecal.key'; give the whole path"),
        ("SIGNING_KEY", "/etc", "SIGNING_KEY is '/etc'; give the whole path of the key file"),
        ("TRUSTED_PROXIES", "10.0.0.0/99", "TRUSTED_PROXIES cannot be read"),
        ("TWO_PEOPLE", "perhaps", "TWO_PEOPLE is 'perhaps'; set it to true or false, or leave it out."),
        ("THEME", "/no/such/folder", "THEME is '/no/such/folder', where no theme.css can be found"),
        ("IDLE_MINUTES", "0", "IDLE_MINUTES is '0'; give the minutes"),
        ("IDLE_MINUTES", "half an hour", "IDLE_MINUTES is 'half an hour'; give the minutes"),
        ("OIDC_CLIENT_ID", "wastecal", "OIDC_ISSUER is missing; set it, or leave out every variable"),
    ],
)
def test_a_wrong_variable_stops_the_start_with_one_sentence(name: str, value: str, said: str) -> None:
    done = manage("check", **PRODUCTION | {name: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"wastecal cannot start: {said}")
    assert done.stderr.count("\n") == 1
    assert "root:secret" not in done.stderr
    assert "u:secret" not in done.stderr


OIDC = {
    "OIDC_ISSUER": "https://login.kommun.example/",
    "OIDC_CLIENT_ID": "wastecal",
    "OIDC_CLIENT_SECRET": "secret",
    "OIDC_ROLES": "CN=Avfall,OU=Grupper,DC=kommun=publicera; it=administrera;",
}


def test_a_directory_is_read_with_groups_that_hold_commas_and_equals_signs() -> None:
    found = logins.directory(OIDC | {"OIDC_SECOND_FACTORS": "mfa loa3"}, production=True)
    assert found is not None
    assert found.roles == {"CN=Avfall,OU=Grupper,DC=kommun": "publish", "it": "administer"}
    assert (found.claim, sorted(found.factors)) == ("groups", ["loa3", "mfa"])
    assert logins.directory({}, production=True) is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("OIDC_CLIENT_SECRET", "", "OIDC_CLIENT_SECRET is missing"),
        ("OIDC_ROLES", "", "OIDC_ROLES is missing"),
        ("OIDC_ROLES", "it", "OIDC_ROLES holds 'it'; give each group and its role"),
        ("OIDC_ROLES", "it=kejsare", "OIDC_ROLES holds 'it=kejsare'"),
        ("OIDC_ISSUER", "http://login.kommun.example", "give the provider's issuer as https://"),
        ("OIDC_ISSUER", "http://localhost:9400", "give the provider's issuer as https://"),
    ],
)
def test_half_a_directory_stops_the_start(name: str, value: str, said: str) -> None:
    with pytest.raises(environment.ConfigurationError, match=re.escape(said)):
        logins.directory(OIDC | {name: value}, production=True)


def test_in_production_the_cookies_of_the_staff_go_over_https_and_to_one_host() -> None:
    asked = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
    asked += "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_AGE)"
    done = manage("shell", "--no-imports", "-c", asked, **PRODUCTION | {"IDLE_MINUTES": "10"})
    assert done.stdout.strip() == "__Host-session __Host-csrf True True 600"


def test_the_two_commands_of_the_readme_need_no_variable_at_all() -> None:
    assert manage("check").returncode == 0


def test_the_web_server_stops_with_the_same_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env={"DEBUG": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret_key"
    first = environment.secret_key({}, file, production=False)
    assert environment.secret_key({}, file, production=False) == first
    assert len(first) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_two_processes_that_start_at_once_agree_on_the_secret_key(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from config.environment import secret_key as key;"
    code += "sys.stdout.write(key({}, Path(sys.argv[1]), production=False))"
    command = [sys.executable, "-c", code, str(tmp_path / "secret_key")]
    racers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(4)]
    assert len({racer.communicate()[0] for racer in racers}) == 1


def test_a_folder_with_signs_of_its_own_is_no_trouble(tmp_path: Path) -> None:
    file = tmp_path / "50% + #1?" / "wastecal.sqlite3"
    assert environment.database({}, file)["NAME"] == str(file)


def test_a_password_with_signs_reaches_postgres_as_it_is() -> None:
    url = "postgresql://wastecal:p%40ss%2Fword@db.example:5433/waste?sslmode=require"
    found = environment.database({"DATABASE_URL": url}, Path("/var/x"))
    assert (found["PASSWORD"], found["PORT"], found["NAME"]) == ("p@ss/word", 5433, "waste")
    assert found["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}


def test_every_catalogue_makes_a_language_under_its_own_name(tmp_path: Path) -> None:
    from config import settings

    for name in ("ar", "pl", "sv", "se"):
        folder = tmp_path / name / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").touch()
    assert settings.languages(tmp_path) == [
        ("sv", "svenska"),
        ("en", "English"),
        ("ar", "العربيّة"),
        ("pl", "polski"),
        ("se", "davvisámegiella"),
    ]

"""Does IT make the first account from a command line, and help whoever is locked out?"""

import getpass
import re
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests.staff import entrance
from tests.terminal import Done, Terminal
from wastecal.management import console
from wastecal.staff import people
from wastecal.staff.entrance import factors
from wastecal.staff.models import AccountNote, Person
from wastecal.staff.roles import Role

pytestmark = pytest.mark.usefixtures("holmby")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.fixture
def bo(holmby: None) -> Person:
    return entrance.with_app(people.make("bo", Role.PROPOSE, (), entrance.PASSWORD, by=""))


def password(done: Done) -> str:
    return str(re.findall(r"^Password, shown once: (\S+)$", done.out, re.MULTILINE)[0])


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("läsa", Role.READ),
        ("föreslå", Role.PROPOSE),
        ("publicera", Role.PUBLISH),
        ("administrera", Role.ADMINISTER),
    ],
)
def test_an_account_is_made_and_its_password_shown_once(run: Terminal, said: str, role: Role) -> None:
    done = run("make_staff", "anna", "--role", said, "--zones", "H1,H2")
    assert (done.code, done.said) == (0, "")
    anna = Person.objects.get(username="anna")
    assert (anna.role, anna.zones) == (role, ("H1", "H2"))
    assert anna.check_password(password(done))
    answer = Client().post("/personal/logga-in/", {"login": "anna", "password": password(done)})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bo", "--role", "läsa"), "There is an account 'bo' already. Choose another name."),
        (("BO", "--role", "läsa"), "There is an account 'bo' already. Choose another name."),
        (("två ord", "--role", "läsa"), "'två ord' is no user name"),
        (("eva", "--role", "läsa", "--zones", "H1,X9"), "There is no zone 'X9'. There are: H1, H2."),
        (("eva", "--deactivate"), "There is no account 'eva'."),
        (("eva", "--new-password"), "There is no account 'eva'."),
        (("eva", "--role", "kejsare"), "invalid choice: 'kejsare'"),
        (("eva",), "one of the arguments --role"),
        (("bo", "--role", "läsa", "--deactivate"), "not allowed with argument"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    run: Terminal, bo: Person, words: tuple[str, ...], said: str
) -> None:
    done = run("make_staff", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.said
    assert "Traceback" not in done.said
    assert Person.objects.count() == 1


def test_on_a_terminal_the_password_is_typed_and_not_shown(
    run: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, entrance.PASSWORD, entrance.PASSWORD)
    done = run("make_staff", "anna", "--role", "läsa")
    assert "Password" not in done.out
    assert Person.objects.get().check_password(entrance.PASSWORD)


@pytest.mark.parametrize(
    ("first", "second", "said"), [("abc", "abc", "too short"), (entrance.PASSWORD, "x", "not the same")]
)
def test_a_password_that_will_not_do_makes_no_account(
    run: Terminal, monkeypatch: pytest.MonkeyPatch, first: str, second: str, said: str
) -> None:
    typed(monkeypatch, first, second)
    done = run("make_staff", "anna", "--role", "läsa")
    assert done.code == 2
    assert said in done.said
    assert not Person.objects.exists()


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    """Somebody sits at a terminal and types these."""
    waiting = list(words)
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: waiting.pop(0))


def test_whoever_is_locked_out_is_helped(run: Terminal, bo: Person) -> None:
    assert run("make_staff", "bo", "--reset-second-factor").code == 0
    assert not factors.has(bo)
    new = password(run("make_staff", "bo", "--new-password"))
    bo.refresh_from_db()
    assert bo.check_password(new)
    for option, active in (("--deactivate", False), ("--activate", True), ("--log-out", True)):
        assert run("make_staff", "bo", option).code == 0
        bo.refresh_from_db()
        assert bo.is_active == active
    done = ["logged_out", "activated", "deactivated", "password_reset", "factor_reset", "made"]
    assert list(AccountNote.objects.values_list("what", flat=True)) == done


def test_a_demonstration_has_an_account_and_codes_for_its_second_step(run: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "var" / "demo_password"
    first, second = (run("demo_staff", "--keep-in", str(file)).out for _ in range(2))
    assert first == second
    assert file.stat().st_mode & 0o777 == 0o600
    client = Client()
    client.post("/personal/logga-in/", {"login": "demo", "password": file.read_text("ascii")})
    assert client.get("/personal/konton/").status_code == 302
    codes = re.findall(r"\b\d{8}\b", first)
    assert client.post("/personal/logga-in/kod/", {"code": codes[0]}).status_code == 302
    assert client.get("/personal/konton/").status_code == 200
    assert codes[0] not in run("demo_staff", "--keep-in", str(file)).out


def test_when_the_demonstration_s_codes_are_used_up_there_are_new_ones(run: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "demo_password"
    run("demo_staff", "--keep-in", str(file))
    codes = Person.objects.get().authenticator_set.get(type="recovery_codes")  # type: ignore[attr-defined]
    codes.data["used_mask"] = 2**10 - 1
    codes.save()
    assert len(re.findall(r"\b\d{8}\b", run("demo_staff", "--keep-in", str(file)).out)) == 3


def test_a_real_town_and_production_get_no_such_account(run: Terminal, tmp_path: Path) -> None:
    file = str(tmp_path / "demo_password")
    with override_settings(PRODUCTION=True):
        assert run("demo_staff", "--keep-in", file).code == 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wastecal.management.demonstration.is_demonstration", lambda _town: False)
        done = run("demo_staff", "--keep-in", file)
    assert "make_staff NAME --role administrera" in done.out
    assert not Person.objects.exists()


def test_a_closed_demonstration_account_stays_closed(run: Terminal, tmp_path: Path) -> None:
    file = str(tmp_path / "demo_password")
    run("demo_staff", "--keep-in", file)
    run("make_staff", "demo", "--deactivate")
    assert run("demo_staff", "--keep-in", file).out == ""
    assert not Person.objects.get().is_active

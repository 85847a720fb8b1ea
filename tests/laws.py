"""Which laws of the house does a module's source text break?

Every check takes the module's dotted name (a trail of folders and the file, `wastecal.core.spans`)
and its source text, and gives the faults as sentences with their lines.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

Check = Callable[[str, str], list[str]]

# Imports point downwards; rooms on one line do not import each other.
LAYERS = (
    ("config", "apps"),
    ("commands", "admin"),
    ("staff",),
    ("publish", "keeping"),
    ("web", "feeds", "api", "health"),
    ("importing", "inference", "data", "preview", "undoing"),
    ("answers", "edits", "reports", "unpublished", "words", "surface", "converters"),
    ("search",),
    ("models",),
    ("core",),
)
_LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
_INSIDE = {"management": "commands", "templatetags": "web", "migrations": "models"}

_PURE_LIBRARIES = {"dateutil", "icalendar"}
_IMPURE = {
    *("asyncio", "ctypes", "environ", "glob", "http", "importlib", "locale", "logging", "multiprocessing"),
    *("os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess", "sys"),
    *("tempfile", "threading", "time", "urllib.request", "uuid"),
}
_CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "Now", "fromtimestamp"}
_CLOCK_FIELDS = {"auto_now", "auto_now_add"}
_CLOCK_OWNERS = {"date", "datetime", "dt", "timezone"}
_MAY_OPEN_TRANSACTIONS = {"edits"}  # reports writes one row at a time and needs none
_MAY_READ_THE_CLOCK = {"commands", "staff", "publish", "surface"}
_NAMES_FOR_NOTHING = {"utils", "helpers", "services", "managers", "common", "misc", "base"}
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50


def room(module: str) -> str:
    """The room that a module of ours is in; "" for the package wastecal itself and all that is not ours."""
    first, _, rest = module.partition(".")
    if first == "config":
        return "config"
    if first != "wastecal" or not rest:
        return ""
    name = rest.split(".")[0]
    name = _INSIDE.get(name, name)
    return "importing" if name.startswith("importing") else name


@lru_cache(maxsize=1)
def tree(source: str) -> ast.Module:
    """What the source says, read once for all laws that are put to it one after the other."""
    return ast.parse(source)


@lru_cache(maxsize=1)
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Every node of that tree."""
    return tuple(ast.walk(tree(source)))


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Every module, or name in a module, that is imported anywhere in `source`, with its line."""
    for node in nodes(source):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def imports_point_downwards(module: str, source: str) -> list[str]:
    here = room(module)
    if not here:
        return []
    if here not in _LEVEL:
        return [f"{module}: {here!r} is no room of the table in tests/laws.py; give it its line there"]
    return [
        f"{module}:{line}: {here} may not import {name}"
        for line, name in imports(source)
        if room(name) in _LEVEL and room(name) != here and _LEVEL[room(name)] <= _LEVEL[here]
    ]


def publishing_uses_no_views(module: str, source: str) -> list[str]:
    return [
        f"{module}:{line}: publish renders by itself, without {name}"
        for line, name in imports(source)
        if room(module) == "publish" and room(name) and {"views", "urls"} & set(name.split("."))
    ]


def core_imports_nothing_impure(module: str, source: str) -> list[str]:
    return [
        f"{module}:{line}: core may not import {name}"
        for line, name in imports(source)
        if room(module) == "core" and not _is_pure(name)
    ]


def _is_pure(name: str) -> bool:
    first = name.split(".")[0]
    if first == "wastecal":
        return room(name) == "core"
    if name == "random.Random":
        return True  # dice that begin with a given number fall the same each time
    if first not in sys.stdlib_module_names:
        return first in _PURE_LIBRARIES
    return first not in _IMPURE and not name.startswith("urllib.request")


def core_says_where_its_dice_begin(module: str, source: str) -> list[str]:
    lines = [call.lineno for call, name in _calls(source) if name == "Random" and not call.args]
    lines += [
        node.value.lineno
        for node in nodes(source)
        if isinstance(node, ast.keyword) and _last_name(node.value) == "Random"
    ]
    return [
        f"{module}:{line}: dice in core begin with a given number" for line in lines if room(module) == "core"
    ]


def core_opens_no_files(module: str, source: str) -> list[str]:
    return [
        f"{module}:{call.lineno}: core may not call {name}()"
        for call, name in _calls(source)
        if room(module) == "core" and name in {"open", "input", "print", "__import__"}
    ]


def _calls(source: str) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last part of the called name."""
    for node in nodes(source):
        if isinstance(node, ast.Call):
            yield node, _last_name(node.func)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def clocks_are_read_at_the_edge(module: str, source: str) -> list[str]:
    if not room(module) or _may_read_the_clock(module):
        return []
    return [
        f"{module}:{line}: {what} below the edge; take the day as an argument"
        for line, what in _clocks(source)
    ]


def _may_read_the_clock(module: str) -> bool:
    here = room(module)
    views = any(part.startswith("views") for part in module.split("."))
    return here in _MAY_READ_THE_CLOCK or (here in {"web", "feeds", "api"} and views)


def _clocks(source: str) -> Iterator[tuple[int, str]]:
    for call, name in _calls(source):
        yield from (
            (call.lineno, word.arg) for word in call.keywords if word.arg in {"auto_now", "auto_now_add"}
        )
        if name in _CLOCKS:
            yield call.lineno, f"{name}()"
    for node in nodes(source):  # also uncalled: default=timezone.now
        if (
            isinstance(node, ast.Attribute)
            and node.attr in _CLOCKS
            and _last_name(node.value) in _CLOCK_OWNERS
        ):
            yield node.lineno, f"{_last_name(node.value)}.{node.attr}"
    yield from ((line, name) for line, name in imports(source) if name.split(".")[0] == "time")


def only_writers_open_transactions(module: str, source: str) -> list[str]:
    if not room(module) or room(module) in _MAY_OPEN_TRANSACTIONS:
        return []
    named = [
        (node.lineno, node.attr)
        for node in nodes(source)
        if isinstance(node, ast.Attribute) and node.attr in {"atomic", "set_autocommit"}
    ]
    imported = [(line, name) for line, name in imports(source) if name == "django.db.transaction.atomic"]
    return [f"{module}:{line}: {name}; only edits opens transactions" for line, name in [*named, *imported]]


def files_and_functions_are_short(module: str, source: str) -> list[str]:
    lines = len(source.splitlines())
    long_file = [f"{module}: {lines} lines, {MAX_FILE_LINES} at most"] if lines > MAX_FILE_LINES else []
    return long_file + [
        f"{module}:{node.lineno}: {node.name} has {_length(node)} lines, {MAX_FUNCTION_LINES} at most"
        for node in nodes(source)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > MAX_FUNCTION_LINES
    ]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def modules_are_named_for_a_thing(module: str, _source: str) -> list[str]:
    return [
        f"{module}: {part!r} names no thing in the field"
        for part in module.split(".")
        if part in _NAMES_FOR_NOTHING
    ]


def modules_say_what_they_answer(module: str, source: str) -> list[str]:
    if ast.get_docstring(tree(source)) or not source.strip():
        return []
    return [f"{module}: opens with no sentence that says what it answers"]


def errors_are_caught_by_name(module: str, source: str) -> list[str]:
    return [
        f"{module}:{node.lineno}: catches everything; name the errors that are meant"
        for node in nodes(source)
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node.type)
    ]


def _catches_everything(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_catches_everything(part) for part in kind.elts)
    return kind is None or _last_name(kind) in {"Exception", "BaseException"}


def errors_are_not_swallowed(module: str, source: str) -> list[str]:
    return [
        f"{module}:{node.lineno}: swallows an error in silence"
        for node in nodes(source)
        if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body)
    ]


CHECKS: tuple[Check, ...] = (
    imports_point_downwards,
    publishing_uses_no_views,
    core_imports_nothing_impure,
    core_says_where_its_dice_begin,
    core_opens_no_files,
    clocks_are_read_at_the_edge,
    only_writers_open_transactions,
    files_and_functions_are_short,
    modules_are_named_for_a_thing,
    modules_say_what_they_answer,
    errors_are_caught_by_name,
    errors_are_not_swallowed,
)


def modules(folder: Path) -> Iterator[tuple[str, str]]:
    """Every module of the project, as its dotted name and its text; migrations are Django's."""
    for top in ("manage.py", "config", "wastecal", "tests", "bench", "tools"):
        for file in sorted([folder / top] if top.endswith(".py") else (folder / top).rglob("*.py")):
            parts = file.relative_to(folder).with_suffix("").parts
            if "migrations" not in parts and "node_modules" not in parts:
                yield ".".join(parts).removesuffix(".__init__"), file.read_text(encoding="utf-8")

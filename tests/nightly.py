"""Which tests were left for the night? They are named in the last lines, so that nobody thinks they ran."""

import pytest


class Reporter:
    """Collects the deselected nightly tests; under xdist only the workers see them, and pass them on."""

    def __init__(self) -> None:
        self.left_out: set[str] = set()

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.left_out |= {item.nodeid for item in items if item.get_closest_marker("nightly")}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output: dict[str, list[str]] | None = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["nightly"] = sorted(self.left_out)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        self.left_out |= set(getattr(node, "workeroutput", {}).get("nightly", ()))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.left_out:
            terminalreporter.section("left for `make nightly`")
        for name in sorted(self.left_out):
            terminalreporter.line(name)

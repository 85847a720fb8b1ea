# wastecal: `make run` serves it, `make test` proves it. What needs more than a line is in tools/.
# Written for make 3.81 and a POSIX shell, so that it works on macOS too.

PYTHON = .venv/bin/python

.PHONY: run publish test check bench nightly requirements

# Serves on http://127.0.0.1:8000; HOST, PORT, DATABASE_URL and DATA (another data directory) count.
run:
	@sh tools/install.sh requirements.txt
	@sh tools/run.sh

# Writes everything public as signed files: make publish OUT=/srv/site [SITE_URL=https://…]
publish:
	@sh tools/install.sh requirements.txt
	@sh tools/publish.sh

test:
	@sh tools/install.sh requirements-dev.txt
	@sh tools/install_for_tests.sh
	@sh tools/check.sh
	@sh tools/test.sh

# Only style and types: what an editor would say.
check:
	@sh tools/install.sh requirements-dev.txt
	@sh tools/check.sh

bench:
	@sh tools/install.sh requirements-dev.txt
	@sh tools/translations.sh
	@$(PYTHON) -m bench

# The tests that take long.
nightly:
	@sh tools/install.sh requirements-dev.txt
	@sh tools/install_for_tests.sh
	@$(PYTHON) -m pytest -m nightly

# Pins anew what requirements*.in ask for.
requirements:
	@sh tools/requirements.sh

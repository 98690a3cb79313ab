# Every command the project knows. Needs git, make and a Python ≥ 3.11; everything else goes into .venv.
# What a recipe says is French, for the people who run it; what the file says is English, for the people who edit it.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
# A lock is whole: pip has nothing to resolve and nothing to build, and may not. `pip check` tells what a lock forgot,
# or what an older lock left here. tools/install.py says the same to whoever has no make.
INSTALL_LOCKED := $(PIP) install --require-hashes --no-deps --only-binary :all:
CHECK_INSTALLED = report=$$($(BIN)/python -m pip --disable-pip-version-check check) || { echo "$$report" >&2; \
	echo "$(VENV) ne tient plus ensemble : « make clean », puis recommencez." >&2; exit 1; }
ARGS :=

.PHONY: help
help: ## liste ces commandes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)


# Use ------------------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: install ## note et classe les candidatures d'exemple
	@$(BIN)/ami score samples/candidatures --criteria criteria.yaml || { code=$$?; \
		if [ $$code -eq 1 ]; then echo "(Code 1 : deux exemples ont exprès une réponse refusée, pour montrer ce qu'ami en dit.)" >&2; \
		else exit $$code; fi; }

.PHONY: appel-complet
appel-complet: install ## rejoue un appel entier, de la règle à l'archive (dans build/)
	@rm -rf build/appel-complet && mkdir -p build && cp -R samples/appel-complet build/appel-complet
	@cd build/appel-complet && PATH="$(abspath $(BIN)):$$PATH" sh deroule.sh

.PHONY: install
install: $(VENV)/.project ## prépare .venv avec ce qu'il faut pour lancer ami


# Work -----------------------------------------------------------------------------------------------------------------

.PHONY: test
test: $(VENV)/.dev ## lance les tests (ARGS="-k zonage" en choisit)
	@$(BIN)/python -m pytest --quiet -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report= $(ARGS)

.PHONY: check
check: lint types floors fresh test coverage ## vérifie tout : ce que l'intégration continue exige

.PHONY: check-tested
check-tested: lint types floors fresh coverage ## comme check, juste après make test, sans relancer les tests

.PHONY: lint
lint: $(VENV)/.dev ## vérifie la mise en forme et les règles d'écriture
	@$(BIN)/ruff format --quiet --check . || { echo "Mise en forme à revoir : « make format »." >&2; exit 1; }
	@$(BIN)/ruff check --quiet .

.PHONY: types
types: $(VENV)/.dev ## vérifie les types
	@$(BIN)/python -m mypy --no-error-summary

.PHONY: floors
floors: $(VENV)/.dev ## vérifie que les imports descendent d'étage en étage
	@report=$$($(BIN)/lint-imports) || { echo "$$report" >&2; exit 1; }

.PHONY: coverage
coverage: $(VENV)/.dev ## montre ce que les derniers tests ont couvert ; le cœur l'est à 100 %
	@test -f .coverage || { echo "Aucune mesure : lancez d'abord « make test »." >&2; exit 1; }
	@$(BIN)/python -m coverage report
	@$(BIN)/python -m coverage report --format=total --fail-under=100 \
		--include='src/ami_scoring/domain/**,src/ami_scoring/scoring/**' >/dev/null || \
		{ echo "Le cœur (domain et scoring) doit être couvert à 100 %." >&2; exit 1; }

# Generated files that are committed. Whoever generates one adds one line that regenerates it and compares:
.PHONY: fresh
fresh: $(VENV)/.dev ## vérifie que les fichiers produits par le code sont à jour
	@$(BIN)/python tools/glossary.py --check
	@$(BIN)/python tools/published.py --check
	@$(BIN)/python tools/readme.py --check

.PHONY: format
format: $(VENV)/.dev ## met le code en forme
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

.PHONY: bench
bench: $(VENV)/.dev ## mesure le temps que prend ami (ARGS=--quick va plus vite)
	@$(BIN)/python -m tests.bench.run $(ARGS)

.PHONY: fuzz
fuzz: $(VENV)/.fuzz ## cherche ce qui fait tomber un lecteur de fichiers (ARGS="yaml --seconds 60")
	@$(BIN)/python -m tests.fuzz.run $(ARGS)

# Not part of any check either. Changes the code of the core and counts what tests let through.
.PHONY: mutants
mutants: $(VENV)/.mutants ## change un peu le cœur, partout, et compte ce que les tests laissent passer (ARGS="places.purses.*")
	@nice -n 10 $(BIN)/python -m tests.mutants.run $(ARGS)

# Not part of any check: real libraries from the network, whose behaviour is theirs to change.
.PHONY: findings
findings: ## refait les surprises de findings/, par le réseau (ARGS="empty-result" en choisit)
	@PYTHON="$(PYTHON)" bash findings/all.bash $(ARGS)

.PHONY: firmness
firmness: $(VENV)/.dev ## éprouve ce qui est dit des places sur 10 000 appels tirés au sort (ARGS=1000)
	@$(BIN)/python -m tests.scoring.firmness.prove $(ARGS)

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: lock
lock: $(VENV)/.dev ## recalcule les dépendances verrouillées (ARGS=--upgrade les rajeunit)
	@$(LOCK) $(ARGS) pyproject.toml --output-file requirements/runtime.lock
	@$(LOCK) $(ARGS) --group build --constraints requirements/runtime.lock --output-file requirements/build.lock
	@$(LOCK) $(ARGS) pyproject.toml --group dev \
		--constraints requirements/runtime.lock --constraints requirements/build.lock --output-file requirements/dev.lock
	@$(LOCK) $(ARGS) --group fuzz --output-file requirements/fuzz.lock
	@$(LOCK) $(ARGS) --group mutants \
		--constraints requirements/runtime.lock --constraints requirements/dev.lock --output-file requirements/mutants.lock

.PHONY: clean
clean: ## efface .venv et tout ce qui se recalcule
	@rm -rf $(VENV) .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	@find src tests -type d -name __pycache__ -prune -exec rm -rf {} +


# Set-up: each stamp is redone only when what it depends on has changed -------------------------------------------------

# Candidates are run, not only looked up: a pyenv shim answers to names that it cannot start.
$(VENV)/.created:
	@for python in $(if $(PYTHON),"$(PYTHON)") python3.14 python3.13 python3.12 python3.11 python3; do \
		if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			found=$$python; break; \
		elif [ "$$python" = "$(PYTHON)" ]; then \
			echo "PYTHON=$$python n'est pas un Python 3.11 ou plus récent avec venv : j'en cherche un autre." >&2; \
		fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Il faut Python 3.11 ou plus récent, avec son module venv, et je n'en trouve pas." >&2; \
		echo "  Debian, Ubuntu : sudo apt install python3 python3-venv" >&2; \
		echo "  macOS          : brew install python" >&2; \
		echo "  Déjà installé ailleurs ? make PYTHON=/chemin/vers/python3 …" >&2; \
		exit 1; \
	fi; \
	echo "Création de $(VENV) avec $$("$$found" --version)…"; \
	rm -rf $(VENV); "$$found" -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.created requirements/runtime.lock requirements/build.lock
	@echo "Installation des dépendances verrouillées…"
	@$(INSTALL_LOCKED) -r requirements/runtime.lock -r requirements/build.lock
	@touch $@

# The version is read from __init__.py when the project is installed. Nothing is downloaded here.
$(VENV)/.project: $(VENV)/.runtime pyproject.toml src/ami_scoring/__init__.py
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@$(CHECK_INSTALLED)
	@$(BIN)/python -m compileall -q src # some machines forbid Python to do it, and then compile all at each start
	@touch $@

# Only fuzzing needs it, and only some machines have a build of it: `make check` does without.
$(VENV)/.fuzz: $(VENV)/.dev requirements/fuzz.lock
	@echo "Installation de l'outil de fuzzing…"
	@$(INSTALL_LOCKED) -r requirements/fuzz.lock
	@$(CHECK_INSTALLED)
	@touch $@

# Only mutation testing needs it, and what forks: not Windows.
$(VENV)/.mutants: $(VENV)/.dev requirements/mutants.lock
	@echo "Installation de l'outil de mutation…"
	@$(INSTALL_LOCKED) -r requirements/mutants.lock
	@$(CHECK_INSTALLED)
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.lock | $(VENV)/.project
	@echo "Installation des outils de développement…"
	@$(INSTALL_LOCKED) -r requirements/dev.lock
	@$(CHECK_INSTALLED)
	@touch $@

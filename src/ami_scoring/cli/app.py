"""The Typer application, and the one place where errors become exit codes."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

import typer
from typer.exceptions import TyperException

from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.french import FrenchCommand, FrenchGroup, usage_error
from ami_scoring.cli.sharing import SHARING, sharing
from ami_scoring.cli.streams import forget_stdout, is_closed_pipe, prepare_streams, wants_colour
from ami_scoring.findings import AmiScoringError, InvalidFileError, NothingToScoreError

_NO_ROOM = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre quota de disque est atteint",
    errno.EIO: "le disque ne répond pas",
    errno.EFBIG: "le fichier serait trop gros",
}

COMMANDS: Final = {
    "score": "commands",
    "explain": "commands",
    "validate": "validate",
    "import": "importing",
    "zoning": "zoning",
    "template": "template",
    "schema": "schema",
    "init": "init",
    "diff": "diff",
    "robustness": "robustness",
    "jury": "jury",
    "decide": "decide",
    "trial": "trial",
    "archive": "archive",
    "verify": "verify",
    "papers": "papers",
}
"""Each command and its module, in the order of the help."""
_GROUPS: Final = ("jury",)
"""Commands that are groups of others."""
_CALLED: Final = {"import": "import_"}
"""Commands whose function cannot have their name."""


_ON_WINDOWS = os.name == "nt"


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code; every error that a user can mend is told without a traceback."""
    command = typer.main.get_command(_application(arguments))
    asked = _expanded(arguments) or ["--help"]
    return _guarded(lambda: command.main(args=asked, prog_name="ami", standalone_mode=False))


def _expanded(arguments: Sequence[str]) -> list[str]:
    """Replace patterns (`candidatures/*.yaml`) by the files they name, in order: Windows' shells leave it to us."""
    if [*arguments] in [[group] for group in _GROUPS]:
        return [*arguments, "--help"]
    if not _ON_WINDOWS:
        return list(arguments)
    from glob import glob, has_magic

    named = ((asked, sorted(glob(asked)) if has_magic(asked) else []) for asked in arguments)  # noqa: PTH207 - as typed
    return [each for asked, files in named for each in files or [asked]]


def _application(arguments: Sequence[str]) -> typer.Typer:
    """Make the application; with the command that is asked for alone, where the command line begins with its name."""
    app = typer.Typer(
        name="ami",
        cls=FrenchGroup,
        help="Note et classe les candidatures à un appel, avec la raison de chaque point.",
        epilog="ami COMMANDE --help pour le détail d'une commande.",
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        callback=_root,
    )
    asked = [name for name in arguments[:1] if name in COMMANDS]
    for name in asked or COMMANDS:
        found = getattr(import_module(f"ami_scoring.cli.{COMMANDS[name]}"), _CALLED.get(name, name))
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name, cls=FrenchCommand)(sharing(found) if name in SHARING else found)
    return app


def _show_version(asked: bool) -> None:
    if asked:
        from ami_scoring import __version__

        sys.stdout.write(f"ami {__version__}\n")
        raise typer.Exit


def _root(
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Montre la version.", show_default=False
    ),
) -> None:
    """Take the options that come before a command."""


def _guarded(call: Callable[[], Any]) -> int:
    try:
        prepare_streams()
        code = call()
        sys.stdout.flush()
    except TyperException as error:
        _say(usage_error(error))
        return ExitCode.USAGE
    except InvalidFileError as error:
        _say_findings(error.findings)
        if error.conclusion:
            _say(error.conclusion)
        return ExitCode.INPUT_ERRORS
    except NothingToScoreError as error:
        _say_findings(error.findings)
        _say(str(error))
        return ExitCode.NOTHING_TO_SCORE
    except AmiScoringError as error:
        _say(f"Erreur : {error}")
        return ExitCode.USAGE
    except (KeyboardInterrupt, typer.Abort):
        _say("Interrompu.")
        return ExitCode.INTERRUPTED
    except SystemExit as error:
        # Typer ends so, by itself, a command that writes where nobody reads any more.
        if not is_closed_pipe(error.__context__):
            raise
        forget_stdout()
        return ExitCode.DONE
    except OSError as error:
        if is_closed_pipe(error):
            forget_stdout()
            return ExitCode.DONE
        if _folder_is_gone():
            _say("Erreur : le dossier courant n'existe plus, supprimé ou déplacé : rien de plus n'est fait.")
            return ExitCode.USAGE
        if error.errno not in _NO_ROOM:
            _say_bug()
            return ExitCode.BUG
        forget_stdout()
        _say(f"Erreur : le résultat n'est pas écrit en entier ({_NO_ROOM[error.errno]}).")
        return ExitCode.USAGE
    except Exception as error:  # noqa: BLE001 - the last resort: our bug, told as such
        if _was_interrupted(error):
            _say("Interrompu.")
            return ExitCode.INTERRUPTED
        _say_bug()
        return ExitCode.BUG
    if code == ExitCode.INTERRUPTED:
        # Typer turns the interruption of a command into this code by itself.
        _say("Interrompu.")
    return code if isinstance(code, int) else ExitCode.DONE


def _folder_is_gone() -> bool:
    """Say whether the folder that we run in was deleted: no relative path leads anywhere any more."""
    try:
        os.getcwd()  # noqa: PTH109 - whether it answers
    except OSError:
        return True
    return False


def _was_interrupted(error: BaseException) -> bool:
    """Say whether an interruption was turned into another error on its way, as the making of classes does."""
    inner: BaseException | None = error
    while inner is not None and not isinstance(inner, KeyboardInterrupt):
        inner = inner.__cause__ or inner.__context__
    return inner is not None


def _say(text: str) -> None:
    # Where nobody reads what is said, the exit code still tells.
    with suppress(OSError):
        sys.stderr.write(text + "\n")


def _say_findings(findings: Any) -> None:
    from ami_scoring.reports.annotations import findings_text

    if findings:
        _say(findings_text(findings, colour=wants_colour(sys.stderr)).rstrip("\n"))


def _say_bug() -> None:
    import traceback

    _say(traceback.format_exc().rstrip())
    _say("C'est une erreur de ce programme, pas de vos fichiers. Merci de la signaler avec le texte ci-dessus.")

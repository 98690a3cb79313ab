"""Help and usage errors in French: same content as Typer's, laid out plainly, without loading Rich."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from ami_scoring.cli.formats import NOT_ON_SCREEN
from ami_scoring.cli.plain_values import read_plainly

_HELP = "Montre cette aide."


class FrenchCommand(TyperCommand):
    """A command whose help is in French; it takes no empty value, and no option twice that has one value."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse what would otherwise be taken silently for the current folder, or for the last value alone."""
        values, _, given = self.make_parser(ctx).parse_args(args=[*args])
        if not values.get("help"):
            _refuse_empty(values, given, ctx)
            _refuse_repeated(given, ctx)
        for param in self.get_params(ctx):
            read_plainly(param)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, description, arguments and options."""
        _write_usage(self, ctx, formatter)
        _write_text(self.help, formatter)
        arguments = [p for p in self.get_params(ctx) if p.param_type_name == "argument"]
        options = [p for p in self.get_params(ctx) if p.param_type_name == "option"]
        _write_section("Arguments", _records(arguments, ctx), formatter)
        _write_section("Options", _records(options, ctx), formatter)
        _write_text(self.epilog, formatter)


class FrenchGroup(TyperGroup):
    """A group of commands whose help is in French."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options that come before a command."""
        for param in self.get_params(ctx):
            read_plainly(param)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, description, commands and options."""
        _write_usage(self, ctx, formatter)
        _write_text(self.help, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        shown = [
            (name, command.get_short_help_str(200)) for name, command in commands if command and not command.hidden
        ]
        _write_section("Commandes", shown, formatter)
        _write_section("Options", _records(self.get_params(ctx), ctx), formatter)
        _write_text(self.epilog, formatter)


def _refuse_empty(values: dict[str, Any], given: list[Any], ctx: Any) -> None:
    for param in given:
        value = values.get(param.name)
        said = value if isinstance(value, (list, tuple)) else [value]
        if any(isinstance(each, str) and not each.strip() for each in said):
            message = "la valeur donnée est vide ; une variable de la ligne de commande n'est peut-être pas définie."
            raise typer.BadParameter(message, ctx=ctx, param=param)


def _refuse_repeated(given: list[Any], ctx: Any) -> None:
    for param in given:
        if param.param_type_name == "option" and not (param.multiple or param.is_flag) and given.count(param) > 1:
            message = "donnée plusieurs fois, alors qu'elle n'admet qu'une valeur."
            raise typer.BadParameter(message, ctx=ctx, param=param)


def usage_error(error: TyperException) -> str:
    """Say in French what is wrong in a command line, and where its help is."""
    ctx: Any = getattr(error, "ctx", None)
    hint = f"\nAide : {ctx.command_path} --help" if ctx is not None else ""
    return f"Erreur : {_reason(error)}{hint}"


def _reason(error: TyperException) -> str:
    param: Any = getattr(error, "param", None)
    name = _name_of(param)
    match type(error).__name__:
        case "MissingParameter":
            return f"il manque {name}."
        case "NoSuchOption":
            near = getattr(error, "possibilities", None)
            asked = f" Vouliez-vous dire {' ou '.join(sorted(near))} ?" if near else ""
            return f"l'option {getattr(error, 'option_name', '')} n'existe pas.{asked}"
        case "BadParameter":
            said = _value_reason(error.message)
            return f"{name} : {said}" if param is not None else said
        case "BadOptionUsage":
            return f"l'option {getattr(error, 'option_name', '')} attend une valeur, une seule."
        case _:
            return _command_reason(error.message)


def _command_reason(message: str) -> str:
    if message.startswith("No such command ''"):
        return "le nom de la commande est vide."
    if found := re.match(r"No such command '([^']*)'\.(?: Did you mean '([^']*)')?", message):
        asked = f" Vouliez-vous dire « {found[2]} » ?" if found[2] else ""
        return f"la commande « {found[1]} » n'existe pas.{asked}"
    if "Missing command" in message:
        return "il manque une commande."
    if found := re.match(r"Got unexpected extra arguments? \((.*)\)", message):
        return f"argument en trop : {found[1]}."
    return message


def _value_reason(message: str) -> str:
    """Translate what a library says of an option's value; a sentence of ours is already French."""
    if "valid integer" in message:
        return "un nombre entier est attendu."
    if found := re.search(r"greater than or equal to (\d+)", message):
        return f"il faut au moins {found[1]}."
    if found := re.search(r"less than or equal to (\d+)", message):
        return f"il faut au plus {found[1]}."
    if found := re.search(r"'(.*)' is not one of (.*)\.", message):
        choices = [choice.strip("'") for choice in found[2].split(", ")]
        return _not_a_choice(found[1], choices)
    return message


def _not_a_choice(written: str, choices: list[str]) -> str:
    shown = [choice for choice in choices if choice not in set(NOT_ON_SCREEN)]
    workbook = "".join(f" {said}" for said in NOT_ON_SCREEN.values()) if shown != choices else ""
    return f"« {written} » n'est pas un choix ; les choix sont : {', '.join(shown)}.{workbook}"


def _name_of(param: Any) -> str:
    if param is None:
        return "une valeur"
    if param.param_type_name == "argument":
        return _metavar(param)
    return "l'option " + " / ".join(param.opts)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    if isinstance(command, TyperGroup):
        pieces = "[OPTIONS] COMMANDE …"
    else:
        pieces = " ".join(
            ["[OPTIONS]", *(_metavar(p) for p in command.get_params(ctx) if p.param_type_name == "argument")]
        )
    formatter.write_usage(ctx.command_path, pieces, prefix="Usage : ")


def _write_text(text: str | None, formatter: Any) -> None:
    if text:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text)


def _records(params: list[Any], ctx: Any) -> list[tuple[str, str]]:
    return [_record(param, ctx) for param in params]


def _record(param: Any, ctx: Any) -> tuple[str, str]:
    if param.param_type_name == "argument":
        return _metavar(param), param.help or ""
    name, _ = param.get_help_record(ctx)
    return name, _HELP if "--help" in param.opts else param.help or ""


def _metavar(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _write_section(title: str, records: list[tuple[str, str]], formatter: Any) -> None:
    if records:
        with formatter.section(f"{title} "):
            formatter.write_dl(records)

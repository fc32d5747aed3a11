"""`triage`: serve, chat, train, evaluate, classify, and see what is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.errors import CannotStart

app = typer.Typer(
    help="Triage: a support bot for Microsoft 365 organisations. Settings are TRIAGE_* variables or a .env file (see .env.example).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Var = Annotated[
    Path | None, typer.Option(help="Folder for all that is written (default: TRIAGE_VAR, or var/).", show_default=False)
]


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what a person can mend into one sentence on standard error and exit status 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from bot.settings import BadSettings
        from bot.store import Unavailable
        from bot.store.engines import BadDatabase
        from classifier.errors import ClassifierError
        from dialogs.rows import BadPhrases
        from dialogs.words import UnknownWords
        from handoff.errors import HandoffError

        try:
            command(*args, **kwargs)
        except (
            BadDatabase,
            BadPhrases,
            BadSettings,
            CannotStart,
            ClassifierError,
            HandoffError,
            UnknownWords,
            Unavailable,
        ) as refusal:
            typer.secho(f"triage: {refusal}", fg="red", err=True)
            raise typer.Exit(1) from None

    return run


@app.command()
@plainly
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on (default: TRIAGE_HOST).", show_default=False)
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on (default: TRIAGE_PORT).", show_default=False)
    ] = None,
    var: Var = None,
    playground: Annotated[
        bool,
        typer.Option(
            "--playground", help="Open the Microsoft 365 Agents Playground on the bot, where Node is installed."
        ),
    ] = False,
) -> None:
    """Serve Teams at /api/messages, until stopped."""
    from bot.serve import run
    from bot.settings import read_settings

    run(read_settings(host=host, port=port, var=var), playground=playground)


@app.command()
@plainly
def chat(
    language: Annotated[
        str, typer.Option(help="Language of the welcome, en or fr; afterwards the bot follows yours.")
    ] = "en",
    var: Var = None,
) -> None:
    """Talk to the bot in this terminal: no server, no Node."""
    from bot.chat import run
    from bot.settings import read_settings

    run(read_settings(var=var), language)


@app.command()
@plainly
def train(
    var: Var = None,
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Do nothing when a model that can serve is there already.")
    ] = False,
) -> None:
    """Learn from data/examples, measure on data/examples/heldout, and store the model that serves."""
    from bot.learn import run
    from bot.settings import read_settings

    run(read_settings(var=var), if_needed=if_needed, now=datetime.now(UTC))


@app.command()
@plainly
def evaluate(
    as_json: Annotated[bool, typer.Option("--json", help="All figures as one JSON object.")] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write one page with the figures and plots here.", show_default=False)
    ] = None,
    var: Var = None,
) -> None:
    """Measure the model on data/examples/heldout, beside trivial models that learned from the same examples."""
    from bot.evaluate import run
    from bot.settings import read_settings

    run(read_settings(var=var), as_json=as_json, html=html)


@app.command()
@plainly
def classify(
    text: Annotated[
        str | None,
        typer.Argument(
            help="The message, or a file with one message a line. Left out, or -: one message a line is read from standard input."
        ),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="One JSON object a line, for programs; a line may be a JSON string, or an object with a text.",
        ),
    ] = False,
    jobs: Annotated[int, typer.Option(help="Processes that read side by side; the order stays.", min=1, max=64)] = 1,
    var: Var = None,
) -> None:
    """Say what a message is about, how serious it is, how sure that is, and which words moved it."""
    from bot.classify import run
    from bot.settings import read_settings

    run(read_settings(var=var), text, as_json=as_json, jobs=jobs)


@app.command()
@plainly
def cases(
    limit: Annotated[int, typer.Option(help="How many to list.", min=1, max=1000)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    var: Var = None,
) -> None:
    """List the cases opened last."""
    from bot.lists import print_cases
    from bot.settings import read_settings

    print_cases(read_settings(var=var), limit, as_json=as_json)


@app.command()
@plainly
def tenant(
    tenant_id: Annotated[str, typer.Argument(help="Microsoft 365 tenant id (`local` for the terminal).")],
    plan: Annotated[
        str | None, typer.Option(help="Its plan, an id of data/rules/responses.toml.", show_default=False)
    ] = None,
    administrator: Annotated[
        list[str] | None,
        typer.Option(help="Object id of an administrator; once for each. Replaces the list.", show_default=False),
    ] = None,
    partner: Annotated[
        list[str] | None,
        typer.Option(help="Object id of a delegated partner; once for each. Replaces the list.", show_default=False),
    ] = None,
    name: Annotated[str | None, typer.Option(help="What to call it.", show_default=False)] = None,
    zone: Annotated[str | None, typer.Option(help="Its time zone, such as Europe/Paris.", show_default=False)] = None,
    country: Annotated[
        str | None, typer.Option(help="Two letters: the country whose public holidays it keeps.", show_default=False)
    ] = None,
    opens: Annotated[
        str | None, typer.Option(help="When business hours begin, such as 09:00.", show_default=False)
    ] = None,
    closes: Annotated[str | None, typer.Option(help="When they end.", show_default=False)] = None,
    days: Annotated[str | None, typer.Option(help="Working days, 0 for Monday: 0,1,2,3,4.", show_default=False)] = None,
    support_phone: Annotated[str | None, typer.Option(help="The number of support.", show_default=False)] = None,
    network_team: Annotated[str | None, typer.Option(help="How to reach its network team.", show_default=False)] = None,
    help_desk: Annotated[str | None, typer.Option(help="How to reach its own help desk.", show_default=False)] = None,
    var: Var = None,
) -> None:
    """Show a tenant, or set its plan, hours, administrators, partners and contacts."""
    from bot.lists import describe_tenant
    from bot.settings import read_settings

    given = {
        "plan": plan,
        "name": name,
        "zone": zone,
        "country": country,
        "opens": opens,
        "closes": closes,
        "days": days,
        "support_phone": support_phone,
        "network_team": network_team,
        "help_desk": help_desk,
    }
    changes = {key: value for key, value in given.items() if value is not None}
    describe_tenant(read_settings(var=var), tenant_id, changes, administrator, partner)


@app.command()
@plainly
def agents(
    agent: Annotated[
        list[str] | None,
        typer.Option(help="Object id of a support agent; once for each. Replaces the list.", show_default=False),
    ] = None,
    var: Var = None,
) -> None:
    """Show the support agents, who work the service requests of every tenant, or name them."""
    from bot.lists import name_agents
    from bot.settings import read_settings

    name_agents(read_settings(var=var), agent)


@app.command()
@plainly
def surveys(
    limit: Annotated[int, typer.Option(help="How many to list.", min=1, max=1000)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    var: Var = None,
) -> None:
    """List what people answered last when they were asked how it went."""
    from bot.lists import print_surveys
    from bot.settings import read_settings

    print_surveys(read_settings(var=var), limit, as_json=as_json)


@app.command()
@plainly
def doctor(var: Var = None) -> None:
    """Check settings, rule book, texts, model, database and tools, and say what to mend."""
    from bot.doctor import run
    from bot.settings import read_settings

    if not run(read_settings(var=var)):
        raise typer.Exit(1)


if __name__ == "__main__":
    app()

"""`triage serve`, `chat`, `doctor`: run the bot, and see that all is there."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.shared import Var, plainly

app = typer.Typer()


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
def doctor(
    route: Annotated[
        str | None,
        typer.Option(
            help="Show where a case of this category would go, and try those desks instead; no case is made.",
            show_default=False,
        ),
    ] = None,
    tenant: Annotated[str, typer.Option(help="With --route: of this tenant.", show_default=False)] = "",
    severity: Annotated[str, typer.Option(help="With --route: of this severity, A, B or C.", show_default=False)] = "",
    holder: Annotated[str, typer.Option(help="With --route: held by support or administrators.")] = "support",
    var: Var = None,
) -> None:
    """Check settings, rule book, texts, model, database, desks and tools, and say what to mend."""
    from bot.doctor import run
    from bot.settings import read_settings

    if route is not None:
        from bot.routing import Asked, try_route

        if not try_route(read_settings(var=var), Asked(route, severity, tenant, holder)):
            raise typer.Exit(1)
        return
    if not run(read_settings(var=var)):
        raise typer.Exit(1)

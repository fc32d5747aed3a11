"""`triage cases`, `tenant`, `agents`, `surveys`: what is stored, and who is who."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.shared import Var, plainly

app = typer.Typer()


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

"""What can be set from outside: `TRIAGE_*` variables, or the same names in a `.env` file. Read once, at start."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

PREFIX = "TRIAGE_"
ROOT = Path(__file__).resolve().parent.parent


class BadSettings(Exception):
    """A setting cannot be used: the text names it and says what it takes."""


class Settings(BaseSettings):
    """Every setting, with what it is for; the same words stand in `.env.example` and docs/settings.md."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    var: Path = Field(Path("var"), description="Folder for all that is written: the SQLite file and the model.")
    data: Path = Field(ROOT / "data", description="Folder of the rule book, the texts and the training examples.")
    database_url: str = Field(
        "",
        description="sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME. Empty: a SQLite file in the var folder.",
    )
    host: str = Field(
        "127.0.0.1", description="Address to listen on. Without an app id only a loopback address is accepted."
    )
    port: int = Field(3978, ge=0, le=65535, description="Port to listen on.")
    app_id: str = Field(
        "",
        description="Microsoft app id of the bot's registration. Empty: local development, no sign-in, loopback only.",
    )
    app_password: SecretStr = Field(SecretStr(""), description="Client secret of the registration (single tenant).")
    app_type: Literal["SingleTenant", "UserAssignedMSI"] = Field(
        "SingleTenant", description="Kind of registration: SingleTenant or UserAssignedMSI."
    )
    app_tenant: str = Field("", description="Tenant id of a single-tenant registration.")
    service_hosts: tuple[str, ...] = Field(
        (),
        description='More connector hosts that may be called, as a JSON list: ["127.0.0.1"]. Microsoft\'s own are known.',
    )
    openid_metadata_url: str = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where the channel's signing keys are described.",
    )
    plan: str = Field(
        "enterprise_e3",
        description="Plan of tenants that nobody has described with `triage tenant`; an id of data/rules/responses.toml.",
    )
    desks: Path | None = Field(
        None,
        description="File of desks and routes, such as your own copy of data/rules/desks.toml. Empty: that one, which has none.",
    )
    desk_hosts: tuple[str, ...] = Field(
        (),
        description="Hosts of desks that may be called over plain HTTP or inside your own network, as a JSON list: "
        '["rt.intranet"]. All others: https, at public addresses only.',
    )
    public_url: str = Field(
        "", description="Where Teams and browsers reach the bot, without /api/messages: https://support.contoso.com."
    )
    teams_app_id: str = Field("", description="GUID of the Teams app, where it is not that of the bot.")
    teams_version: str = Field(
        "", description="Version of the Teams app, such as 1.2.3; raise it with each change. Empty: the program's own."
    )
    teams_developer: str = Field("Triage", max_length=32, description="Who offers the app, as Teams shows it.")
    teams_website: str = Field("", description="Page of whoever offers the app. Empty: the public URL.")
    teams_privacy: str = Field("", description="Page of the app's privacy statement. Empty: the public URL.")
    teams_terms: str = Field("", description="Page of the app's terms of use. Empty: the public URL.")
    teams_domains: tuple[str, ...] = Field(
        (), description="More domains that the app may open, as a JSON list; that of the public URL is known."
    )
    teams_resource: str = Field(
        "", description="Application ID URI for single sign-on, such as api://botid-GUID. Empty: none is set up."
    )
    graph: bool = Field(
        False,
        description="Whether administrators are those whom Microsoft Graph names. Needs an app id and its tenant.",
    )
    graph_url: str = Field("https://graph.microsoft.com", description="Where Microsoft Graph is.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much is logged: debug, info, warning or error."
    )

    signing_key: SecretStr = Field(
        SecretStr(""),
        description="Key that signs models (32 bytes in base64). Empty: the one under var/keys, made at the first training.",
    )
    trusted_keys: tuple[str, ...] = Field(
        (),
        description="Public keys whose models may be opened, besides our own, as a JSON list; `triage models key` shows ours.",
    )
    operators: tuple[str, ...] = Field(
        (), description="Object ids of the people who may see the operators' pages, as a JSON list."
    )
    operator_role: str = Field(
        "Triage.Operator", description="App role of the registration whose members may see the operators' pages."
    )
    sign_in_app_id: str = Field(
        "",
        description="App id of the registration that operators sign in to where the bot is a managed identity, which vouches for it.",
    )
    pages_key: SecretStr = Field(
        SecretStr(""),
        description="Secret that seals the operators' sessions; the same on every replica. Empty: a key file in the var folder.",
    )
    keep_days: int = Field(
        180,
        ge=0,
        description="Days that messages, labels, and traces of conversations are kept. 0 keeps everything. Cases are not among them.",
    )

    @field_validator("public_url")
    @classmethod
    def _an_https_address(cls, url: str) -> str:
        """Teams calls nothing else."""
        parts = urlsplit(url)
        if url and (parts.scheme != "https" or not parts.hostname or parts.path not in ("", "/")):
            raise ValueError("an address like https://support.contoso.com is expected, without a path")
        return url.rstrip("/")

    @property
    def database(self) -> str:
        """The database URL, with its default in the var folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.var / 'triage.db'}"

    @property
    def desk_file(self) -> Path:
        """The table of desks and routes."""
        return self.desks or self.data / "rules" / "desks.toml"

    @property
    def file_folder(self) -> Path:
        """Where the bytes of files are that people sent along."""
        return self.var / "files"

    @property
    def model_folder(self) -> Path:
        """Where the model is."""
        return self.var / "model"


def read_settings(**given: object) -> Settings:
    """Settings from the environment and `.env`; what is `given` (and not None) outranks both. Raises `BadSettings`."""
    for name in {**os.environ, **dotenv_values(".env")}:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() not in Settings.model_fields:
            near = difflib.get_close_matches(name.removeprefix(PREFIX).lower(), Settings.model_fields, n=1)
            hint = f"; did you mean {PREFIX}{near[0].upper()}?" if near else "; `triage doctor` lists them all"
            raise BadSettings(f"{name}: there is no such setting{hint}")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except SettingsError as unreadable:
        named = next((field for field in Settings.model_fields if f'"{field}"' in str(unreadable)), "")
        raise BadSettings(f'{PREFIX}{named.upper()}: a JSON list is expected, such as ["127.0.0.1"]') from None
    except ValidationError as wrong:
        problems = [f"{PREFIX}{str(error['loc'][0]).upper()}: {error['msg']}" for error in wrong.errors()]
        raise BadSettings("\n".join(problems)) from None

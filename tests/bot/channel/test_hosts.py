"""Only connectors are called: nobody talks the bot into taking its token elsewhere."""

from __future__ import annotations

import pytest

from bot.channel.botframework.hosts import LOOPBACK, MICROSOFT, is_allowed

MICROSOFTS = [
    "https://smba.trafficmanager.net/emea/",
    "https://SMBA.trafficmanager.net/emea/tenant/",
    "https://smba.trafficmanager.net:443/amer",
    "https://smba.infra.gcc.teams.microsoft.com/gcc",
    "https://smba.infra.gov.teams.microsoft.us/gcch",
    "https://webchat.botframework.com/",
    "https://europe.directline.botframework.com",
]
STRANGERS = [
    "",
    "smba.trafficmanager.net",
    "//smba.trafficmanager.net/",
    "http://smba.trafficmanager.net/",
    "ftp://smba.trafficmanager.net/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://evil-smba.trafficmanager.net/",
    "https://sub.smba.trafficmanager.net/",
    "https://evil.example/smba.trafficmanager.net",
    "https://evil.example?smba.trafficmanager.net",
    "https://evil.example#smba.trafficmanager.net",
    "https://smba.trafficmanager.net@evil.example/",
    "https://user:secret@smba.trafficmanager.net/",
    "https://smba.trafficmanager.net:8443/",
    "https://smba.trafficmanager.net:99999/",
    "https://smba.trafficmanager.net:x/",
    "https://smba.trafficmanager.net./",
    "https://smba.trafficmanager.net\\@evil.example/",
    "https://smba.traffic\tmanager.net/",
    "https://smba.trafficmanager.net/\r\nHost: evil",
    " https://smba.trafficmanager.net/",
    "https://ѕmba.trafficmanager.net/",
    "https://smba.trafficmanager.net/?x=1",
    "https://smba.trafficmanager.net/#x",
    "https://botframework.com/",
    "https://evilbotframework.com/",
    "https://.botframework.com/",
    "https://169.254.169.254/metadata",
    "https://10.0.0.1/",
    "https://[::1]/",
    "https://[bad/",
    "http://127.0.0.1:3978/",
    "http://localhost:3978/",
    "http://2130706433/",
    "http://127.1/",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("url", MICROSOFTS)
def test_microsofts_connectors_are_called(url):
    assert is_allowed(url, MICROSOFT)


@pytest.mark.parametrize("url", STRANGERS)
def test_nobody_else_is(url):
    assert not is_allowed(url, MICROSOFT)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:3978/", "http://localhost/", "https://localhost:1/", "http://[::1]:9/"]
)
def test_in_development_this_machine_is_called(url):
    assert is_allowed(url, LOOPBACK)


@pytest.mark.parametrize(
    "url",
    [*MICROSOFTS, "http://127.0.0.2/", "http://127.0.0.1.evil.example/", "http://localhost@evil.example/", "http://0/"],
)
def test_in_development_nobody_else_is_called(url):
    assert not is_allowed(url, LOOPBACK)


def test_a_host_named_in_the_settings_is_called_over_https_only():
    hosts = (*MICROSOFT, "connector.example")
    assert is_allowed("https://connector.example/teams", hosts)
    assert not is_allowed("http://connector.example/teams", hosts)


def test_this_machine_can_be_named_in_the_settings():
    assert is_allowed("http://127.0.0.1:56789/emea/", (*MICROSOFT, "127.0.0.1"))
    assert not is_allowed("http://localhost:56789/emea/", (*MICROSOFT, "127.0.0.1"))

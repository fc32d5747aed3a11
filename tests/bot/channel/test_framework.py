"""A bot registration is whole, or refused at start."""

from __future__ import annotations

import pytest

from bot.channel.botframework import BotFramework


@pytest.mark.parametrize(
    "settings",
    [{"app_id": "a"}, {"app_id": "a", "app_password": "s", "app_type": "MultiTenant"}],
    ids=["no password", "unknown type"],
)
def test_half_a_registration_is_refused_at_start(settings):
    with pytest.raises(ValueError, match=r"password|SingleTenant"):
        BotFramework.build(**settings)


def test_a_managed_identity_is_a_whole_registration():
    assert not BotFramework.build(app_id="a", app_type="UserAssignedMSI").anonymous
    assert BotFramework.build().anonymous

"""Settings come from the environment, within their bounds, and a typo is an error."""

from __future__ import annotations

import pytest

from service.settings import InvalidSetting, Settings, digest_of


def test_defaults():
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.models) == ("127.0.0.1", 8080, "bundled")


def test_variables_are_read_and_the_command_line_wins():
    settings = Settings.from_environment({"PRESSESCHAU_PORT": "9000", "PRESSESCHAU_CORES": "4"}, port=9001)
    assert (settings.port, settings.cores) == (9001, 4)


def test_an_empty_variable_is_unset():
    assert Settings.from_environment({"PRESSESCHAU_PORT": ""}).port == 8080


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PRESSESCHAU_PORT", "99999"),
        ("PRESSESCHAU_PORT", "http"),
        ("PRESSESCHAU_CORES", "-1"),
        ("PRESSESCHAU_PROT", "8080"),
        ("PRESSESCHAU_REDIS_URL", "localhost:6379"),
        ("PRESSESCHAU_API_KEYS", "a key that is no digest"),
    ],
)
def test_a_bad_value_is_named_by_its_variable(variable, value):
    with pytest.raises(InvalidSetting, match=variable):
        Settings.from_environment({variable: value})


def test_keys_are_known_by_their_digests():
    settings = Settings.from_environment({"PRESSESCHAU_API_KEYS": f"{digest_of('eins')}, {digest_of('zwei')}"})
    assert settings.knows_key("eins") and settings.knows_key("zwei")
    assert not settings.knows_key("drei") and not settings.knows_key("")

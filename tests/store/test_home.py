"""What `config.toml` says: strictly, and as far as it can be followed."""

import pytest

from store.errors import ConfigError
from store.home import Config, Home, read_config_leniently


def test_without_a_file_the_defaults_hold(home: Home) -> None:
    assert read_config_leniently(home) == (Config(), [])


def test_each_mistake_is_told_and_the_good_keys_hold(home: Home) -> None:
    home.config.write_text('widht = 3\nwidth = 7\ntheme = "light"\nmodel = true\nmodels = { de = "x", fr = 3 }\n')
    config, mistakes = read_config_leniently(home)
    assert config == Config(theme="light", models={"de": "x"})
    assert [mistake.message for mistake in mistakes] == [
        "there is no setting 'widht'",
        "width must be from 30 to 160",
        "model must be a text",
        "models.fr must be a text",
    ]
    assert all(isinstance(mistake, ConfigError) for mistake in mistakes)


@pytest.mark.parametrize("data", [b"= broken", b"\xff\xfe", b"width = 60\nwidth = 70"])
def test_what_is_no_toml_gives_the_defaults_and_one_mistake(home: Home, data: bytes) -> None:
    home.config.write_bytes(data)
    config, [mistake] = read_config_leniently(home)
    assert config == Config() and "cannot be read" in mistake.message

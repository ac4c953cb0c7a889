"""Every setting of the service, declared once: field name, default, bounds and help.

The environment variable of a setting is its name in capitals behind `PRESSESCHAU_`; docs/settings.md is rendered from
this declaration (`presseschau settings`) and a test holds the two together.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from importlib.util import find_spec
from typing import Any

REDIS_SCHEMES = ("redis://", "rediss://", "unix://")
ENVIRONMENT_PREFIX = "PRESSESCHAU_"
DATABASE_URL = re.compile(r"sqlite:///.|postgresql://.")
SHA256_HEX = re.compile(r"[0-9a-f]{64}")


class InvalidSetting(ValueError):
    """A setting has a value that the service cannot run with; the message names the variable and the bound."""


def setting(default: Any, help: str, *, minimum: int | None = None, maximum: int | None = None) -> Any:
    """Declare one setting: a dataclass field that carries its help and, for a number, its bounds."""
    return field(default=default, metadata={"help": help, "minimum": minimum, "maximum": maximum})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set. Bounds are inclusive; sizes are in the unit that the name says."""

    host: str = setting("127.0.0.1", "Address to listen on. A public one is refused unless `api_keys` is set.")
    port: int = setting(8080, "Port to listen on; 0 takes a free one.", minimum=0, maximum=65535)
    models: str = setting(
        "bundled",
        "Model profile: `bundled`, `opus`, `opus-mt`, or a path to a folder with a catalog.toml; `+summarization` "
        "behind it adds the abstractive engine.",
    )
    cores: int = setting(
        0,
        "Processor cores that the models may keep busy; 0: as many as the process may use, at most 8.",
        minimum=0,
        maximum=256,
    )
    max_requests: int = setting(
        16, "Requests worked on or waiting at once; one more is answered 503 `overloaded`.", minimum=1, maximum=1000
    )
    request_seconds: int = setting(
        60,
        "Longest work on one request, in seconds; then it is answered 503 `deadline_exceeded`.",
        minimum=1,
        maximum=3600,
    )
    sentence_cache_bytes: int = setting(
        64_000_000,
        "Memory for translated sentences, and five eighths of it for what the gate said of them and for names: "
        "an edited article costs what was changed. 0 remembers none.",
        minimum=0,
        maximum=100_000_000_000,
    )
    cache_bytes: int = setting(
        32_000_000,
        "Memory for whole answers, so that the same question costs nothing twice; 0 remembers none.",
        minimum=0,
        maximum=100_000_000_000,
    )
    cache_seconds: int = setting(86_400, "How long an answer is remembered, in seconds.", minimum=1, maximum=31_536_000)
    redis_url: str = setting(
        "",
        "A Redis that keeps the answers instead of this process, for example `redis://localhost:6379/0`; needs the "
        "extra `redis`. It then holds article text.",
    )
    max_body_bytes: int = setting(
        2_000_000, "Largest request body, in bytes; a larger one is answered 413.", minimum=1_000, maximum=100_000_000
    )
    max_batch_bytes: int = setting(
        20_000_000, "The same for a batch of articles.", minimum=1_000, maximum=1_000_000_000
    )
    max_characters: int = setting(
        100_000, "Longest article, in code points; a longer one is answered 413.", minimum=1_000, maximum=1_000_000
    )
    api_keys: tuple[str, ...] = setting(
        (),
        "SHA-256 digests (hex, separated by commas) of the Bearer keys that may call `/v1/`. Empty: no key is asked.",
    )

    database: str = setting(
        "sqlite:///~/.local/state/presseschau/presseschau.sqlite3",
        "Where stored glossaries are kept: `sqlite:///` and a path, or `postgresql://user:password@host/name` "
        "(extra `postgres`). Opened when a request needs it.",
    )

    def __post_init__(self) -> None:
        for declared in fields(self):
            check_bounds(declared, getattr(self, declared.name))
        for digest in self.api_keys:
            if not SHA256_HEX.fullmatch(digest):
                raise InvalidSetting(
                    f"{variable(declared_field('api_keys'))} holds something that is no SHA-256 in hex"
                )
        if not DATABASE_URL.match(self.database):
            # The value is not shown: it may hold a password.
            raise InvalidSetting(
                f"{variable(declared_field('database'))} must begin with sqlite:/// and a path, or with postgresql://"
            )
        if self.redis_url:
            check_redis(self.redis_url)
        if not self.api_keys and not is_loopback(self.host):
            raise InvalidSetting(
                f"{self.host} can be reached from other machines: set PRESSESCHAU_API_KEYS first "
                "(`presseschau key` makes one), or listen on 127.0.0.1"
            )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], **overrides: Any) -> Settings:
        """Read each setting from its variable; an override (from the command line) wins, an empty variable is unset."""
        known = {variable(declared): declared for declared in fields(cls)}
        unknown = sorted(name for name in environment if name.startswith(ENVIRONMENT_PREFIX) and name not in known)
        if unknown:
            raise InvalidSetting(f"unknown setting {', '.join(unknown)}; known are {', '.join(known)}")
        found = {known[name].name: parse(known[name], environment[name]) for name in known if environment.get(name)}
        return cls(**{**found, **overrides})

    def knows_key(self, key: str) -> bool:
        """Whether a Bearer key is one of ours, compared by digest and in constant time."""
        digest = digest_of(key)
        return any([hmac.compare_digest(digest, known) for known in self.api_keys])


def digest_of(key: str) -> str:
    """SHA-256 in hex. Keys are 256 random bits, so a slow password hash would protect nothing more."""
    return hashlib.sha256(key.encode()).hexdigest()


def variable(declared: Field[Any]) -> str:
    return ENVIRONMENT_PREFIX + declared.name.upper()


def declared_field(name: str) -> Field[Any]:
    return next(declared for declared in fields(Settings) if declared.name == name)


def parse(declared: Field[Any], raw: str) -> Any:
    """Turn the text of a variable into the type of its setting."""
    if isinstance(declared.default, tuple):
        return tuple(part.strip().lower() for part in raw.split(",") if part.strip())
    if not isinstance(declared.default, int):
        return raw
    try:
        return int(raw)
    except ValueError:
        raise InvalidSetting(f"{variable(declared)} must be a whole number, not {raw!r}") from None


def check_bounds(declared: Field[Any], value: Any) -> None:
    minimum, maximum = declared.metadata["minimum"], declared.metadata["maximum"]
    if minimum is not None and not minimum <= value <= maximum:
        raise InvalidSetting(f"{variable(declared)} must be between {minimum} and {maximum}, not {value}")


def check_redis(url: str) -> None:
    """The URL itself is not shown: it may hold a password."""
    name = variable(declared_field("redis_url"))
    if not url.startswith(REDIS_SCHEMES):
        raise InvalidSetting(f"{name} must begin with {', '.join(REDIS_SCHEMES)}")
    if find_spec("redis") is None:
        raise InvalidSetting(f"{name} needs the extra redis: pip install '.[redis]'")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address. A name other than localhost counts as public."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def markdown() -> str:
    """The settings as docs/settings.md shows them."""
    rows = [
        f"| `{variable(declared)}` | {shown_default(declared)} | {shown_bounds(declared)} | {help_of(declared)} |"
        for declared in fields(Settings)
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Rendered from `service/settings.py` by `presseschau settings`; do not edit by hand.",
            "",
            "| variable | default | bounds | what it does |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def help_of(declared: Field[Any]) -> str:
    return declared.metadata["help"]


def shown_default(declared: Field[Any]) -> str:
    return f"`{declared.default}`" if declared.default not in ((), "") else "none"


def shown_bounds(declared: Field[Any]) -> str:
    if declared.metadata["minimum"] is None:
        return ""
    return f"{declared.metadata['minimum']} to {declared.metadata['maximum']}"

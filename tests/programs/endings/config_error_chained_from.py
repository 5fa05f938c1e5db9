# snakepen: {"files": {"settings.json": "{\"port\": 8080, \"hosts\": [\"a\", \"b\",]}"}}
import json


class ConfigError(Exception):
    """Raised when the settings cannot be used."""


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.loads(f.read())


def start(path):
    print("loading", path)
    try:
        config = load(path)
    except ValueError as exc:
        raise ConfigError(f"{path} is not valid (line {exc.lineno}, column {exc.colno})") from None
    return config["port"]


try:
    start("settings.json")
except ConfigError as first:
    print("falling back:", first)
    try:
        start("defaults.json")
    except FileNotFoundError as missing:
        raise ConfigError("no usable settings") from missing

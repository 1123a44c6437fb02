"""What a broken input is, and how one is made from a text that ships."""

from dataclasses import dataclass
from pathlib import Path

PING = "library/ping.yaml"
FILE = "library/tcp-file.yaml"
LOAD = "library/receive-livelock.yaml"
REPLAY = "library/replay.yaml"
NAPI = "paths/napi-socket.yaml"
XEON = "profiles/xeon-2018.yaml"


@dataclass
class Broken:
    """In `command` and `message`, {dir} is a scratch folder {file} the input in it; {line} and {at} are the
    place of what follows the mark ▸, which stands for nothing else."""
    name: str
    made: object  # the content of {file}: a text, bytes, or a function that gives either; None: no file
    command: str
    exit: int
    message: str  # a part of what is said
    stdout: str = ""  # a file that takes the place of the pipe
    environment: tuple = ()
    prints: bool = False  # the table of a run that was carried out: only the judging failed


def text(name, made, message):
    return Broken(name, made, "check {file}", 2, message)


def here(name, made, message):
    """Said of the place that is marked."""
    return text(name, made, "{file}:{at}: error: " + message)


def whole(name, made, message):
    """Said of the file as a whole."""
    return text(name, made, "{file}: error: " + message)


def command(name, words, message):
    return Broken(name, None, words, 2, message)


def shipped(name):
    return (Path("scenarios") / name).read_text(encoding="utf-8")


def edited(name, *edits):
    """A text that ships, with each (old, new) put in place."""
    def make():
        content = shipped(name)
        for old, new in edits:
            if old not in content:
                raise ValueError(f"{name} no longer has '{old}'")
            content = content.replace(old, new, 1)
        return content
    return make


def cut(name, before):
    """A text that ships, as far as `before`."""
    return lambda: shipped(name)[:shipped(name).index(before)]

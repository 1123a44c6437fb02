# Validates the texts that ship against the JSON Schemas, and checks that a wrong text is refused by them.
# Exit code 77 (skipped): python3-jsonschema or python3-yaml is not installed.
import copy
import json
import pathlib
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

SCENARIOS = pathlib.Path(sys.argv[1])
failures = []


def schema_of(kind):
    schema = json.loads((SCENARIOS / "schema" / f"{kind}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def texts_of(folder):
    files = sorted((SCENARIOS / folder).glob("*.yaml"))
    return {file.name: yaml.safe_load(file.read_text()) for file in files}


def expect_valid(validator, name, text):
    failures.extend(f"{name}: {error.json_path}: {error.message}" for error in validator.iter_errors(text))


# `place` leads to the map that gets the wrong key or value.
def expect_refused(validator, name, text, place, key, value):
    broken = copy.deepcopy(text)
    node = broken
    for step in place:
        node = node[step]
    node[key] = value
    if validator.is_valid(broken):
        failures.append(f"{name}: accepted {key}: {value} in {place}")


def expect_needed(validator, name, text, place, key):
    broken = copy.deepcopy(text)
    node = broken
    for step in place:
        node = node[step]
    del node[key]
    if validator.is_valid(broken):
        failures.append(f"{name}: accepted without {key} in {place}")


for kind, folder in (("path", "paths"), ("profile", "profiles"), ("scenario", "library")):
    validator = schema_of(kind)
    texts = texts_of(folder)
    for name, text in texts.items():
        expect_valid(validator, name, text)
        expect_refused(validator, name, text, [], "no such key", 1)
    print(f"{kind}: {len(texts)} texts")

napi = texts_of("paths")["napi-socket.yaml"]
for place, key, value in (
    (["stages", "recv"], "domain", "kernal"),
    (["stages", "recv"], "why", {"en": "only English"}),
    (["hops", 0], "call", "always"),
    (["hops", 0], "whn", "udp"),
    (["parameters", "rx_ring"], "sets", "rx ring.size"),
):
    expect_refused(schema_of("path"), "napi-socket.yaml", napi, place, key, value)

# As path::check has it.
for place, key in (([], "story"), (["stages", "recv"], "stands for"), (["stages", "recv"], "why")):
    expect_needed(schema_of("path"), "napi-socket.yaml", napi, place, key)

livelock = texts_of("library")["receive-livelock.yaml"]
for place, key, value in (
    (["links", 0], "rate", "10"),
    (["links", 0], "loss", 1.5),
    (["workloads", 0], "ping", {}),
    (["hosts", "source"], "cores", 2),
    ([], "warmup", "5 parsec"),
):
    expect_refused(schema_of("scenario"), "receive-livelock.yaml", livelock, place, key, value)

alpha = texts_of("profiles")["alpha-1996.yaml"]
for price in ({"cycles per packet": 1}, {"estimate": "x"}, {"ns latency": -1, "source": "x"}):
    expect_refused(schema_of("profile"), "alpha-1996.yaml", alpha, ["ops"], "irq.handler", price)

print("\n".join(failures))
sys.exit(1 if failures else 0)

"""Writes expected.json: what the real Jinja2 gives for the snippets and families here, in the environment that
transformers uses for chat templates (trim_blocks, lstrip_blocks, break/continue, its own tojson).

    /usr/bin/python3 make_expected.py        # needs jinja2 3.1; the tests themselves do not need Python
"""
import datetime
import json
import pathlib

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import SandboxedEnvironment

HERE = pathlib.Path(__file__).parent
NOW = datetime.datetime(2025, 3, 9, 7, 5, 3, 120, datetime.timezone.utc)


class Generation(Extension):
    """transformers' block around what the assistant generated: only renders its body."""
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    @staticmethod
    def _body(caller):
        return caller()


class Raised(Exception):
    pass


def raise_exception(message):
    raise Raised(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment():
    env = SandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    del env.globals["lipsum"]
    return env


ENV = environment()


def render(source, variables):
    """The outcome as the fixture keeps it: text, or an error, or what raise_exception said."""
    try:
        return {"text": ENV.from_string(source).render(**variables)}
    except Raised as raised:
        return {"raised": str(raised)}
    except Exception as fault:
        return {"error": type(fault).__name__ + ": " + str(fault)[:200]}


def snippets():
    for file in sorted((HERE / "snippets").glob("*.txt")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            yield f"{file.stem}:{number}", line
    for file in sorted((HERE / "snippets").glob("*.blocks")):
        for number, block in enumerate(file.read_text("utf-8").split("\n===\n"), 1):
            yield f"{file.stem}:{number}", block


def main():
    context = json.loads((HERE / "context.json").read_text("utf-8"))
    results = []
    for name, source in snippets():
        fresh = json.loads(json.dumps(context))
        results.append({"name": name, "template": source, **render(source, fresh)})
    conversations = json.loads((HERE / "conversations.json").read_text("utf-8"))
    families = []
    for file in sorted((HERE / "families").glob("*.jinja")):
        source = file.read_text("utf-8")
        for name, variables in conversations.items():
            given = {"tools": None, "documents": None, "bos_token": "<s>", "eos_token": "</s>", **variables}
            families.append({"family": file.stem, "conversation": name, **render(source, json.loads(json.dumps(given)))})
    text = json.dumps({"snippets": results, "families": families}, ensure_ascii=True, indent=1)
    (HERE / "expected.json").write_text(text + "\n", "utf-8")
    errors = sum("error" in r for r in results)
    print(len(results), "snippets,", errors, "of them errors;", len(families), "family renders,",
          sum("text" in f for f in families), "of them texts")


if __name__ == "__main__":
    main()

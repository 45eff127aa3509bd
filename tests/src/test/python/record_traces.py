"""Runs the programs under traces/ with CPython and writes what their exceptions' traces show to the golden files.

    python3.13 record_traces.py            writes ../resources/golden/traces/*.txt
    python3.13 record_traces.py --check    compares with them instead; exit status 1 when they differ

A golden file holds, for each program of the source of the same name, its exceptions in the order in which they were noted
or escaped, each with its user frames, outermost first: function, line, and the label (@x) which that line carries in the
Python source and in its Java twin.
"""
import gc
import importlib
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
GOLDEN = HERE.parent / "resources" / "golden" / "traces"
sys.path.insert(0, str(HERE))
sys.setrecursionlimit(5000)

import rig  # noqa: E402

LABEL = re.compile(r"# @([\w-]+)")
JAVA_NAMES = {"__next__": "next", "__aexit__": "exit", "__await__": "requests", "__iter__": "iterator"}


def render(exception, frames, source, lines):
    yield "  " + type(exception).__name__
    shown = []
    for code, line in frames:
        if pathlib.Path(code.co_filename) != source:
            continue
        label = LABEL.search(lines[line - 1])
        if label is None:
            raise SystemExit(f"{source.name}:{line} is in a trace and has no label")
        shown.append(f"    {JAVA_NAMES.get(code.co_name, code.co_name)} {line} @{label[1]}")
    yield from folded(shown)


def folded(shown):
    """Many equal frames in a row as one line with a count."""
    i = 0
    while i < len(shown):
        j = i
        while j < len(shown) and shown[j] == shown[i]:
            j += 1
        yield shown[i] + (f" x{j - i}" if j - i > 1 else "")
        i = j


def record(source):
    rig.programs.clear()
    importlib.import_module("traces." + source.stem)
    lines = source.read_text().splitlines()
    out = [f"# CPython's traces of {source.name}, written by record_traces.py"]
    for name, program in rig.programs.items():
        rig.notes.clear()
        out.append(name)
        try:
            program()
        except BaseException as escaped:
            rig.notes.append((escaped, rig.frames_of(escaped)))
        for exception, frames in rig.notes:
            out.extend(render(exception, frames, source, lines))
    return "\n".join(out) + "\n"


def main(check):
    gc.disable()
    differing = []
    for source in sorted((HERE / "traces").glob("*.py")):
        golden = GOLDEN / (source.stem + ".txt")
        text = record(source)
        if not check:
            GOLDEN.mkdir(parents=True, exist_ok=True)
            golden.write_text(text)
        elif golden.read_text() != text:
            differing.append(source.name)
    if differing:
        raise SystemExit("these differ from their golden files: " + ", ".join(differing))


main("--check" in sys.argv)

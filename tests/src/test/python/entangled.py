"""Runs programs of generators, coroutines or asynchronous generators that use one another with CPython and prints what they
log; the twin of EntangledRun.java.

Standard input holds programs, the text of EntangledProgram.java each, with a line "END" behind it. Each is answered by its
log and a line "END".
"""
import gc
import sys
import warnings

from entangled_async_generators import AsyncGeneratorRun
from entangled_coroutines import CoroutineRun
from entangled_generators import Run

KINDS = {"GENERATORS": Run, "COROUTINES": CoroutineRun, "ASYNC_GENERATORS": AsyncGeneratorRun}


def operation_of(words):
    verb, number, value = words
    return verb, int(number), None if value == "None" else int(value)


def program_of(lines):
    behind = lines.index("OPERATIONS")
    scripts = []
    for line in lines[1:behind]:
        if line == "BODY":
            scripts.append([])
        else:
            handling, delegate, *operation = line.split()
            scripts[-1].append((handling, int(delegate), operation_of(operation)))
    looks_ahead = any("LOOK_AHEAD" in line for line in lines)
    return scripts, [operation_of(line.split()) for line in lines[behind + 1:]], looks_ahead


def main():
    gc.disable()
    warnings.simplefilter("ignore")  # of coroutines that were never awaited
    sys.unraisablehook = lambda _: None
    kept = []  # what is not dropped is not finalised
    lines = []
    for line in map(str.strip, sys.stdin):
        if line != "END":
            lines.append(line)
            continue
        run = KINDS[lines[0]](*program_of(lines))
        kept.append(run)
        print("\n".join(run.events + ["END"]), flush=True)
        lines = []


main()

"""Runs programs of generators or coroutines that use one another with CPython and prints what they log; the twin of
EntangledRun.java.

Standard input holds programs, the text of EntangledProgram.java each, with a line "END" behind it. Each is answered by its
log and a line "END".
"""
import gc
import inspect
import sys
import types
import warnings

NOTHING = object()


class Failure(Exception):
    pass


def name(exception):
    if isinstance(exception, StopIteration):
        return f"StopIteration {exception.value}"
    return "GeneratorExit" if isinstance(exception, GeneratorExit) else str(exception)


class LookingAhead:
    """A generator with Java's hasNext(), which keeps a value; whatever resumes the generator otherwise drops that."""

    def __init__(self, generator):
        self.generator = generator
        self.ahead = NOTHING

    def __iter__(self):
        return self

    def __next__(self):
        if self.ahead is NOTHING:
            return next(self.generator)
        value = self.ahead
        self.ahead = NOTHING
        return value

    def has_next(self):
        if self.ahead is NOTHING:
            try:
                self.ahead = next(self.generator)
            except StopIteration:
                return False
        return True

    def send(self, value):
        self.drop()
        return self.generator.send(value)

    def throw(self, exception):
        self.drop()
        return self.generator.throw(exception)

    def close(self):
        self.drop()
        return self.generator.close()

    def drop(self):
        if not self.generator.gi_running:
            self.ahead = NOTHING


class Run:
    """One run of one program."""

    def __init__(self, scripts, operations, looks_ahead):
        self.events = []
        self.bodies = [self.body(number, script) for number, script in enumerate(scripts)]
        self.generators = [LookingAhead(body) for body in self.bodies] if looks_ahead else self.bodies
        for operation in operations:
            self.events.append("from outside")
            try:
                self.drive(operation)
            except BaseException:
                pass  # drive() has logged it
            self.events.append(" ".join(self.state(number) for number in range(len(scripts))))

    def log(self, number, event, value=""):
        self.events.append(f"{number} {event} {value}".strip())

    def body(self, number, script):
        self.log(number, "starts")
        for handling, delegate, operation in script:
            verb, operand, _ = operation
            if handling == "PLAIN":
                if verb == "YIELD":
                    self.log(number, "got", (yield operand))
                elif verb == "DELEGATE":
                    self.log(number, "result", (yield from self.generators[operand]))
                elif verb == "RETURN":
                    return operand
                elif verb == "RAISE":
                    raise Failure(f"Failure {operand}")
                else:
                    self.drive(operation)
                continue
            try:
                if verb == "YIELD":
                    self.log(number, "got", (yield operand))
                elif verb == "DELEGATE":
                    self.log(number, "result", (yield from self.generators[operand]))
                elif verb == "RETURN":
                    return operand
                elif verb == "RAISE":
                    raise Failure(f"Failure {operand}")
                else:
                    self.drive(operation)
            except BaseException as e:
                self.log(number, "caught", name(e))
                if handling == "SWALLOW" or handling == "SWALLOW_FAILURES" and not isinstance(e, GeneratorExit):
                    pass
                elif handling == "RAISE_ANOTHER":
                    raise Failure(f"Failure {70 + number}")
                elif handling == "YIELD":
                    self.log(number, "then got", (yield 90 + number))
                elif handling == "RETURN":
                    return 80 + number
                elif handling == "DELEGATE":
                    self.log(number, "then result", (yield from self.generators[delegate]))
                else:
                    raise
            finally:
                if handling == "FINALLY":
                    self.log(number, "finally")
                elif handling == "FINALLY_YIELD":
                    self.log(number, "finally got", (yield 40 + number))
        self.log(number, "ends")
        return 50 + number

    def drive(self, operation):
        verb, number, value = operation
        try:
            given = self.outcome(verb, number, value)
            self.events.append(f" {verb} {number} {value} -> {given}")
        except BaseException as e:
            self.events.append(f" {verb} {number} {value} ! {name(e)}")
            raise

    def outcome(self, verb, number, value):
        target = self.generators[number]
        if verb == "NEXT":
            return next(target)
        if verb == "SEND":
            return target.send(value)
        if verb == "THROW":
            return target.throw(Failure(f"Failure {value}"))
        if verb == "CLOSE":
            return target.close()
        if verb == "LOOK_AHEAD":
            return "yes" if target.has_next() else "no"
        return self.state(number)

    def state(self, number):
        delegate = self.bodies[number].gi_yieldfrom
        state = inspect.getgeneratorstate(self.bodies[number])[4:]
        return state if delegate is None else f"{state}>{self.generators.index(delegate)}"


@types.coroutine
def ask(value):
    return (yield value)


class CoroutineRun(Run):
    """One run of coroutines, which await where generators delegate. What is awaited is left alone by all others."""

    def __init__(self, scripts, operations, looks_ahead):
        self.awaited = set()
        super().__init__(scripts, operations, looks_ahead)

    async def body(self, number, script):
        self.log(number, "starts")
        for handling, delegate, operation in script:
            verb, operand, _ = operation
            if handling == "PLAIN":
                if verb == "YIELD":
                    self.log(number, "got", await ask(operand))
                elif verb == "DELEGATE":
                    if operand not in self.awaited:
                        self.awaited.add(operand)
                        try:
                            self.log(number, "result", await self.generators[operand])
                        finally:
                            self.awaited.discard(operand)
                elif verb == "RETURN":
                    return operand
                elif verb == "RAISE":
                    raise Failure(f"Failure {operand}")
                else:
                    self.drive(operation)
                continue
            try:
                if verb == "YIELD":
                    self.log(number, "got", await ask(operand))
                elif verb == "DELEGATE":
                    if operand not in self.awaited:
                        self.awaited.add(operand)
                        try:
                            self.log(number, "result", await self.generators[operand])
                        finally:
                            self.awaited.discard(operand)
                elif verb == "RETURN":
                    return operand
                elif verb == "RAISE":
                    raise Failure(f"Failure {operand}")
                else:
                    self.drive(operation)
            except BaseException as e:
                self.log(number, "caught", name(e))
                if handling == "SWALLOW" or handling == "SWALLOW_FAILURES" and not isinstance(e, GeneratorExit):
                    pass
                elif handling == "RAISE_ANOTHER":
                    raise Failure(f"Failure {70 + number}")
                elif handling == "YIELD":
                    self.log(number, "then got", await ask(90 + number))
                elif handling == "RETURN":
                    return 80 + number
                elif handling == "DELEGATE":
                    if delegate not in self.awaited:
                        self.awaited.add(delegate)
                        try:
                            self.log(number, "then result", await self.generators[delegate])
                        finally:
                            self.awaited.discard(delegate)
                else:
                    raise
            finally:
                if handling == "FINALLY":
                    self.log(number, "finally")
                elif handling == "FINALLY_YIELD":
                    self.log(number, "finally got", await ask(40 + number))
        self.log(number, "ends")
        return 50 + number

    def outcome(self, verb, number, value):
        if number in self.awaited:
            return "awaited"
        if verb == "CLOSE":
            self.generators[number].close()
            return None  # as in Java, whatever the body has returned
        return super().outcome("SEND" if verb == "NEXT" else verb, number, value)

    def state(self, number):
        awaited = self.bodies[number].cr_await
        state = inspect.getcoroutinestate(self.bodies[number])[5:]
        return f"{state}>{self.bodies.index(awaited)}" if awaited in self.bodies else state


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
        run = (Run if lines[0] == "GENERATORS" else CoroutineRun)(*program_of(lines))
        kept.append(run.bodies)
        print("\n".join(run.events + ["END"]), flush=True)
        lines = []


main()

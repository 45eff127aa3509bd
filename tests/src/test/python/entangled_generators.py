"""The generators of entangled.py, and what all its kinds of bodies have in common."""
import inspect

NOTHING = object()


class Failure(Exception):
    pass


def name(exception):
    if isinstance(exception, StopIteration):
        return f"StopIteration {exception.value}"
    if isinstance(exception, StopAsyncIteration):
        return "StopAsyncIteration"
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
            self.events.append(" ".join(self.states()))

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

    def states(self):
        return [self.state(number) for number in range(len(self.bodies))]

    def state(self, number):
        delegate = self.bodies[number].gi_yieldfrom
        state = inspect.getgeneratorstate(self.bodies[number])[4:]
        return state if delegate is None else f"{state}>{self.generators.index(delegate)}"

"""The coroutines of entangled.py."""
import inspect
import types

from entangled_generators import Failure, Run, name


@types.coroutine
def ask(value):
    return (yield value)


class CoroutineRun(Run):
    """One run of coroutines, which await where generators delegate. What is awaited is left alone by all others."""

    def __init__(self, scripts, operations, looks_ahead):
        self.awaited = set()  # by id(): what is awaited need not be hashable
        super().__init__(scripts, operations, looks_ahead)

    def take(self, number):
        """What is to be awaited, which is awaited from now on; None when it must not be."""
        other = self.generators[number]
        if id(other) in self.awaited:
            return None
        self.awaited.add(id(other))
        return other

    def take_for_good(self, number):
        """As take(), of what is the last that is awaited."""
        return self.take(number)

    def leave(self, other):
        self.awaited.discard(id(other))

    async def body(self, number, script):
        self.log(number, "starts")
        for handling, delegate, operation in script:
            verb, operand, value = operation
            if handling == "PLAIN":
                if verb in ("YIELD", "SUSPEND"):
                    self.log(number, "got", await ask(operand))
                elif verb == "DELEGATE":
                    if (other := self.take(operand)) is not None:
                        try:
                            self.log(number, "result", await other)
                        finally:
                            self.leave(other)
                elif verb == "EACH":
                    async for item in self.generators[operand]:
                        self.log(number, "item", item)
                        if value is not None:
                            break
                elif verb == "RETURN":
                    return operand
                elif verb == "RETURN_AWAITED":
                    if (other := self.take_for_good(operand)) is not None:
                        return await other
                elif verb == "RAISE":
                    raise Failure(f"Failure {operand}")
                else:
                    self.drive(operation)
                continue
            try:
                if verb in ("YIELD", "SUSPEND"):
                    self.log(number, "got", await ask(operand))
                elif verb == "DELEGATE":
                    if (other := self.take(operand)) is not None:
                        try:
                            self.log(number, "result", await other)
                        finally:
                            self.leave(other)
                elif verb == "EACH":
                    async for item in self.generators[operand]:
                        self.log(number, "item", item)
                        if value is not None:
                            break
                elif verb == "RETURN":
                    return operand
                elif verb == "RETURN_AWAITED":
                    if (other := self.take_for_good(operand)) is not None:
                        return await other
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
                elif handling in ("YIELD", "SUSPEND"):
                    self.log(number, "then got", await ask(90 + number))
                elif handling == "RETURN":
                    return 80 + number
                elif handling == "DELEGATE":
                    if (other := self.take(delegate)) is not None:
                        try:
                            self.log(number, "then result", await other)
                        finally:
                            self.leave(other)
                else:
                    raise
            finally:
                if handling == "FINALLY":
                    self.log(number, "finally")
                elif handling in ("FINALLY_YIELD", "FINALLY_SUSPEND"):
                    self.log(number, "finally got", await ask(40 + number))
                elif handling == "FINALLY_DELEGATE":
                    if (other := self.take(delegate)) is not None:
                        try:
                            self.log(number, "finally result", await other)
                        finally:
                            self.leave(other)
        self.log(number, "ends")
        return 50 + number

    def outcome(self, verb, number, value):
        if id(self.generators[number]) in self.awaited:
            return "awaited"
        if verb == "CLOSE":
            self.generators[number].close()
            return None  # as in Java, whatever the body has returned
        if verb == "EXIT":
            return self.generators[number].throw(GeneratorExit())
        return super().outcome("SEND" if verb == "NEXT" else verb, number, value)

    def state(self, number):
        awaited = self.index(self.bodies[number].cr_await)
        state = inspect.getcoroutinestate(self.bodies[number])[5:]
        return state if awaited is None else f"{state}>{awaited}"

    def index(self, awaited):
        return self.bodies.index(awaited) if awaited in self.bodies else None

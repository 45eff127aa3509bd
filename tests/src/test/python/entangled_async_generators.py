"""The asynchronous generators of entangled.py, their operations, and the coroutines that use them."""
from entangled_coroutines import CoroutineRun, ask
from entangled_generators import Failure, name

MAKERS = {
    "NEXT": lambda generator, _: generator.__anext__(),
    "SEND": lambda generator, value: generator.asend(value),
    "THROW": lambda generator, value: generator.athrow(Failure(f"Failure {value}")),
    "EXIT": lambda generator, _: generator.athrow(GeneratorExit()),
    "CLOSE": lambda generator, _: generator.aclose(),
}
REFUSED = "can't send non-None value to a just-started coroutine"


class Operation:
    """An operation of an asynchronous generator around CPython's own, which has no state to ask for."""

    def __init__(self, verb, number, made):
        self.verb = verb
        self.number = number
        self.made = made
        self.state = "CREATED"
        self.steps = 0  # those that were not awaited
        self.was_awaited = False
        self.was_sent = False  # it was started by a send, or by an await: not by something thrown
        self.was_ignored = False  # its exit, by the generator

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return self.send(None)

    def send(self, value):
        starts = self.state == "CREATED"
        try:
            return self.step(self.made.send, value)
        finally:
            self.was_sent |= starts and self.state != "CREATED"

    def throw(self, exception):
        return self.step(self.made.throw, exception)

    def close(self):
        self.step(self.made.close)
        self.state = "CLOSED"

    def step(self, method, *arguments):
        before = self.state
        self.state = "RUNNING"
        try:
            given = method(*arguments)
            self.state = "SUSPENDED"
            return given
        except BaseException as e:
            is_its_own = e.__traceback__.tb_next is None  # it does not come from the generator's body
            self.was_ignored |= is_its_own and str(e) == "async generator ignored GeneratorExit"
            if is_its_own and str(e) == REFUSED:
                self.state = before
            elif is_its_own and str(e) == "coroutine ignored GeneratorExit":
                self.state = "SUSPENDED"
            else:
                self.state = "CLOSED"
            raise


class AsyncGeneratorRun(CoroutineRun):
    """One run: bodies of even numbers are asynchronous generators, those of odd numbers coroutines. From the number of the
    bodies on, numbers are operations: first those that have not ended, then those that have, of both the one made last first.
    """

    def __init__(self, scripts, operations, looks_ahead):
        self.made = []
        super().__init__(scripts, operations, looks_ahead)

    def body(self, number, script):
        return self.generator(number, script) if number % 2 == 0 else super().body(number, script)

    async def generator(self, number, script):
        self.log(number, "starts")
        for handling, delegate, operation in script:
            verb, operand, value = operation
            if handling == "PLAIN":
                if verb == "YIELD":
                    self.log(number, "got", (yield operand))
                elif verb == "SUSPEND":
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
                    return
                elif verb == "RAISE":
                    raise Failure(f"Failure {operand}")
                else:
                    self.drive(operation)
                continue
            try:
                if verb == "YIELD":
                    self.log(number, "got", (yield operand))
                elif verb == "SUSPEND":
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
                    return
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
                elif handling == "SUSPEND":
                    self.log(number, "then got", await ask(90 + number))
                elif handling == "RETURN":
                    return
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
                elif handling == "FINALLY_YIELD":
                    self.log(number, "finally got", (yield 40 + number))
                elif handling == "FINALLY_SUSPEND":
                    self.log(number, "finally got", await ask(40 + number))
                elif handling == "FINALLY_DELEGATE":
                    if (other := self.take(delegate)) is not None:
                        try:
                            self.log(number, "finally result", await other)
                        finally:
                            self.leave(other)
        self.log(number, "ends")

    def is_operation(self, number):
        return number >= len(self.bodies)

    def operation(self, number):
        """The operation called so now; None when not so many were made."""
        ordered = sorted(reversed(self.made), key=lambda made: made.state == "CLOSED")
        index = number - len(self.bodies)
        return ordered[index] if index < len(ordered) else None

    def make(self, verb, number, value):
        self.made.append(Operation(verb, number, MAKERS[verb](self.bodies[number], value)))
        return self.made[-1]

    def take(self, number):
        if not self.is_operation(number):
            if number % 2 == 1:
                return super().take(number)
            taken = self.make("NEXT", number, None)
        else:
            taken = self.operation(number)
            if taken is None or self.excluded(taken, None):
                return None
        taken.was_awaited = True
        self.awaited.add(id(taken))
        return taken

    def take_for_good(self, number):
        operation = self.operation(number) if self.is_operation(number) else None
        return None if operation is not None and operation.verb == "CLOSE" else self.take(number)  # see AsyncGeneratorRun.java

    def excluded(self, operation, verb):
        """Why what would come of doing verb to it, or of awaiting it where that is None, is not compared; or None. See
        AsyncOperation.java, which gives the same."""
        if id(operation) in self.awaited:
            return "awaited"
        if operation.state == "RUNNING":
            return "running"
        if operation.state == "SUSPENDED" and verb is None:
            return "started"
        throws = operation.verb in ("THROW", "EXIT")
        if operation.state == "CLOSED" and throws and (operation.steps > 1 or operation.was_awaited):
            return "used up"
        if operation.state == "CREATED" and verb in ("NEXT", "SEND", None):
            if self.bodies[operation.number].ag_frame is None:
                return "lost" if throws else None
            if throws or operation.verb == "CLOSE":
                return "ignoring" if self.is_ignoring(operation.number) else None
        return None

    def is_ignoring(self, number):
        """Whether an aclose() has marked the generator as closed, and is over, and it is not."""
        return any(made.number == number and made.verb == "CLOSE" and made.was_sent and made.was_ignored for made in self.made)

    def outcome(self, verb, number, value):
        if self.is_operation(number):
            operation = self.operation(number)
            if operation is None:
                return "none"
            return operation.state if verb == "STATE" else self.excluded(operation, verb) or self.step(operation, verb, value)
        if number % 2 == 1:
            return super().outcome(verb, number, value)
        if verb == "STATE":
            return self.state(number)
        self.make(verb, number, value)
        return f"operation {len(self.made) - 1}"

    def step(self, operation, verb, value):
        operation.steps += 1
        if verb == "CLOSE":
            return operation.close()
        if verb == "THROW" or verb == "EXIT":
            return operation.throw(GeneratorExit() if verb == "EXIT" else Failure(f"Failure {value}"))
        return operation.send(value)

    def states(self):
        return super().states() + [made.state for made in self.made]

    def state(self, number):
        if number % 2 == 1:
            return super().state(number)
        generator = self.bodies[number]
        if generator.ag_frame is None:
            return "CLOSED"
        # Not inspect.getasyncgenstate(), for which one whose operation is suspended is running.
        return "SUSPENDED" if generator.ag_suspended else "RUNNING" if generator.ag_running else "CREATED"

    def index(self, awaited):
        return len(self.bodies) + self.made.index(awaited) if awaited in self.made else super().index(awaited)

"""Runs random programs with CPython and prints what their drivers saw; the twin of FuzzRig.java and FuzzDriver.java.

Standard input holds programs, each a line "seed length sites" (length of the source in bytes; the statement of each source
line, with commas) and the source. Each is answered by its trace and a line "=== seed". Lines "# operation site,site" tell
in which statements, and at what, the functions of the chain were suspended when the operation was done: "site:construct", or
"site:construct:x" in the function of a generator expression.
"""
import gc
import inspect
import sys
import types
import warnings

FUEL = 2000
MOST_EVENTS = 400
ERRORS = {"RuntimeError": "IllegalStateException", "ValueError": "IllegalStateException",
          "TypeError": "IllegalArgumentException", "AttributeError": "IllegalStateException"}


class Raised(Exception):
    def __init__(self, site):
        self.site = site


class E1(Raised):
    pass


class E2(E1):
    pass


class E3(Raised):
    pass


class B1(BaseException):
    def __init__(self, site):
        self.site = site


class Fuel(BaseException):
    pass


class Run:
    """One run of one program."""

    def __init__(self):
        self.events = []
        self.steps = 0
        self.kept = []
        self.notes = []
        self.gates = 0
        self.root = None
        self.kind = None


run = Run()


def T(site, value):
    run.events.append(f"{site}={value}")
    if len(run.events) > MOST_EVENTS:
        raise Fuel()


def num(value):
    run.steps += 1
    if run.steps > FUEL:
        raise Fuel()
    return value & 1023 if isinstance(value, int) else 0


def h(a, b, c):
    return (a * 7 + b * 5 + c * 3) & 1023


def K(made):
    run.kept.append(made)
    return made


def X(exception):
    name = type(exception).__name__
    site = getattr(exception, "site", None)
    return ERRORS.get(name, name) + ("" if site is None else f":{site}")


def twice(value):
    return iter([value, value + 1])


class Request:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


class Gate:
    """One of three is done already; the others wait for the driver, whatever it sends."""

    def __init__(self, value):
        self.value = value
        self.pending = run.gates % 3 != 2
        run.gates += 1

    def __await__(self):
        if self.pending:
            yield self.value
        return (self.value * 3 + 1) & 1023


@types.coroutine
def ask(value):
    got = yield value
    return got


class Resource:
    """Logs how it is left; see FuzzResource.java for its policies."""

    def __init__(self, site, policy):
        self.site = site
        self.policy = policy

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, failure, traceback):
        T(self.site, "None" if failure is None else X(failure))
        if self.policy in (2, 3):
            await Request(self.site)
        if self.policy == 4:
            raise E3(self.site)
        return self.policy % 2 == 1


def reenter():
    if run.kind == "ASYNC_GENERATOR":
        return "no"
    try:
        run.root.send(None)
        return "resumed"
    except BaseException as e:
        return X(e)


def state_of(made):
    if run.kind == "GENERATOR":
        return inspect.getgeneratorstate(made)[4:]
    if run.kind == "COROUTINE":
        return inspect.getcoroutinestate(made)[5:]
    # inspect.getasyncgenstate says RUNNING for good once an operation was abandoned
    return "CLOSED" if made.ag_frame is None else "SUSPENDED" if made.ag_suspended else inspect.getasyncgenstate(made)[5:]


class Driver:
    def __init__(self, made, sites, source):
        self.made = made
        self.sites = sites
        self.source = source
        self.awaitable = None
        self.opened = None
        self.opened_as = None  # an asynchronous generator's operation that takes something in, while its first step is done
        self.exited = False

    def frames(self, exception):
        shown = []
        traceback = exception.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if code.co_filename == self.source:
                site = self.sites[traceback.tb_lineno - 1]
                if site:  # else it is the head of a function that had not started
                    shown.append(f"{code.co_name}:{site}")
            traceback = traceback.tb_next
        return " at " + ",".join(shown) if shown else ""

    def note(self, verb):
        """Where the chain is suspended that the operation is about to reach, for the report of coverage."""
        points = []
        inner = self.made
        while inner is not None:
            frame = getattr(inner, "gi_frame", None) or getattr(inner, "cr_frame", None) or getattr(inner, "ag_frame", None)
            awaited = getattr(inner, "gi_yieldfrom", None) or getattr(inner, "cr_await", None) or getattr(inner, "ag_await", None)
            self.point(points, frame, awaited)
            inner = awaited
        if any("async_for" in point for point in points):
            for made in run.kept:  # what waits in an operation of an asynchronous generator shows the operation only
                if inspect.isasyncgen(made) and made is not self.made and made.ag_running:
                    self.point(points, made.ag_frame, made.ag_await)
        if points:
            run.notes.append(f"# {verb} {','.join(points)}")

    def point(self, points, frame, awaited):
        if frame is not None and frame.f_code.co_filename == self.source and frame.f_lasti >= 0:
            expression = ":x" if frame.f_code.co_name == "<genexpr>" else ""
            site = self.sites[frame.f_lineno - 1]
            if site:  # else it has not started
                points.append(f"{site}:{self.construct(awaited)}{expression}")

    def construct(self, awaited):
        if awaited is None:
            return "yield"
        code = getattr(awaited, "gi_code", None) or getattr(awaited, "cr_code", None)
        if code is None:
            return {"async_generator_asend": "async_for"}.get(type(awaited).__name__, "yield_from_list")
        name = code.co_qualname
        if code.co_filename == self.source:
            return "await" if inspect.iscoroutine(awaited) else "yield_from_expression" if "<genexpr>" in name else "yield_from"
        return {"Request.__await__": "request", "Gate.__await__": "future", "ask": "request_coroutine",
                "Resource.__aexit__": "async_with"}.get(name, name)

    def step(self, target, verb, value, exception):
        """What became of one operation, and whether the target has ended by it."""
        self.note(self.opened_as or verb)
        try:
            if verb == "next":
                return f"yielded {target.send(None)}", False
            if verb == "send":
                return f"yielded {target.send(value)}", False
            if verb == "throw":
                return f"yielded {target.throw(globals()[exception]('d'))}", False
            if verb == "exit":
                return f"yielded {target.throw(GeneratorExit())}", False
            result = target.close()
            return "closed" if result is None or run.kind != "GENERATOR" else f"closed {result}", True
        except StopIteration as stop:
            return f"returned {stop.value}", True
        except BaseException as e:
            return "raised " + X(e) + self.frames(e), True

    def drive(self, operations):
        after = 0
        for verb, value, exception in operations:
            if len(run.events) > MOST_EVENTS or run.steps > FUEL:
                run.events.append("fuel")
                return
            if run.kind == "ASYNC_GENERATOR":
                self.operate(verb, value, exception)
            else:
                outcome, _ = self.step(self.made, verb, value, exception)
                run.events.append(f"{verb} {outcome} {state_of(self.made)}")
            if self.awaitable is None and state_of(self.made) == "CLOSED":
                after += 1
                if after == 3:
                    return

    def operate(self, verb, value, exception):
        if verb.startswith("open_"):
            ended = self.exited or state_of(self.made) == "CLOSED"
            if verb in ("open_throw", "open_close") and ended:
                verb = "open_next"  # CPython loses what is thrown into one that has ended or ignored an exit
            self.open(verb, value, exception)
            if self.awaitable is not None:
                run.events.append(f"{verb} while another is under way")
            self.opened_as = {"open_send": "asend", "open_throw": "athrow", "open_close": "aclose"}.get(verb)
            verb = "next"
        elif self.awaitable is None:
            self.open("open_next", value, exception)
        outcome, ended = self.step(self.opened or self.awaitable, verb, value, exception)
        self.opened_as = None
        if self.awaitable is None:
            self.awaitable = None if ended else self.opened
        elif self.opened is None and ended:
            self.awaitable = None
        self.opened = None
        state = "" if self.awaitable is not None else " " + state_of(self.made)
        run.events.append(f"{verb} {outcome}{state}")

    def open(self, verb, value, exception):
        if verb == "open_next":
            self.opened = self.made.__anext__()
        elif verb == "open_send":
            self.opened = self.made.asend(value)
        elif verb == "open_throw":
            self.opened = self.made.athrow(globals()[exception]("d"))
        else:
            self.opened = self.made.aclose()
            self.exited = True
        K(self.opened)


def main():
    global run
    gc.disable()
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None
    stdin = sys.stdin.buffer
    while header := stdin.readline():
        seed, length, sites = header.decode().split(" ")
        text = stdin.read(int(length)).decode()
        run = Run()
        source = f"<program {seed}>"
        names = dict(globals())
        try:
            exec(compile(text, source, "exec"), names)
            run.kind = names["KIND"]
            run.root = names["ROOT"](1)
            Driver(run.root, [int(s) for s in sites.split(",")], source).drive(names["OPERATIONS"])
        except SyntaxError as e:  # what is left of a reduced program need not be one
            run.events.append(str(e))
        print("\n".join(run.notes + run.events) + f"\n=== {seed}", flush=True)
        run.steps = FUEL  # what is finalised now has no more to say
        run.events = [None] * MOST_EVENTS


main()

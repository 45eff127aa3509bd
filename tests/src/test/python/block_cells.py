"""What the programs of record_blocks.py must reach: each thing a task waits for, in each state of the task, ended by each operation.

Chance alone would leave many of these cells out, so every third program begins with one of them.
"""
import asyncio

# Everything that a task waits for; those that can give an exception, and those that always end by themselves.
WAITS = ("sleep", "event_wait", "future_wait", "shield_future", "put", "get", "queue_join", "barrier", "condition", "locked",
         "permit", "join", "gather", "shield", "wait", "completed", "agen", "group")
CAN_FAIL = ("future_wait", "shield_future", "put", "get", "join", "gather", "shield", "completed", "group")
ENDS = ("sleep", "agen")

# fresh: as most; cancelled: it has swallowed a cancellation and not taken it back; eager: it has not waited since it was started eagerly.
STATES = ("fresh", "cancelled", "eager")

# What ends the wait: what it waited for; the exception that is; task.cancel(), by whomever; a timeout around it; its group, for
# a failure of another task; the end of the program.
OPERATIONS = ("woken", "failed", "cancelled", "deadline", "group", "end")

CELLS = [(wait, state, operation) for operation in OPERATIONS for state in STATES for wait in WAITS
         if not (operation == "failed" and wait not in CAN_FAIL or operation == "end" and wait in ENDS)]


class Coverage:
    """Counts the cells that were reached."""

    def __init__(self):
        self.counts = dict.fromkeys(CELLS, 0)

    def add(self, wait, state, operation):
        self.counts[wait, state, operation] = self.counts.get((wait, state, operation), 0) + 1

    def reached(self):
        return [cell for cell in CELLS if self.counts[cell]]

    def unexpected(self):
        """Cells that were reached, and are none: a mistake of the list."""
        return sorted(set(self.counts) - set(CELLS))

    def table(self):
        lines = ["| waits for | state | " + " | ".join(OPERATIONS) + " |", "|---|---|" + "---:|" * len(OPERATIONS)]
        for wait in WAITS:
            for state in STATES:
                row = [str(self.counts.get((wait, state, operation), "-")) for operation in OPERATIONS]
                lines.append(f"| {wait} | {state} | " + " | ".join(row) + " |")
        return "\n".join(lines) + "\n"


class Watch:
    """Notes what ends the waits of one run."""

    def __init__(self, loop, coverage):
        self.loop, self.coverage = loop, coverage
        self.eager, self.around = set(), {}
        self.ending = set()  # those that the end of the program has just cancelled

    async def waits(self, what, awaitable):
        task = asyncio.current_task()
        state = "eager" if task in self.eager else "cancelled" if task.cancelling() else "fresh"
        turn = self.loop.turns
        try:
            result = await awaitable
        except BaseException as e:
            self.ended(what, state, turn, task, "failed" if not isinstance(e, asyncio.CancelledError) else self.cause(task))
            raise
        self.ended(what, state, turn, task, "woken")
        return result

    def ended(self, what, state, turn, task, operation):
        if self.loop.turns != turn:
            self.coverage.add(what, state, operation)
            self.eager.discard(task)
            self.ending.discard(task)

    def cause(self, task):
        """Who cancelled it: what is innermost, of those that may have."""
        if task in self.ending:
            return "end"
        for expired, kind in reversed(self.around.get(task, [])):
            if expired():
                return kind
        return "cancelled"

    def enter(self, expired, kind):
        """The running task goes into a block that may cancel it, and has if ``expired()``."""
        self.around.setdefault(asyncio.current_task(), []).append((expired, kind))

    def leave(self):
        self.around[asyncio.current_task()].pop()


class Situation:
    """Writes the beginning of a program, in which a task waits, in a state, until something ends that."""

    def __init__(self, cell, maker):
        self.wait, self.state, self.operation = cell
        self.maker = maker

    def site(self, kind, *args):
        return [kind, next(self.maker.sites), *args]

    def label(self):
        label = f"t{next(self.maker.labels)}"
        self.maker.made.append(label)
        return label

    def statements(self):
        waiting = self.label()
        body = self.wrapped([self.waits()])
        if self.state == "cancelled":
            body = [self.site("cancel", waiting), self.site("try", [self.site("sleep", 0)]), *body]
        start = self.site("eager" if self.state == "eager" else "start", [waiting, *body])
        after = {"cancelled": [self.site("cancel", waiting)], "woken": self.wakes(), "failed": self.fails()}
        return [*self.before, start, self.site("sleep", 1), *after.get(self.operation, []), self.site("sleep", 10)]

    def wrapped(self, body):
        if self.operation == "deadline":
            return [self.site("timeout", 3, body)]
        if self.operation == "group":
            return [self.site("group", [[self.label(), self.site("sleep", 1), self.site("raise")]], body)]
        return body

    def child(self):
        """A task that waits for an event, or for a future that will fail."""
        return [self.label(), self.site("future_wait", 2) if self.operation == "failed" else self.site("event_wait", 1)]

    def waits(self):
        self.before = []
        wait = self.wait
        if wait in ("put", "queue_join"):
            self.before = [self.site("put_now", 0, 1)]
        elif wait in ("locked", "permit"):
            self.before = [self.site("start", [self.label(), self.site(wait, 0, [self.site("event_wait", 1)])]), self.site("sleep", 0)]
        elif wait == "join":
            child = self.child()
            self.before = [self.site("start", child), self.site("sleep", 0)]
            return self.site("join", child[0])
        args = {"sleep": [5], "agen": [2, 5, 3, 1, 0], "put": [0, 2], "queue_join": [0], "barrier": [], "condition": [],
                "locked": [0, []], "permit": [0, []]}
        if wait in ("gather", "wait", "completed", "shield", "group"):
            child = self.child()
            args |= {"gather": [0, [child]], "shield": [child], "group": [[child], []], "completed": [-1, [child]],
                     "wait": [-1, "ALL_COMPLETED", [child]]}
        return self.site(wait, *args.get(wait, [0]))

    def wakes(self):
        wakes = {"sleep": [], "agen": [], "event_wait": [("event_set", 0)], "future_wait": [("future_set", 0)],
                 "shield_future": [("future_set", 0)], "put": [("get_now", 0)], "get": [("put_now", 0, 3)],
                 "queue_join": [("get_now", 0), ("task_done", 0)], "condition": [("notify_all",)],
                 "barrier": [("start", [self.label(), self.site("barrier")])]}
        return [self.site(*s) for s in wakes.get(self.wait, [("event_set", 1)])]

    def fails(self):
        number = 0 if self.wait in ("future_wait", "shield_future") else 2
        return [self.site("shutdown", 0, 1) if self.wait in ("put", "get") else self.site("future_fail", number)]

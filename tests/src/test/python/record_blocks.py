"""Makes programs of groups, timeouts, gatherings and cancellations by chance, runs them with CPython under a virtual clock, and
writes them and what they did to ../resources/golden/blocks.txt, for BlocksGoldenTest to run the same.

    python3.13 record_blocks.py            writes the golden file
    python3.13 record_blocks.py --check    compares with it instead; exit status 1 when they differ

A program is a nested list in prefix form; what it does is a line of events, each with its site, the time in milliseconds and the
label of the task. Left to chance in CPython and therefore pinned: the order of equal deadlines and of a group's tasks.
"""
import asyncio
import gc
import heapq
import itertools
import pathlib
import random
import selectors
import sys

GOLDEN = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "blocks.txt"
PROGRAMS = 500


class Boom(Exception):
    pass


class VirtualSelector(selectors.BaseSelector):
    def __init__(self, loop):
        self.loop, self.map = loop, {}

    def register(self, file, events, data=None):
        key = selectors.SelectorKey(file, 0, events, data)
        self.map[file] = key
        return key

    def unregister(self, file):
        return self.map.pop(file)

    def get_map(self):
        return self.map

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("DEADLOCK")
        self.loop.now += max(timeout, 0)
        return []


class FifoTimer(asyncio.events.TimerHandle):
    __slots__ = ("order",)

    def __lt__(self, other):
        return (self._when, self.order) < (other._when, other.order)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.now, self.orders = 0, itertools.count()
        super().__init__(VirtualSelector(self))
        self._clock_resolution = 0.5

    def time(self):
        return self.now

    def call_at(self, when, callback, *args, context=None):
        timer = FifoTimer(when, callback, args, self, context)
        timer.order = next(self.orders)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer


class OrderedSet(dict):
    def add(self, x):
        self[x] = True

    def discard(self, x):
        self.pop(x, None)


class Group(asyncio.TaskGroup):
    def __init__(self):
        super().__init__()
        self._tasks = OrderedSet()

    def _abort(self):
        self._aborting = True
        for task in list(self._tasks):
            if not task.done():
                task.cancel()


# ---------------------------------------------------------------- making


class Maker:
    def __init__(self, seed):
        self.random, self.sites, self.labels = random.Random(seed), itertools.count(1), itertools.count(1)
        self.made = ["m"]

    def body(self, depth):
        return [self.statement(depth) for _ in range(self.random.randint(1, 3))]

    def child(self, depth):
        label = f"t{next(self.labels)}"
        self.made.append(label)
        return [label, *self.body(depth + 1)]

    def children(self, depth, least):
        return [self.child(depth) for _ in range(self.random.randint(least, 3))]

    def statement(self, depth):
        r, site = self.random, next(self.sites)
        kinds = ["sleep"] * 6 + ["cancel", "cancel", "uncancel", "raise", "spawn"]
        if depth < 3:
            kinds += ["try", "try", "try", "try", "finally", "group", "group", "group", "timeout", "timeout", "gather", "wait_for", "shield", "wait"]
        kind = r.choice(kinds)
        if kind == "sleep":
            return [kind, site, r.choice([0, 0, 1, 2, 5, 10])]
        if kind == "cancel":
            return [kind, site, r.choice(self.made[-6:])]
        if kind in ("uncancel",):
            return [kind, site]
        if kind == "raise":
            return [kind, site] if r.random() < 0.4 else ["sleep", site, 0]
        if kind == "spawn":
            return [kind, site, self.child(max(depth, 3))]
        if kind == "try":
            return [kind, site, self.body(depth + 1)]
        if kind == "finally":
            return [kind, site, self.body(depth + 1), self.body(depth + 2)]
        if kind == "group":
            return [kind, site, self.children(depth, 0), self.body(depth + 1)]
        if kind in ("timeout", "wait_for"):
            return [kind, site, r.choice([-1, 0, 1, 3, 8]), self.body(depth + 1)]
        if kind == "gather":
            return [kind, site, r.randint(0, 1), self.children(depth, 1)]
        if kind == "shield":
            return [kind, site, self.child(depth)]
        return [kind, site, r.choice([-1, 3, 8]), r.choice(["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"]),
                self.children(depth, 1)]


def text(node):
    return "(" + " ".join(map(text, node)) + ")" if isinstance(node, list) else str(node)


# ---------------------------------------------------------------- running


def shape(exception):
    if isinstance(exception, BaseExceptionGroup):
        return "[" + ",".join(map(shape, exception.exceptions)) + "]"
    return type(exception).__name__


class Run:
    def __init__(self):
        self.events, self.tasks, self.kept = [], {}, []

    def note(self, site, label, what):
        self.events.append(f"{site}@{asyncio.get_running_loop().time()}{label}:{what}")

    async def task(self, child, group):
        label, *body = child
        self.tasks[label] = asyncio.current_task()
        try:
            await self.body(label, body, group)
        except BaseException as e:
            self.note(0, label, shape(e))
            raise
        self.note(0, label, "end")

    async def body(self, label, body, group):
        for statement in body:
            await self.statement(label, statement, group)

    async def statement(self, label, statement, group):
        kind, site, *args = statement
        if kind == "sleep":
            await asyncio.sleep(args[0])
            self.note(site, label, "slept")
        elif kind == "cancel":
            task = self.tasks.get(args[0])
            self.note(site, label, "none" if task is None else f"{str(task.cancel()).lower()}{task.cancelling()}")
        elif kind == "uncancel":
            self.note(site, label, f"left{asyncio.current_task().uncancel()}")
        elif kind == "raise":
            raise Boom()
        elif kind == "spawn":
            try:
                if group is not None:
                    self.kept.append(group.create_task(self.task(args[0], group)))
            except RuntimeError:
                self.note(site, label, "refused")
        elif kind == "try":
            try:
                await self.body(label, args[0], group)
            except BaseException as e:
                self.note(site, label, shape(e))
        elif kind == "finally":
            try:
                await self.body(label, args[0], group)
            finally:
                await self.body(label, args[1], group)
        elif kind == "group":
            async with Group() as inner:
                for child in args[0]:
                    self.kept.append(inner.create_task(self.task(child, inner)))
                await self.body(label, args[1], inner)
            self.note(site, label, "group")
        elif kind == "timeout":
            async with asyncio.timeout(None if args[0] < 0 else args[0]):
                await self.body(label, args[1], group)
            self.note(site, label, "in time")
        elif kind == "wait_for":
            await asyncio.wait_for(self.body(label, args[1], group), None if args[0] < 0 else args[0])
            self.note(site, label, "in time")
        elif kind == "gather":
            results = await asyncio.gather(*[self.task(c, None) for c in args[1]], return_exceptions=bool(args[0]))
            self.note(site, label, ",".join("-" if r is None else shape(r) for r in results))
        elif kind == "shield":
            await asyncio.shield(self.task(args[0], None))
            self.note(site, label, "shielded")
        elif kind == "wait":
            tasks = [asyncio.create_task(self.task(c, None)) for c in args[2]]
            self.kept.extend(tasks)
            done, pending = await asyncio.wait(
                tasks, timeout=None if args[0] < 0 else args[0], return_when=getattr(asyncio, args[1]))
            self.note(site, label, f"{len(done)}+{len(pending)}")

    async def main(self, body):
        try:
            await self.task(["m", *body], None)
        except BaseException:
            pass
        asyncio.current_task().uncancel()
        while len(asyncio.all_tasks()) > 1:
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                pass
        self.note(0, "m", "over")


def run(program):
    loop, this = VirtualLoop(), Run()
    loop.set_exception_handler(lambda *_: None)
    try:
        loop.run_until_complete(loop.create_task(this.main(program)))
    except BaseException as e:
        this.events.append(shape(e))
    loop.close()
    return " ".join(event.replace(" ", "_") for event in this.events)


def main(check):
    gc.disable()
    lines = ["# Programs and what CPython made of them, written by record_blocks.py"]
    for seed in range(PROGRAMS):
        program = Maker(seed).body(0)
        lines += [text(program), run(program)]
    out = "\n".join(lines) + "\n"
    if not check:
        GOLDEN.write_text(out)
    elif GOLDEN.read_text() != out:
        raise SystemExit("blocks.txt differs from what this Python makes of the programs")


main("--check" in sys.argv)

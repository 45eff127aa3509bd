"""Makes programs for the event loop by chance, runs them with CPython under a virtual clock, and writes them and what they did to
../resources/golden/blocks.txt.gz, for BlocksGoldenTest to run the same: groups, timeouts, gatherings, waits, shields, cancellations,
locks and their like, queues, futures, callbacks, eager tasks, asynchronous generators, context variables.

    python3.13 record_blocks.py            writes the golden file, and what was reached to blocks-coverage.md: see block_cells.py
    python3.13 record_blocks.py --check    compares with them instead; exit status 1 when they differ
    python3.13 record_blocks.py --serve    answers each line "seed N" with a program and what it did, each "run PROGRAM" with the latter,
                                           "cells" with the cells that were reached

A program is a nested list in prefix form; what it does is a line of events, each with its site, the time in milliseconds, the
iteration of the loop (counted from the first) and the label of the task. Left to chance in CPython and therefore pinned: the order
of equal deadlines, of a group's tasks, and of the asynchronous generators that a loop closes. No task waits for one that may wait for it.
"""
import asyncio
import contextvars
import gc
import gzip
import heapq
import itertools
import pathlib
import random
import selectors
import sys
import warnings

from block_cells import CELLS, Coverage, Situation, Watch

GOLDEN = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "blocks.txt.gz"
COVERAGE = GOLDEN.with_name("blocks-coverage.md")
PROGRAMS = 2000
KEPT = []  # unlike Java's, CPython's coroutines come to an end when nobody holds them
WAITS = 60


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


class OrderedSet(dict):
    def add(self, x):
        self[x] = True

    def discard(self, x):
        self.pop(x, None)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.now, self.orders, self.turns = 0, itertools.count(), 0
        super().__init__(VirtualSelector(self))
        self._clock_resolution = 0.5
        self._asyncgens = OrderedSet()

    def time(self):
        return self.now

    def _run_once(self):
        self.turns += 1
        super()._run_once()

    async def shutdown_asyncgens(self):
        for generator in list(self._asyncgens):
            if generator.ag_frame is None:  # it has ended, and were no longer known, did this script not keep it
                self._asyncgens.discard(generator)
        await super().shutdown_asyncgens()

    def call_at(self, when, callback, *args, context=None):
        timer = FifoTimer(when, callback, args, self, context)
        timer.order = next(self.orders)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer


class Group(asyncio.TaskGroup):
    def __init__(self, watch):
        super().__init__()
        self._tasks = OrderedSet()
        self.watch = watch

    async def __aenter__(self):
        self.watch.enter(lambda: self._parent_cancel_requested, "group")
        return await super().__aenter__()

    async def __aexit__(self, *failure):
        try:
            return await self.watch.waits("group", super().__aexit__(*failure))
        finally:
            self.watch.leave()

    def _abort(self):
        self._aborting = True
        for task in list(self._tasks):
            if not task.done():
                task.cancel()


# ---------------------------------------------------------------- making


class Maker:
    def __init__(self, seed):
        self.random, self.sites, self.labels = random.Random(seed), itertools.count(1), itertools.count(1)
        self.made, self.around = ["m"], ["m"]

    def body(self, depth):
        return [self.statement(depth) for _ in range(self.random.randint(1, 3))]

    def root(self, seed):
        """One of three begins with a cell, one after the other."""
        if seed % 3 == 2:
            return Situation(CELLS[seed // 3 % len(CELLS)], self).statements() + self.body(2)
        return [self.statement(0) for _ in range(self.random.randint(2, 6))]

    def child(self, depth):
        label = f"t{next(self.labels)}"
        self.made.append(label)
        self.around.append(label)
        child = [label, *self.body(depth + 1)]
        self.around.pop()
        return child

    def children(self, depth, least):
        return [self.child(depth) for _ in range(self.random.randint(least, 3))]

    def statement(self, depth):
        r, site = self.random, next(self.sites)
        kinds = ["sleep"] * 8 + ["cancel", "cancel", "uncancel", "raise", "spawn", "start", "start", "join", "join"]
        kinds += ["event_wait", "event_set", "event_set", "event_clear", "notify", "notify_all", "future_wait", "future_wait", "future_set"]
        kinds += ["future_set", "future_fail", "future_cancel", "put", "put", "get", "get", "put_now", "get_now", "task_done", "queue_join"]
        kinds += ["shutdown", "barrier", "set", "set", "get_var", "get_var", "soon", "later", "later", "cancel_handle", "eager", "state"]
        kinds += ["agen", "agen", "condition", "condition", "permit_back"]
        if depth < 3:
            kinds += ["try"] * 8 + ["finally", "group", "group", "group", "group", "timeout", "timeout", "timeout", "gather", "gather"]
            kinds += ["wait_for", "wait_for", "shield", "shield", "wait", "wait", "completed", "completed", "locked", "locked", "locked"]
            kinds += ["permit", "permit", "permit", "bind", "shield_future"]
        kind = r.choice(kinds)
        if kind == "sleep":
            return [kind, site, r.choice([0, 0, 1, 2, 5, 10])]
        if kind in ("cancel", "state"):
            return [kind, site, r.choice(self.made[-6:])]
        if kind == "raise":
            return [kind, site] if r.random() < 0.4 else ["sleep", site, 0]
        if kind == "spawn":
            return [kind, site, self.child(max(depth, 3))]
        if kind in ("start", "eager"):
            return [kind, site, self.child(max(depth, 2))]
        if kind == "join":
            before = [label for label in self.made if label not in self.around]
            return [kind, site, r.choice(before[-5:])] if before else ["sleep", site, 1]
        if kind in ("event_wait", "event_set", "event_clear", "future_wait", "future_set", "future_fail", "future_cancel", "shield_future"):
            return [kind, site, r.randint(0, 2)]
        if kind == "notify":
            return [kind, site, r.randint(1, 2)]
        if kind in ("put", "put_now"):
            return [kind, site, r.randint(0, 2), r.randint(0, 9)]
        if kind in ("get", "get_now", "task_done", "queue_join"):
            return [kind, site, r.randint(0, 2)]
        if kind == "shutdown":
            return [kind, site, r.randint(0, 2), r.randint(0, 1)] if r.random() < 0.3 else ["get", site, r.randint(0, 2)]
        if kind in ("set", "get_var"):
            return [kind, site, r.randint(0, 1), r.randint(0, 9)]
        if kind == "soon":
            return [kind, site, *self.callback()]
        if kind == "later":
            return [kind, site, r.choice([0, 1, 3]), *self.callback()]
        if kind == "agen":
            return [kind, site, r.randint(1, 3), r.choice([0, 0, 2]), r.randint(0, 3), r.randint(0, 1), r.choice([-1, 0, 1])]
        if kind == "permit_back":
            return [kind, site, r.randint(0, 1)]
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
        if kind == "wait":
            return [kind, site, r.choice([-1, 3, 8]), r.choice(["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"]),
                    self.children(depth, 1)]
        if kind == "completed":
            return [kind, site, r.choice([-1, -1, 1, 3, 8]), self.children(depth, 1)]
        if kind in ("locked", "permit"):
            return [kind, site, r.randint(0, 1), self.body(depth + 1)]
        if kind == "bind":
            return [kind, site, r.randint(0, 1), r.randint(10, 19), self.body(depth + 1)]
        return [kind, site]

    def callback(self):
        r = self.random
        kind = r.choice(["note", "event", "future", "cancel", "boom", "var"])
        return [kind, r.choice(self.made[-4:]) if kind == "cancel" else r.randint(0, 1)]


def text(node):
    return "(" + " ".join(map(text, node)) + ")" if isinstance(node, list) else str(node)


# ---------------------------------------------------------------- running


def shape(exception):
    if isinstance(exception, BaseExceptionGroup):
        return "[" + ",".join(map(shape, exception.exceptions)) + "]"
    name = type(exception).__name__
    return "RuntimeError" if name == "ValueError" else name  # one class in Java


class Run:
    def __init__(self, loop):
        self.events, self.tasks, self.kept, self.handles = [], {}, [], []
        self.locks = [asyncio.Lock(), asyncio.Lock()]
        self.signals = [asyncio.Event() for _ in range(3)]
        self.condition = asyncio.Condition()
        self.permits = [asyncio.Semaphore(1), asyncio.BoundedSemaphore(2)]
        self.queues = [asyncio.Queue(1), asyncio.Queue(), asyncio.PriorityQueue(2)]
        self.barrier = asyncio.Barrier(2)
        self.futures = [loop.create_future() for _ in range(3)]
        self.vars = [contextvars.ContextVar("a", default=-1), contextvars.ContextVar("b", default=-1)]
        self.loop, self.watch = loop, Watch(loop, coverage)

    def note(self, site, label, what):
        self.events.append(f"{site}@{self.loop.time()}.{self.loop.turns}{label}:{what}")

    def start(self, coroutine):
        task = self.loop.create_task(coroutine)
        self.kept.append(task)
        return task

    async def task(self, child, group, eager=False):
        label, *body = child
        self.tasks[label] = asyncio.current_task()
        if eager:
            self.watch.eager.add(asyncio.current_task())
        self.watch.enter(lambda: group is not None and group._aborting, "group")
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
            await self.watch.waits(kind, asyncio.sleep(args[0]))
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
            async with Group(self.watch) as inner:
                for child in args[0]:
                    self.kept.append(inner.create_task(self.task(child, inner)))
                await self.body(label, args[1], inner)
            self.note(site, label, "group")
        elif kind == "timeout":
            async with asyncio.timeout(None if args[0] < 0 else args[0]) as block:
                await self.limited(block.expired, self.body(label, args[1], group))
            self.note(site, label, "in_time")
        elif kind == "wait_for":
            end = None if args[0] < 0 else self.loop.time() + args[0]
            body = self.limited(lambda: end is not None and self.loop.time() >= end, self.body(label, args[1], group))
            await asyncio.wait_for(body, None if args[0] < 0 else args[0])
            self.note(site, label, "in_time")
        elif kind == "gather":
            children = asyncio.gather(*[self.task(c, None) for c in args[1]], return_exceptions=bool(args[0]))
            results = await self.watch.waits(kind, children)
            self.note(site, label, ",".join("-" if r is None else shape(r) for r in results))
        elif kind == "shield":
            await self.watch.waits(kind, asyncio.shield(self.task(args[0], None)))
            self.note(site, label, "shielded")
        elif kind == "wait":
            tasks = [self.start(self.task(c, None)) for c in args[2]]
            done, pending = await self.watch.waits(kind, asyncio.wait(
                tasks, timeout=None if args[0] < 0 else args[0], return_when=getattr(asyncio, args[1])))
            self.note(site, label, f"{len(done)}+{len(pending)}")
        elif kind == "completed":
            tasks = [self.start(self.task(c, None)) for c in args[1]]
            for ended in asyncio.as_completed(tasks, timeout=None if args[0] < 0 else args[0]):
                self.kept.append(ended)
                await self.watch.waits(kind, ended)
                self.note(site, label, "completed")
        elif kind in ("start", "eager"):
            task = self.task(args[0], None, kind == "eager")
            self.kept.append(asyncio.Task(task, loop=self.loop, eager_start=True) if kind == "eager" else self.start(task))
            self.note(site, label, "started")
        elif kind == "join":
            task = self.tasks.get(args[0])
            self.note(site, label, "none" if task is None else "joined" if await self.watch.waits(kind, task) is None else "")
        elif kind == "state":
            task = self.tasks.get(args[0])
            self.note(site, label, "none" if task is None else "running" if not task.done() else "cancelled" if task.cancelled()
                      else "failed" if task.exception() else "done")
        elif kind == "shield_future":
            self.note(site, label, f"shielded{await self.watch.waits(kind, asyncio.shield(self.futures[args[0]]))}")
        else:
            await self.using(label, kind, site, args, group)

    async def using(self, label, kind, site, args, group):
        """The statements that use the objects all tasks share."""
        if kind == "locked":
            await self.watch.waits(kind, self.locks[args[0]].acquire())
            try:
                self.note(site, label, "locked")
                await self.body(label, args[1], group)
            finally:
                self.locks[args[0]].release()
            self.note(site, label, "unlocked")
        elif kind == "permit":
            await self.watch.waits(kind, self.permits[args[0]].acquire())
            try:
                self.note(site, label, "permitted")
                await self.body(label, args[1], group)
            finally:
                self.permits[args[0]].release()
            self.note(site, label, "returned")
        elif kind == "permit_back":
            try:
                self.permits[args[0]].release()
                self.note(site, label, "released")
            except ValueError:
                self.note(site, label, "refused")
        elif kind == "event_wait":
            await self.watch.waits(kind, self.signals[args[0]].wait())
            self.note(site, label, "signalled")
        elif kind == "event_set":
            self.signals[args[0]].set()
            self.note(site, label, "set")
        elif kind == "event_clear":
            self.signals[args[0]].clear()
            self.note(site, label, "cleared")
        elif kind == "condition":
            async with self.condition:
                self.note(site, label, "waits")
                await self.watch.waits(kind, self.condition.wait())
                self.note(site, label, "notified")
        elif kind in ("notify", "notify_all"):
            async with self.condition:
                self.condition.notify(args[0]) if args else self.condition.notify_all()
                self.note(site, label, "notifies")
        elif kind == "barrier":
            self.note(site, label, f"passed{await self.watch.waits(kind, self.barrier.wait())}")
        elif kind == "future_wait":
            self.note(site, label, f"got{await self.watch.waits(kind, self.futures[args[0]])}")
        elif kind in ("future_set", "future_fail"):
            future = self.futures[args[0]]
            try:
                future.set_result(site) if kind == "future_set" else future.set_exception(Boom())
                self.note(site, label, "completed")
            except asyncio.InvalidStateError:
                self.note(site, label, "refused")
        elif kind == "future_cancel":
            self.note(site, label, str(self.futures[args[0]].cancel()).lower())
        elif kind in ("set", "get_var", "bind"):
            await self.variable(label, kind, site, args, group)
        elif kind == "soon":
            self.handles.append(self.loop.call_soon(self.callback, label, site, *args))
            self.note(site, label, "scheduled")
        elif kind == "later":
            self.handles.append(self.loop.call_later(args[0], self.callback, label, site, *args[1:]))
            self.note(site, label, "scheduled")
        elif kind == "cancel_handle":
            if self.handles:
                self.handles[-1].cancel()
            self.note(site, label, f"handles{len(self.handles)}")
        elif kind == "agen":
            await self.iterate(label, site, *args)
        else:
            await self.queue(label, kind, site, *args)

    async def variable(self, label, kind, site, args, group):
        variable = self.vars[args[0]]
        if kind == "set":
            variable.set(args[1])
        elif kind == "bind":
            token = variable.set(args[1])
            try:
                await self.body(label, args[2], group)
            finally:
                variable.reset(token)
        self.note(site, label, f"var{variable.get()}")

    async def queue(self, label, kind, site, number, *args):
        queue = self.queues[number]
        try:
            if kind == "put":
                await self.watch.waits(kind, queue.put(args[0]))
                self.note(site, label, f"put{queue.qsize()}")
            elif kind == "get":
                self.note(site, label, f"got{await self.watch.waits(kind, queue.get())}")
            elif kind == "put_now":
                queue.put_nowait(args[0])
                self.note(site, label, f"put{queue.qsize()}")
            elif kind == "get_now":
                self.note(site, label, f"got{queue.get_nowait()}")
            elif kind == "task_done":
                queue.task_done()
                self.note(site, label, "task_done")
            elif kind == "queue_join":
                await self.watch.waits(kind, queue.join())
                self.note(site, label, "all_done")
            else:
                queue.shutdown(immediate=bool(args[0]))
                self.note(site, label, "shut_down")
        except (asyncio.QueueEmpty, asyncio.QueueFull, asyncio.QueueShutDown, ValueError) as e:
            self.note(site, label, "refused" if isinstance(e, ValueError) else shape(e))

    def callback(self, label, site, kind, what):
        self.note(site, label, f"callback{self.vars[0].get()}")
        if kind == "event":
            self.signals[what].set()
        elif kind == "future":
            if not self.futures[what].done():
                self.futures[what].set_result(site)
        elif kind == "cancel":
            task = self.tasks.get(what)
            if task is not None:
                self.note(site, label, str(task.cancel()).lower())
        elif kind == "var":
            self.vars[what].set(site)
        elif kind == "boom":
            raise Boom()

    async def generate(self, label, site, count, time, cleanup):
        try:
            for i in range(count):
                await self.watch.waits("agen", asyncio.sleep(time))
                yield i
        except BaseException as e:
            self.note(site, label, "in_generator_" + shape(e))
            raise
        finally:
            if cleanup >= 0:
                await self.watch.waits("agen", asyncio.sleep(cleanup))
            self.note(site, label, "generator_ends")

    async def iterate(self, label, site, count, time, last, closes, cleanup):
        generator = self.generate(label, site, count, time, cleanup)
        self.kept.append(generator)
        try:
            async for i in generator:
                self.note(site, label, f"item{i}")
                if i == last:
                    break
        finally:
            if closes:
                await generator.aclose()
                self.note(site, label, "closed")

    async def limited(self, expired, body):
        """A body that ``expired()`` would end."""
        self.watch.enter(expired, "deadline")
        try:
            await body
        finally:
            self.watch.leave()

    def failed(self, context):
        self.events.append("handler:" + (shape(context["exception"]) if "exception" in context else "-"))

    async def main(self, body):
        self.start(self.task(["m", *body], None))
        await self.rest()
        for label, task in self.tasks.items():
            if not task.done():
                self.watch.ending.add(task)
                self.note(0, label, f"left_{task.cancelling()}_{str(task.cancel()).lower()}")
        await self.rest()
        await self.loop.shutdown_asyncgens()
        self.note(0, "", "over")

    async def rest(self):
        """Waits for the other tasks; not for ever, if they wait for what does not come."""
        for _ in range(WAITS):
            if len(asyncio.all_tasks()) == 1:
                return
            await asyncio.sleep(1)


def run(program):
    loop = VirtualLoop()
    asyncio.set_event_loop(loop)
    this = Run(loop)
    loop.set_exception_handler(lambda _, context: this.failed(context))
    try:
        loop.run_until_complete(loop.create_task(this.main(program)))
    except BaseException as e:
        this.events.append(shape(e))
    loop.set_exception_handler(lambda *_: None)
    KEPT.append(this)
    asyncio.tasks._scheduled_tasks.clear()  # or all_tasks() would look through those of all runs
    loop.close()
    return " ".join(this.events)


def parse(line):
    stack = [[]]
    for token in line.replace("(", " ( ").replace(")", " ) ").split():
        if token == "(":
            stack.append([])
        elif token == ")":
            stack[-2].append(stack.pop())
        else:
            stack[-1].append(int(token) if token.lstrip("-").isdigit() else token)
    return stack[0][0]


def serve():
    for line in sys.stdin:
        kind, _, what = line.rstrip("\n").partition(" ")
        program = Maker(int(what)).root(int(what)) if kind == "seed" else None if kind == "cells" else parse(what)
        if kind == "cells":
            print(",".join(map(" ".join, coverage.reached())), flush=True)
            continue
        if kind == "seed":
            print(text(program))
        print(run(program), flush=True)


def main(check):
    lines = ["# Programs and what CPython made of them, written by record_blocks.py"]
    for seed in range(PROGRAMS):
        program = Maker(seed).root(seed)
        lines += [text(program), run(program)]
    if coverage.unexpected():
        raise SystemExit(f"reached, though held to be unreachable: {coverage.unexpected()}")
    out = "\n".join(lines) + "\n"
    if not check:
        GOLDEN.write_bytes(gzip.compress(out.encode(), mtime=0))
        COVERAGE.write_text(coverage.table())
    elif gzip.decompress(GOLDEN.read_bytes()).decode() != out or COVERAGE.read_text() != coverage.table():
        raise SystemExit("blocks.txt.gz or blocks-coverage.md differs from what this Python makes of the programs")


coverage = Coverage()
gc.disable()
warnings.simplefilter("ignore")
sys.unraisablehook = lambda _: None
serve() if "--serve" in sys.argv else main("--check" in sys.argv)

"""What the trace programs share: a driver without a loop, a suspension, exceptions, and a note of a trace.

Frames of this file are not the programs', and are dropped from every list, as those of asyncio are.
"""
import asyncio
import sys

programs = {}
notes = []


def program(function):
    """Registers a program: a function that raises, or notes, something."""
    programs[function.__name__] = function
    return function


class Oops(Exception):
    pass


class Other(Exception):
    pass


class Cancelled(BaseException):
    pass


class Pause:
    """Suspends its awaiter once."""

    def __await__(self):
        yield self


def pause():
    return Pause()


class Promise:
    """A future without a loop: whoever awaits it suspends until it is done."""

    def __init__(self):
        self.failure = None

    def fail(self, failure):
        self.failure = failure

    def __await__(self):
        if self.failure is None:
            yield self
        raise self.failure


def run(coroutine):
    """Drives a coroutine to its end; every request is answered with None."""
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def cancel(coroutine):
    """Drives a coroutine to its first suspension, cancels it there, and drives it to its end."""
    coroutine.send(None)
    coroutine.throw(Cancelled())
    run(coroutine)


def hot(coroutine):
    """Runs a coroutine at once, on its caller's stack, to its first suspension."""
    return asyncio.eager_task_factory(asyncio.get_running_loop(), coroutine)


def is_loop(frame):
    starts_hot = frame.f_code.co_name == "factory"
    return frame.f_globals["__name__"].startswith("asyncio.") and not starts_hot


def note(exception):
    """Notes what is known of an exception where it was caught: the callers of the handler, then its trace.

    In a task the callers end at the loop, which is not why the task runs.
    """
    frames = []
    frame = sys._getframe(2)
    while frame is not None and not is_loop(frame):
        frames.insert(0, (frame.f_code, frame.f_lineno))
        frame = frame.f_back
    notes.append((exception, frames + frames_of(exception)))


def note_members(group):
    """Notes what is in a group, and in the groups in it, with nothing but its own trace."""
    for member in group.exceptions:
        notes.append((member, frames_of(member)))
        if isinstance(member, BaseExceptionGroup):
            note_members(member)


def frames_of(exception):
    frames = []
    traceback = exception.__traceback__
    while traceback is not None:
        frames.append((traceback.tb_frame.f_code, traceback.tb_lineno))
        traceback = traceback.tb_next
    return frames

import asyncio

from rig import Oops, Other, note, program


async def inner():
    await asyncio.sleep(0)
    raise Oops()  # @inner


async def child():
    await inner()  # @child


async def main_simple():
    await child()  # @main-simple


@program
def run_by_a_loop():
    asyncio.run(main_simple())  # @run-simple


async def parent_task():
    task = asyncio.create_task(child())
    await task  # @parent-task


async def main_parent():
    await parent_task()  # @main-parent


@program
def task_awaited():
    asyncio.run(main_parent())  # @run-parent


async def main_tasks():
    await asyncio.create_task(parent_task())  # @main-tasks


@program
def task_awaiting_a_task():
    asyncio.run(main_tasks())  # @run-tasks


async def late_awaiter():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await task  # @late-awaiter


@program
def task_that_had_failed_before():
    asyncio.run(late_awaiter())  # @run-late-awaiter


async def fine():
    await asyncio.sleep(0)
    return 1


async def gathers():
    await asyncio.gather(fine(), child(), fine())  # @gathers


async def main_gathers():
    await gathers()  # @main-gathers


@program
def gathered():
    asyncio.run(main_gathers())  # @run-gathers


async def catches():
    try:
        await asyncio.create_task(child())  # @catches
    except Oops as e:
        note(e)
        raise Other() from e  # @catches-other


async def main_catches():
    await asyncio.create_task(catches())  # @main-catches


@program
def noted_and_wrapped():
    asyncio.run(main_catches())  # @run-catches


async def set_by_callback():
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(lambda: future.set_exception(Oops()))
    await future  # @set-by-callback


async def main_callback():
    await set_by_callback()  # @main-callback


@program
def future_failed_by_a_callback():
    asyncio.run(main_callback())  # @run-callback


async def limited():
    await asyncio.wait_for(child(), 60)  # @limited


@program
def failed_within_a_time_limit():
    asyncio.run(limited())  # @run-limited


async def never():
    await asyncio.sleep(3600)  # @never


async def waits_for_ever():
    try:
        await never()  # @waits-for-ever
    except asyncio.CancelledError as e:
        note(e)
        raise


async def cancels():
    task = asyncio.create_task(waits_for_ever())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass


@program
def cancelled_task():
    asyncio.run(cancels())


async def countdown(n):
    if n == 0:
        await asyncio.sleep(0)
        raise Oops()  # @zero
    await asyncio.create_task(countdown(n - 1))  # @countdown


@program
def tasks_within_tasks():
    asyncio.run(countdown(4))  # @run-countdown


def work():
    raise Oops()  # @work


async def in_a_thread():
    await asyncio.to_thread(work)  # @in-a-thread


@program
def failed_in_a_thread():
    asyncio.run(in_a_thread())  # @run-in-a-thread


async def numbers():
    yield 1
    await child()  # @numbers


async def loops():
    async for _ in numbers():  # @loops
        pass


async def main_loops():
    await asyncio.create_task(loops())  # @main-loops


@program
def async_generator_in_a_task():
    asyncio.run(main_loops())  # @run-loops


async def hot(late):
    if late:
        await asyncio.sleep(0)
    raise Oops()  # @hot


async def starts_hot(late):
    task = asyncio.eager_task_factory(asyncio.get_running_loop(), hot(late))
    await asyncio.sleep(0)
    await task  # @starts-hot


@program
def hot_coroutine_that_fails_at_once():
    asyncio.run(starts_hot(False))  # @run-hot


@program
def hot_coroutine_that_fails_late():
    asyncio.run(starts_hot(True))  # @run-hot-late

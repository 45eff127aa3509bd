"""Exceptions that come from task groups, timeouts, and waits for several; and those inside a group."""
import asyncio

from rig import Oops, Other, note, note_members, program


async def leaf(n):
    await asyncio.sleep(0)
    raise Oops()  # @leaf


async def worker(n):
    await leaf(n)  # @worker


async def stubborn():
    try:
        await asyncio.sleep(10)
    finally:
        raise Other()  # @stubborn


async def group():
    async with asyncio.TaskGroup() as tg:  # @group
        tg.create_task(worker(1))
        tg.create_task(asyncio.sleep(10))
        tg.create_task(stubborn())


async def main_group():
    try:
        await group()  # @main-group
    except ExceptionGroup as e:
        note_members(e)
        raise


@program
def failures_of_a_groups_tasks():
    asyncio.run(main_group())  # @run-group


async def body_fails():
    async with asyncio.TaskGroup() as tg:  # @body-group
        tg.create_task(asyncio.sleep(10))
        await leaf(1)  # @body-fails


async def main_body_fails():
    try:
        await body_fails()  # @main-body-fails
    except ExceptionGroup as e:
        note(e)


@program
def failure_of_a_groups_block():
    asyncio.run(main_body_fails())


async def inner_group():
    async with asyncio.TaskGroup() as tg:  # @inner-group
        tg.create_task(worker(2))


async def outer_group():
    async with asyncio.TaskGroup() as tg:  # @outer-group
        tg.create_task(worker(1))
        tg.create_task(stubborn())
        tg.create_task(inner_group())


async def main_nested():
    try:
        await asyncio.create_task(outer_group())  # @main-nested
    except ExceptionGroup as e:
        note_members(e)
        note(e)


@program
def group_in_a_group():
    asyncio.run(main_nested())


async def waits_at_the_end():
    async with asyncio.TaskGroup() as tg:  # @waits-at-the-end
        tg.create_task(asyncio.sleep(10))


async def awaits_waiting():
    try:
        await waits_at_the_end()  # @awaits-waiting
    except asyncio.CancelledError as e:
        note(e)
        raise


async def cancels_group():
    task = asyncio.create_task(awaits_waiting())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])


@program
def group_cancelled_at_its_end():
    asyncio.run(cancels_group())


async def slow():
    await asyncio.sleep(10)


async def limited():
    async with asyncio.timeout(0):  # @limited
        await slow()


async def main_limited():
    try:
        await limited()  # @main-limited
    except TimeoutError as e:
        note(e)
        raise


@program
def timeout_of_a_block():
    asyncio.run(main_limited())  # @run-limited


async def waits_for():
    await asyncio.wait_for(slow(), 0.001)  # @waits-for


async def main_waits_for():
    try:
        await asyncio.create_task(waits_for())  # @main-waits-for
    except TimeoutError as e:
        note(e)


@program
def timeout_of_a_wait():
    asyncio.run(main_waits_for())


async def limited_group():
    async with asyncio.timeout(60):
        async with asyncio.TaskGroup() as tg:  # @limited-group
            tg.create_task(worker(1))
            await slow()


@program
def group_in_a_timeout():
    asyncio.run(limited_group())  # @run-limited-group


async def fails_in_a_timeout():
    async with asyncio.timeout(60):
        await worker(1)  # @fails-in-a-timeout


@program
def failure_in_a_timeout():
    asyncio.run(fails_in_a_timeout())  # @run-fails-in-a-timeout


async def takes_first():
    for first in asyncio.as_completed([worker(1), asyncio.sleep(10)]):
        await first  # @takes-first


@program
def first_of_several():
    asyncio.run(takes_first())  # @run-takes-first


async def gathers():
    await asyncio.gather(worker(1), slow())  # @gathers


async def gathers_in_a_group():
    async with asyncio.TaskGroup() as tg:  # @gathers-in-a-group
        tg.create_task(gathers())


async def main_gathers():
    try:
        await gathers_in_a_group()  # @main-gathers
    except ExceptionGroup as e:
        note_members(e)
        note(e)


@program
def gathering_in_a_group():
    asyncio.run(main_gathers())


async def shields():
    await asyncio.shield(worker(1))  # @shields


@program
def failure_through_a_shield():
    asyncio.run(shields())  # @run-shields


async def waits():
    done, _ = await asyncio.wait([asyncio.create_task(worker(1))])
    await done.pop()  # @waits


@program
def failure_after_a_wait():
    asyncio.run(waits())  # @run-waits

import asyncio

from rig import Oops, hot, note, program


async def failing():
    raise Oops()  # @failing


async def over():
    await failing()  # @over


async def catches():
    try:
        await over()  # @catches
    except Oops as e:
        note(e)


async def starts_catching():
    await hot(catches())  # @starts-catching


@program
def caught_in_the_hot_coroutine():
    asyncio.run(starts_catching())  # @run-catching


async def over_starts_catching():
    await asyncio.sleep(0)
    await starts_catching()  # @over-starts-catching


async def far_above():
    await over_starts_catching()  # @far-above


@program
def caught_below_waiting_coroutines():
    asyncio.run(far_above())  # @run-far-above


async def catches_beneath():
    await catches()  # @catches-beneath


async def starts_beneath():
    await hot(catches_beneath())  # @starts-beneath


@program
def caught_in_what_a_hot_coroutine_awaits():
    asyncio.run(starts_beneath())  # @run-beneath


async def fails_at_once():
    await over()  # @fails-at-once


def look(task):
    note(task.exception())


async def looks():
    await asyncio.sleep(0)
    look(hot(fails_at_once()))  # @looks


async def over_looks():
    await looks()  # @over-looks


@program
def failure_that_is_looked_at():
    asyncio.run(over_looks())  # @run-looks


async def awaits_later():
    task = hot(fails_at_once())
    await asyncio.sleep(0)
    await task  # @awaits-later


async def over_awaits_later():
    await awaits_later()  # @over-awaits-later


@program
def failure_that_is_awaited_later():
    asyncio.run(over_awaits_later())  # @run-later


async def hot_over_hot():
    await hot(fails_at_once())  # @hot-over-hot


async def starts_two():
    await hot(hot_over_hot())  # @starts-two


@program
def hot_coroutine_that_awaits_another():
    asyncio.run(starts_two())  # @run-two


async def notes_and_raises():
    try:
        await over()  # @notes-and-raises
    except Oops as e:
        note(e)
        raise


async def starts_raising():
    await hot(notes_and_raises())  # @starts-raising


@program
def caught_and_raised_again():
    asyncio.run(starts_raising())  # @run-raising


async def catches_another():
    try:
        await hot(fails_at_once())  # @catches-another
    except Oops as e:
        note(e)


async def starts_catching_another():
    await asyncio.sleep(0)
    await hot(catches_another())  # @starts-catching-another


async def over_catching_another():
    await starts_catching_another()  # @over-catching-another


@program
def failure_of_another_that_is_caught():
    asyncio.run(over_catching_another())  # @run-catching-another


async def items():
    try:
        await over()  # @items
    except Oops as e:
        note(e)
    yield 1


async def iterates():
    async for _ in items():  # @iterates
        pass


async def starts_iterating():
    await hot(iterates())  # @starts-iterating


@program
def caught_in_what_a_hot_coroutine_iterates():
    asyncio.run(starts_iterating())  # @run-iterating


async def cold(depth):
    await asyncio.sleep(0) if depth == 0 else None
    if depth == 0:
        await hot(between(1))  # @cold
    else:
        async for _ in items():  # @cold-end
            pass


async def between(depth):
    await cold(depth)  # @between


async def over_cold():
    await cold(0)  # @over-cold


@program
def caught_in_a_recursion_through_a_hot_coroutine():
    asyncio.run(over_cold())  # @run-cold


async def again(depth):
    if depth == 0:
        await asyncio.sleep(0)
        await hot(again(1))  # @again
    else:
        async for _ in items():  # @again-end
            pass


async def starts_again():
    await hot(again(0))  # @starts-again


@program
def caught_in_a_hot_recursion():
    asyncio.run(starts_again())  # @run-again


async def suspends_in_finally():
    try:
        await over()  # @suspends-in-finally
    finally:
        await asyncio.sleep(0)


async def starts_suspending():
    await hot(suspends_in_finally())  # @starts-suspending


@program
def failure_that_waits_in_a_finally():
    asyncio.run(starts_suspending())  # @run-suspending


def numbers():
    yield 1
    yield hot(catches())  # @numbers


async def pulls():
    await asyncio.sleep(0)
    gen = numbers()
    next(gen)
    next(gen)  # @pulls


@program
def caught_below_a_generator():
    asyncio.run(pulls())  # @run-pulls

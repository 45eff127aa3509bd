"""Exceptions that pass an async with, or come from its exit."""
from rig import Oops, Other, note, pause, program, run


class Passing:
    async def __aenter__(self):
        await pause()

    async def __aexit__(self, *failure):
        await pause()


class Raising:
    async def __aenter__(self):
        await pause()

    async def __aexit__(self, *failure):
        await pause()
        raise Other()  # @exit


class Swallowing:
    async def __aenter__(self):
        await pause()

    async def __aexit__(self, *failure):
        await pause()
        return True


async def late():
    await pause()
    raise Oops()  # @late


async def passing():
    async with Passing():
        await late()  # @passing


async def around():
    await passing()  # @around


@program
def passes_one():
    run(around())  # @run-around


async def passing_two():
    async with Passing():
        async with Passing():
            await passing()  # @passing-two


@program
def passes_three():
    run(passing_two())  # @run-passing-two


async def raising():
    async with Raising():  # @raising
        await late()


async def around_raising():
    await raising()  # @around-raising


@program
def exit_raises_for_an_exception():
    run(around_raising())  # @run-around-raising


async def ending():
    async with Raising():  # @ending
        await pause()


@program
def exit_raises_at_the_end():
    run(ending())  # @run-ending


async def passing_on():
    async with Passing():
        await raising()  # @passing-on


@program
def passes_on_what_an_exit_raised():
    run(passing_on())  # @run-passing-on


async def catching():
    try:
        async with Passing():
            await late()  # @catching
    except Oops as oops:
        note(oops)
    await late()  # @catching-again


@program
def caught_behind_one():
    run(catching())  # @run-catching


async def swallowed():
    async with Swallowing():
        await late()
    await late()  # @swallowed


@program
def raised_after_a_swallowed_one():
    run(swallowed())  # @run-swallowed


async def waiting_long():
    async with Passing():
        for i in range(3):
            await pause()
        await late()  # @waiting-long


@program
def passes_after_a_loop():
    run(waiting_long())  # @run-waiting-long

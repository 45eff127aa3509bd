from rig import Cancelled, Oops, Other, Promise, cancel, note, pause, program, run


def parse(raw):
    return check(raw)  # @parse


def check(raw):
    raise Oops(raw)  # @check


async def one():
    return parse("x")  # @one


async def two():
    return await one()  # @two


async def three():
    return await two()  # @three


async def four():
    return await three()  # @four


@program
def awaited_once():
    run(two())  # @run-two


@program
def awaited_not_at_all():
    run(one())  # @run-one


@program
def awaited_twice():
    run(three())  # @run-three


@program
def awaited_three_times():
    run(four())  # @run-four


async def late():
    await pause()
    raise Oops()  # @late


async def later():
    await late()  # @later


async def much_later():
    await pause()
    await later()  # @much-later


async def latest():
    await much_later()  # @latest


@program
def suspended_then_raised():
    run(late())  # @run-late


@program
def suspended_one_deep():
    run(later())  # @run-later


@program
def suspended_two_deep():
    run(much_later())  # @run-much-later


@program
def suspended_three_deep():
    run(latest())  # @run-latest


async def fetch(raw):
    await pause()
    return await one()  # @fetch


async def load(raw):
    try:
        return await fetch(raw)  # @load
    finally:
        await pause()


async def loader():
    return await load("x1")  # @loader


@program
def await_in_finally_while_in_flight():
    run(loader())  # @run-loader


async def cleanup():
    await pause()
    raise Other()  # @cleanup


async def load_badly():
    try:
        return await fetch("y")
    finally:
        await cleanup()  # @load-badly


async def bad_loader():
    return await load_badly()  # @bad-loader


@program
def raise_in_finally_while_in_flight():
    run(bad_loader())  # @run-bad-loader


async def nested_finally():
    try:
        try:
            await late()  # @nested-finally
        finally:
            await pause()
    finally:
        await pause()


@program
def two_finallys_with_awaits():
    run(nested_finally())  # @run-nested-finally


async def fails_when_cancelled():
    try:
        try:
            await waits()
        except Cancelled:
            raise Oops()  # @fails-when-cancelled
    finally:
        await pause()


@program
def finally_resumed_elsewhere():
    cancel(fails_when_cancelled())  # @cancel-failing


async def wraps():
    try:
        await later()  # @wraps
    except Oops as e:
        note(e)
        raise Other() from e  # @wrap


async def over_wraps():
    await wraps()  # @over-wraps


@program
def noted_and_wrapped():
    run(over_wraps())  # @run-wraps


async def wraps_at_once():
    try:
        await two()  # @wraps-at-once
    except Oops as e:
        note(e)
        await pause()
        raise Other() from e  # @wrap-late


async def over_wraps_at_once():
    await pause()
    await wraps_at_once()  # @over-wraps-at-once


@program
def noted_nested_and_wrapped_late():
    run(over_wraps_at_once())  # @run-wraps-at-once


async def again():
    try:
        await later()  # @again
    except Oops:
        await pause()
        raise


async def over_again():
    await again()  # @over-again


@program
def raised_again_after_an_await():
    run(over_again())  # @run-again


async def waits():
    await pause()  # @waits


async def waiter():
    await waits()  # @waiter


@program
def thrown_into_the_leaf():
    coroutine = waiter()
    coroutine.send(None)
    coroutine.throw(Oops())  # @throw


async def guarded():
    try:
        await waits()  # @guarded
    except Cancelled as e:
        note(e)
        raise


async def over_guarded():
    try:
        await guarded()  # @over-guarded
    finally:
        await pause()


@program
def cancelled():
    cancel(over_guarded())  # @cancel


async def await_failed(promise):
    return await promise  # @await-failed


async def over_await_failed(promise):
    return await await_failed(promise)  # @over-await-failed


@program
def failed_before_the_await():
    promise = Promise()
    promise.fail(Oops())
    run(over_await_failed(promise))  # @run-await-failed


@program
def failed_after_the_await():
    promise = Promise()
    coroutine = over_await_failed(promise)
    coroutine.send(None)
    promise.fail(Oops())
    coroutine.send(None)  # @resume


def failure():
    try:
        parse("z")  # @failure
    except Oops as e:
        return e


@program
def failed_with_a_raised_exception():
    promise = Promise()
    coroutine = over_await_failed(promise)
    coroutine.send(None)
    promise.fail(failure())
    coroutine.send(None)  # @resume-raised


async def recursive(depth):
    if depth == 0:
        raise Oops()  # @bottom
    await recursive(depth - 1)  # @recursive


@program
def recursion():
    run(recursive(5))  # @run-recursive


@program
def thousand_deep():
    run(recursive(1000))  # @run-thousand


async def recursive_late(depth):
    if depth == 0:
        await late()  # @bottom-late
    await recursive_late(depth - 1)  # @recursive-late


@program
def thousand_deep_after_a_suspension():
    run(recursive_late(1000))  # @run-thousand-late


@program
def in_a_method():
    class Service:
        async def call(self):
            await pause()
            return parse("s")  # @call

        async def twice(self):
            return await self.call() or await self.call()  # @service

    run(Service().twice())  # @run-service


class Faulty:
    def __await__(self):
        raise Oops()  # @faulty


async def await_faulty():
    await Faulty()  # @await-faulty


@program
def faulty_awaitable():
    run(await_faulty())  # @run-faulty


def numbers():
    yield 1
    raise Oops()  # @numbers


async def pulls():
    await pause()
    for _ in numbers():  # @pulls
        await pause()


async def over_pulls():
    await pulls()  # @over-pulls


@program
def generator_inside_a_coroutine():
    run(over_pulls())  # @run-pulls


def runs():
    yield 1
    yield run(later())  # @runs


def over_runs():
    yield from runs()  # @over-runs


@program
def coroutine_inside_a_generator():
    for _ in over_runs():  # @for-runs
        pass


async def stops():
    await pause()
    raise StopIteration()


async def over_stops():
    await stops()  # @over-stops


@program
def stop_iteration_escapes():
    run(over_stops())  # @run-stops


async def stubborn():
    try:
        await pause()
    except BaseException:
        await pause()


async def over_stubborn():
    await stubborn()  # @over-stubborn


@program
def exit_ignored():
    coroutine = over_stubborn()
    coroutine.send(None)
    coroutine.close()  # @exit-ignored


async def seven():
    return 7


async def combine(a, b, c):
    return a + b + c


async def operands():
    x = await seven()
    return await combine(x,
                         await seven(),
                         await later())  # @operands


@program
def await_in_the_arguments():
    run(operands())  # @run-operands


async def loops():
    for i in range(5):
        if i == 3:
            await later()  # @loops
        await pause()


@program
def await_in_a_loop():
    run(loops())  # @run-loops

from rig import Cancelled, Oops, Other, cancel, note, pause, program, run


async def price(i):
    await pause()
    if i == 2:
        raise Oops()  # @price
    return 100 + i


async def ticker(to):
    for i in range(to):
        yield await price(i)  # @ticker
        await pause()


async def consume():
    total = 0
    async for p in ticker(5):  # @consume
        total += p
    return total


async def over_consume():
    return await consume()  # @over-consume


@program
def async_for():
    run(over_consume())  # @run-consume


async def collect():
    return [p async for p in ticker(5)]  # @collect


async def over_collect():
    return await collect()  # @over-collect


@program
def list_comprehension():
    run(over_collect())  # @run-collect


async def body_fails():
    async for p in ticker(2):
        if p > 100:
            raise Oops()  # @body-fails


@program
def failure_in_the_loop_body():
    run(body_fails())  # @run-body-fails


async def failing_at_once():
    if True:
        raise Oops()  # @at-once
    yield


async def first_turn():
    async for _ in failing_at_once():  # @first-turn
        pass


@program
def failure_in_the_first_turn():
    run(first_turn())  # @run-first-turn


async def by_hand():
    gen = ticker(5)
    await gen.asend(None)
    await gen.asend(1)
    await gen.asend(2)  # @by-hand


async def over_by_hand():
    await by_hand()  # @over-by-hand


@program
def sent_to():
    run(over_by_hand())  # @run-by-hand


async def plain():
    yield 1  # @plain


async def throws_it():
    gen = plain()
    await gen.__anext__()
    await gen.athrow(Oops())  # @throws


async def over_throws():
    await throws_it()  # @over-throws


@program
def thrown_in():
    run(over_throws())  # @run-throws


async def handles():
    try:
        yield 1  # @handles
    except Oops as e:
        await pause()
        note(e)
        raise Other() from e  # @handles-other


async def throws_to_handler():
    await pause()
    gen = handles()
    await gen.__anext__()
    await gen.athrow(Oops())  # @throws-to-handler


@program
def thrown_in_and_handled():
    run(throws_to_handler())  # @run-throws-to-handler


async def fails_at_the_end():
    try:
        yield 1
    finally:
        await pause()
        raise Other()  # @at-the-end


async def closes():
    gen = fails_at_the_end()
    async for _ in gen:
        break
    await gen.aclose()  # @closes


@program
def raise_in_finally_on_close():
    run(closes())  # @run-closes


async def doubled(source):
    async for p in source:  # @doubled
        yield 2 * p


async def consume_doubled():
    await pause()
    async for _ in doubled(doubled(ticker(5))):  # @consume-doubled
        pass


@program
def pipeline():
    run(consume_doubled())  # @run-doubled


async def stops():
    yield 1
    raise StopAsyncIteration()


async def consume_stops():
    async for _ in stops():  # @consume-stops
        pass


@program
def stop_async_iteration_escapes():
    run(consume_stops())  # @run-stops


async def stubborn():
    try:
        yield 1
    finally:
        yield 2


async def closes_stubborn():
    gen = stubborn()
    await gen.__anext__()
    await gen.aclose()  # @closes-stubborn


@program
def exit_ignored():
    run(closes_stubborn())  # @run-closes-stubborn


async def forever():
    while True:
        await pause()  # @forever
        yield 1


async def consume_forever():
    async for _ in forever():  # @consume-forever
        pass


async def over_forever():
    try:
        await consume_forever()  # @over-forever
    except Cancelled as e:
        note(e)
        raise


@program
def cancelled_in_the_loop():
    cancel(over_forever())  # @cancel-forever


async def awaits_in_finally():
    try:
        async for p in ticker(5):  # @awaits-in-finally
            await pause()
    finally:
        await pause()


@program
def await_in_finally_while_in_flight():
    run(awaits_in_finally())  # @run-awaits-in-finally


async def reuses():
    gen = plain()
    turn = gen.__anext__()
    await turn
    await turn  # @reuses


@program
def reused_operation():
    run(reuses())  # @run-reuses

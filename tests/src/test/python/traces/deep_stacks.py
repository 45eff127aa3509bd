from rig import Oops, program, run


def countdown(n):
    if n == 0:
        raise Oops()  # @zero
    for x in countdown(n - 1):  # @countdown
        yield x


@program
def generators_that_pull_each_other():
    for _ in countdown(400):  # @pull
        pass


def catching(n):
    if n == 0:
        raise Oops()  # @catching-zero
    try:
        for x in catching(n - 1):  # @catching
            yield x
    except Oops:
        raise


@program
def generators_that_catch():
    for _ in catching(400):  # @pull-catching
        pass


def failing():
    yield 1  # @failing-first
    raise Oops()  # @failing


def over_failing():
    yield from failing()  # @over-failing


def deep(n):
    if n == 0:
        yield from over_failing()  # @deep-zero
    else:
        for x in deep(n - 1):  # @deep
            yield x


@program
def delegation_at_the_bottom():
    for _ in deep(300):  # @pull-deep
        pass


async def inner():
    raise Oops()  # @inner


async def outer(n):
    if n == 0:
        await inner()  # @outer-zero
    else:
        run(outer(n - 1))  # @outer


@program
def coroutines_that_run_each_other():
    run(outer(150))  # @run-outer


def raising(n, gen):
    if n == 0:
        gen.throw(Oops())  # @raising-zero
    else:
        raising(n - 1, gen)  # @raising


@program
def thrown_in_far_down():
    gen = over_failing()
    next(gen)
    raising(600, gen)  # @throw-far-down


def cleans():
    try:
        raise Oops()  # @cleans
    finally:
        yield 1


def over_cleans():
    yield from cleans()  # @over-cleans


def beginning(n, gen):
    if n == 0:
        next(gen)  # @beginning-zero
    else:
        beginning(n - 1, gen)  # @beginning


def going_on(n, gen):
    if n == 0:
        next(gen)  # @going-on-zero
    else:
        going_on(n - 1, gen)  # @going-on


@program
def finally_begun_far_down():
    gen = over_cleans()
    beginning(960, gen)
    going_on(0, gen)  # @go-on


@program
def finally_resumed_far_down():
    gen = over_cleans()
    beginning(0, gen)
    going_on(960, gen)  # @go-on-far-down


@program
def finally_begun_and_resumed_far_down():
    gen = over_cleans()
    beginning(960, gen)
    going_on(960, gen)  # @go-on-as-far-down


def keeps():
    try:
        yield 1  # @keeps
    finally:
        yield 2


@program
def thrown_in_far_down_by_another_than_who_goes_on():
    gen = keeps()
    next(gen)
    throwing(960, gen)
    going_on(0, gen)  # @go-on-with-what-was-thrown-in


def throwing(n, gen):
    if n == 0:
        gen.throw(Oops())
    else:
        throwing(n - 1, gen)

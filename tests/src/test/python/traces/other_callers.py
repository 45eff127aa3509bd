from rig import Oops, note, pause, program, run


def failing():
    raise Oops()  # @failing


def cleans():
    try:
        failing()  # @cleans
    finally:
        yield 1


def over_cleans():
    yield from cleans()  # @over-cleans


def first(gen):
    return next(gen)  # @first


def second(gen):
    return next(gen)  # @second


@program
def finally_resumed_by_another_caller():
    gen = cleans()
    first(gen)
    second(gen)  # @another-caller


@program
def finally_of_a_delegate_resumed_by_another_caller():
    gen = over_cleans()
    first(gen)
    second(gen)  # @another-caller-of-delegate


def cleans_too():
    try:
        yield from cleans()  # @cleans-too
    finally:
        yield 2


def third(gen):
    return next(gen)  # @third


@program
def two_finallys_resumed_by_two_more_callers():
    gen = cleans_too()
    first(gen)
    second(gen)
    third(gen)  # @two-more


def notes():
    try:
        failing()  # @notes
    except Oops as e:
        note(e)
        yield 1
        raise


@program
def raised_again_for_another_caller():
    gen = notes()
    first(gen)  # @notes-first
    second(gen)  # @notes-second


def keeps():
    try:
        yield 1  # @keeps
    finally:
        yield 2


def throws_in(gen):
    gen.throw(Oops())  # @throws-in


@program
def thrown_in_by_another_than_who_goes_on():
    gen = keeps()
    first(gen)
    throws_in(gen)
    second(gen)  # @goes-on


async def cleans_up():
    try:
        failing()  # @cleans-up
    finally:
        await pause()


async def over_cleans_up():
    await cleans_up()  # @over-cleans-up


def begin(coroutine):
    coroutine.send(None)  # @begin


def end(coroutine):
    coroutine.send(None)  # @end


@program
def coroutine_resumed_by_another_caller():
    coroutine = over_cleans_up()
    begin(coroutine)
    end(coroutine)  # @other-driver

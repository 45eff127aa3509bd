from rig import Oops, Other, note, program


def simple():
    yield 1
    raise Oops()  # @simple


def outer():
    yield 0
    yield from simple()  # @outer


def outermost():
    yield from outer()  # @outermost


@program
def direct():
    for _ in simple():  # @direct
        pass


@program
def first_step():
    def at_once():
        if True:
            raise Oops()  # @at-once
        yield

    next(at_once())  # @first-step


@program
def yield_from_once():
    for _ in outer():  # @once
        pass


@program
def yield_from_twice():
    for _ in outermost():  # @twice
        pass


@program
def pulled_by_next():
    gen = outermost()
    next(gen)
    next(gen)
    next(gen)  # @third-next


@program
def pulled_by_send():
    gen = outermost()
    gen.send(None)
    gen.send(1)
    gen.send(2)  # @third-send


def doubled(source):
    for x in source:  # @doubled
        yield 2 * x


@program
def pipeline():
    for _ in doubled(doubled(outer())):  # @pipeline
        pass


def helper(x):
    return check(x) + 1  # @helper


def check(x):
    if x > 1:
        raise Oops()  # @check
    return x


def calls():
    yield helper(1)
    yield helper(2)  # @calls


def calling():
    yield from calls()  # @calling


@program
def plain_functions_below():
    for _ in calling():  # @plain
        pass


def walk(depth):
    yield depth
    if depth == 3:
        raise Oops()  # @walk-end
    yield from walk(depth + 1)  # @walk


@program
def recursion():
    for _ in walk(0):  # @recursion
        pass


def down(depth):
    if depth == 0:
        yield depth
        raise Oops()  # @bottom
    yield from down(depth - 1)  # @down


@program
def thousand_deep():
    for _ in down(1000):  # @thousand
        pass


def c():
    yield 1  # @c


def d():
    yield from c()  # @d


@program
def thrown_in():
    gen = d()
    next(gen)
    gen.throw(Oops())  # @thrown-in


@program
def exit_thrown_in():
    gen = outermost()
    next(gen)
    next(gen)
    gen.throw(GeneratorExit())  # @exit-thrown


@program
def thrown_in_directly():
    gen = c()
    next(gen)
    gen.throw(Oops())  # @thrown-directly


def patient():
    try:
        yield 1  # @patient
    except Oops as e:
        note(e)
        raise


def impatient():
    yield from patient()  # @impatient


@program
def thrown_in_noted_and_raised_again():
    gen = impatient()
    next(gen)
    gen.throw(Oops())  # @noted-throw


def over_iterator():
    yield from iter([1, 2])  # @over-iterator


@program
def thrown_into_an_iterator():
    gen = over_iterator()
    next(gen)
    gen.throw(Oops())  # @into-iterator


class Faulty:
    def __iter__(self):
        return self

    def __next__(self):
        raise Oops()  # @faulty


def over_faulty():
    yield from Faulty()  # @over-faulty


@program
def faulty_iterator():
    next(over_faulty())  # @faulty-iterator


def stops():
    yield 1
    raise StopIteration()


def over_stops():
    yield from stops()  # @over-stops


@program
def stop_iteration_escapes():
    for _ in over_stops():  # @escapes
        pass


def stubborn():
    try:
        yield 1
    except BaseException:
        yield 2


def over_stubborn():
    yield from stubborn()  # @over-stubborn


@program
def ignored_exit():
    gen = over_stubborn()
    next(gen)
    gen.close()  # @ignored


def fails_at_the_end():
    try:
        yield 1
    finally:
        raise Other()  # @at-the-end


def over_fails():
    yield from fails_at_the_end()  # @over-fails


@program
def raise_in_finally_on_close():
    gen = over_fails()
    next(gen)
    gen.close()  # @close


@program
def raise_in_finally_replaces():
    gen = over_fails()
    next(gen)
    gen.throw(Oops())  # @replaced


def keeps():
    try:
        check(2)  # @keeps
    except Oops:
        yield 1
        yield 2
        raise


def over_keeps():
    yield from keeps()  # @over-keeps


@program
def raised_again_after_yields():
    for _ in over_keeps():  # @again
        pass


def middle():
    try:
        yield from outer()  # @middle
    except Oops as e:
        note(e)
        yield 10
        raise Other() from e  # @middle-wrap


def top():
    yield from middle()  # @top


@program
def caught_in_the_middle():
    for _ in top():  # @caught-middle
        pass


@program
def started_elsewhere():
    shared = outer()
    next(shared)

    def borrower():
        yield from shared  # @borrower

    for _ in borrower():  # @elsewhere
        pass


@program
def thrown_through_a_borrower():
    def three():
        yield 1
        yield 2  # @three

    shared = three()
    next(shared)

    def thrower():
        yield from shared  # @thrower

    gen = thrower()
    next(gen)
    gen.throw(Oops())  # @through-borrower


@program
def fails_after_the_delegate():
    def after():
        yield from c()
        raise Oops()  # @after

    def over_after():
        yield from after()  # @over-after

    for _ in over_after():  # @fails-after
        pass


@program
def anonymous():
    make = lambda: (yield helper(2))  # @lambda
    next(make())  # @anonymous


class Tree:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

    def walk(self):
        if self.left:
            yield from self.left.walk()  # @left
        if self.value < 0:
            raise Oops()  # @negative
        yield self.value
        if self.right:
            yield from self.right.walk()  # @right


@program
def tree():
    broken = Tree(5, Tree(2, None, Tree(4, Tree(-1))), Tree(6))
    for _ in broken.walk():  # @tree
        pass


@program
def driven_inside_another():
    def drives():
        gen = outermost()
        yield next(gen)
        yield next(gen)
        yield next(gen)  # @drives

    def over_drives():
        yield from drives()  # @over-drives

    for _ in over_drives():  # @inside-another
        pass

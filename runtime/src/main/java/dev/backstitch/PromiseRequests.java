package dev.backstitch;

/** The requests of a {@link Promise}: itself while it is not done; its value is the result. */
final class PromiseRequests<T> extends Gen<Object> {
    private final Promise<T> promise;
    private boolean asked;

    PromiseRequests(Promise<T> promise) {
        this.promise = promise;
    }

    @Override
    protected Object run() throws Throwable {
        if (asked) {
            resumed();
        } else if (!promise.isDone()) {
            asked = true;
            return yielding(promise);
        }
        Object outcome = Outcomes.of(promise);
        if (outcome instanceof Raised raised) {
            throw raised.exception();
        }
        return outcome;
    }
}

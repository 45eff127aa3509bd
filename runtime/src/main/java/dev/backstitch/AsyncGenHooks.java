package dev.backstitch;

/**
 * What those who write schedulers want to know of asynchronous generators, so as to close them at the end: Python's
 * {@code sys.set_asyncgen_hooks} (PEP 525).
 */
@FunctionalInterface
public interface AsyncGenHooks {
    /**
     * {@code gen} is about to be iterated for the first time. Not called for one that has nothing to do when it is closed: no
     * {@code finally} and no resource around a suspension.
     *
     * @return called once when {@code gen} has ended, however it has, on the thread that drives it; may be null
     */
    Runnable firstIteration(AsyncGen<?> gen);

    /**
     * Has {@code hooks} called for the generators that are first iterated on this thread; null calls nobody.
     *
     * @return what was called up to now, or null
     */
    static AsyncGenHooks set(AsyncGenHooks hooks) {
        return AsyncGen.setHooks(hooks);
    }
}

package dev.backstitch.engine.model;

/** Every name of the annotations and the runtime that the engine knows. A test holds them against the real classes. */
public final class RuntimeSymbols {
    private RuntimeSymbols() {}

    /** What every constant that concerns us contains. */
    public static final String PACKAGE = "dev/backstitch/";

    // ---- annotations, as descriptors
    public static final String ASYNC = "Ldev/backstitch/annotations/Async;";
    public static final String GENERATOR = "Ldev/backstitch/annotations/Generator;";
    public static final String WOVEN = "Ldev/backstitch/annotations/Woven;";
    public static final String SUPPRESS = "Ldev/backstitch/annotations/Suppress;";

    // ---- types, as internal names
    public static final String FRAME = "dev/backstitch/Frame";
    public static final String GEN = "dev/backstitch/Gen";
    public static final String INT_GEN = "dev/backstitch/IntGen";
    public static final String LONG_GEN = "dev/backstitch/LongGen";
    public static final String DOUBLE_GEN = "dev/backstitch/DoubleGen";
    public static final String COROUTINE = "dev/backstitch/Coroutine";
    public static final String ASYNC_GEN = "dev/backstitch/AsyncGen";
    public static final String EACH = "dev/backstitch/Each";
    public static final String STOP_ITERATION = "dev/backstitch/StopIteration";
    public static final String SIGNAL = "dev/backstitch/Signal";
    public static final String GENERATOR_EXIT = "dev/backstitch/GeneratorExit";
    public static final String TASK = "dev/backstitch/loop/Task";
    public static final String HOT = "dev/backstitch/loop/Hot";
    public static final String FRESH_ITERABLE = "dev/backstitch/FreshIterable";
    public static final String ASYNC_GEN_PUBLISHER = "dev/backstitch/AsyncGenPublisher";
    public static final String ASYNC_CLOSEABLE = "dev/backstitch/AsyncCloseable";
    public static final String PREVENTS_YIELDS = "dev/backstitch/PreventsYields";
    public static final String EXITS = "dev/backstitch/Exits";
    public static final String AWAITABLE = "dev/backstitch/Awaitable";

    // ---- suspension points
    public static final String YIELD = "yield";
    public static final String YIELD_FROM = "yieldFrom";
    public static final String AWAIT = "await";
    public static final String AWAIT_EACH = "awaitEach";
    public static final String SUSPEND = "suspend";
    public static final String CLOSE = "close";
    public static final String CLOSE_DESC = "()V";

    // ---- endings
    public static final String OF = "of";
    public static final String OF_DESC = "(Ljava/lang/Object;)Ldev/backstitch/Coroutine;";
    public static final String DONE = "done";
    public static final String DONE_DESC = "()Ldev/backstitch/Coroutine;";
    public static final String END = "end";

    // ---- members of Frame and its subclasses that generated frame classes call or override
    public static final String RUN = "run";
    public static final String RUN_DESC = "()Ljava/lang/Object;";
    public static final String WHERE = "where";
    public static final String WHERE_DESC = "()Ljava/lang/StackTraceElement;";
    public static final String LOCATION = "location";
    public static final String LOCATION_DESC =
            "(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;I)Ljava/lang/StackTraceElement;";
    public static final String CLEAR = "clear";
    public static final String IN_TAIL_CALL = "inTailCall";
    /** The line of a hot method's stub in a class file without lines: traces tell by it who has called whom. */
    public static final int HOT_CALL_LINE = 65_535;
    public static final String CLEANS_UP = "cleansUp";
    public static final String CLEANS_UP_NOW = "cleansUpNow";
    public static final String FRESH = "fresh";
    public static final String FRESH_DESC = "()Ldev/backstitch/Frame;";
    public static final String RESUMED = "resumed";
    public static final String YIELDING = "yielding";
    public static final String DELEGATE = "delegate";
    public static final String REQUEST = "request";
    public static final String AWAIT_NEXT = "awaitNext";
    public static final String AWAIT_CALL = "awaitCall";
    public static final String CALLED = "called";
    public static final String STOPS = "stops";
    public static final String STOPS_DESC = "(Ljava/lang/Object;)Z";
    public static final String IS_TOO_DEEP = "isTooDeep";
    public static final String IS_TOO_DEEP_DESC = "(I)Z";
    public static final String LOOSE = "loose";
    public static final String LOOSE_DESC = "()V";
    public static final String MADE_RUNNING = "madeRunning";
    public static final String MADE_RUNNING_DESC = "(Ldev/backstitch/Frame;I)V";
    public static final String WAIT_ON = "waitOn";
    public static final String WAIT_ON_DESC = "(Ljava/lang/Object;Ljava/lang/Object;)V";
    public static final String DEPTH = "depth";
    public static final String DEPTH_DESC = "()I";
    public static final String ESCAPED_CALL = "escapedCall";
    public static final String ESCAPED_CALL_DESC = 
            "(Ldev/backstitch/StopIteration;Ldev/backstitch/Frame;)Ljava/lang/RuntimeException;";
    public static final String RETURNED = "returned";
    public static final String CALL = "call";
    public static final String CALL_DESC = "(Ldev/backstitch/Frame;ILjava/lang/String;)Ljava/lang/Object;";
    public static final String TAIL = "tail";
    public static final String TAIL_DESC = "(Ljava/lang/Object;Ldev/backstitch/Frame;I)Ljava/lang/Object;";
    public static final String TAIL_CALL = "tailCall";
    public static final String TAIL_CALL_DESC =
            "(Ljava/lang/Object;Ldev/backstitch/Frame;ILjava/lang/String;)Ljava/lang/Object;";
    public static final String CAUGHT = "caught";
    public static final String CAUGHT_DESC = "(Ljava/lang/Throwable;Ldev/backstitch/Frame;)V";
    public static final String ENDING = "ending";
    public static final String SUSPENDED_IF_SELF = "suspendedIfSelf";
    public static final String SUSPENDED = "SUSPENDED";
    public static final String SIGNAL_YIELDED = "YIELDED";

    // ---- members of Gen that a generator's frame class calls or overrides
    public static final String HAS_NEXT = "hasNext";
    public static final String BEGIN = "begin";
    public static final String YIELDED = "yielded";
    public static final String UNDER = "under";
    public static final String UNDER_DESC = "(Ldev/backstitch/Frame;)V";
    public static final String PHASE = "phase";
    public static final String WAITING = "WAITING";
    public static final String SETTLE = "settle";
    public static final String SETTLE_DESC = "(Ljava/lang/Object;)Z";
    public static final String IN_CHAIN = "inChain";
    public static final String HAS_NEXT_ELSEWHERE = "hasNextElsewhere";
    public static final String FAILED = "failed";
    public static final String FAILED_DESC = "(Ljava/lang/Throwable;)Ljava/lang/RuntimeException;";
    public static final String MARK_CLOSED = "markClosed";
    public static final String KEEP_RESULT = "keepResult";
    public static final String KEEP_RESULT_DESC = "(Ljava/lang/Object;)V";

    // ---- called in place of a close()
    public static final String EXIT = "exit";
    public static final String EXIT_DESC = "(Ljava/lang/Throwable;)Ldev/backstitch/Coroutine;";
    public static final String NO_END = "noEnd";
    public static final String NO_END_DESC = "(Ljava/lang/Throwable;)Ljava/lang/IllegalStateException;";

    // ---- factories called by stubs
    public static final String HOT_FUTURE = "future";
    public static final String HOT_TASK = "task";
    public static final String HOT_FAILED_FUTURE = "failedFuture";
    public static final String HOT_FAILED_TASK = "failedTask";
    public static final String HOT_DONE_FUTURE = "doneFuture";
    public static final String HOT_DONE_TASK = "doneTask";

    // ---- what calls of EA Async become
    public static final String EA_ASYNC = "dev/backstitch/compat/EaAsync";
    public static final String EA_OUTCOME = "outcome";
    public static final String EA_OUTCOME_DESC =
            "(Ljava/util/concurrent/CompletionStage;)Ljava/util/concurrent/CompletionStage;";
    public static final String EA_VALUE = "value";
    public static final String EA_VALUE_DESC = "(Ljava/lang/Object;)Ljava/lang/Object;";
    public static final String EA_JOIN = "join";
    public static final String EA_JOIN_DESC = "(Ljava/util/concurrent/CompletionStage;)Ljava/lang/Object;";
    public static final String EA_IS_DONE = "isDone";
    public static final String EA_IS_DONE_DESC = "(Ljava/util/concurrent/CompletionStage;)Z";

    // ---- what methods call that were rewritten for a storm
    public static final String STORM = "dev/backstitch/Storm";
    public static final String STORM_TURN = "turn";
    public static final String STORM_TURN_DESC = "()Ldev/backstitch/Awaitable;";
    public static final String STORM_RUN = "run";
    public static final String STORM_RUN_DESC = "(Ldev/backstitch/Coroutine;)Ljava/lang/Object;";

    // ---- the constant that says which runtime this is
    public static final String ABI_CLASS = "dev/backstitch/Abi";
    public static final String ABI_FIELD = "VERSION";
    /** The runtime that rewritten classes go with. */
    public static final int ABI = 2;
}

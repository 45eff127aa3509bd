package dev.backstitch.engine.diag;

/**
 * The catalogue of what the engine has to say. 1xx usage, 2xx cannot suspend here, 3xx input class, 4xx agent, 5xx
 * suspicious code that is rewritten all the same, 9xx our bug.
 */
public enum DiagnosticCode {
    WRONG_RETURN_TYPE(
            102,
            "the return type does not fit the annotation",
            "the return type decides what an annotated method becomes",
            "@Generator goes with Gen, Iterator, Iterable or a PrimitiveIterator; @Async with Coroutine, Task,"
                    + " CompletableFuture or CompletionStage; both together with AsyncGen or Flow.Publisher",
            "@Generator Gen<Integer> numbers() { Gen.yield(1); return Gen.end(); }"),
    NOT_A_SUSPENDING_METHOD(
            103,
            "suspension in a method that cannot suspend",
            "only a method annotated @Generator or @Async, or a lambda that returns one of their types, is rewritten",
            "annotate the method and return one of the types that go with the annotation",
            "@Async Coroutine<String> read() { return Coroutine.of(await(source)); }"),
    WRONG_POINT_FOR_KIND(
            104,
            "this suspension does not belong in this kind of method",
            "a generator yields, a coroutine awaits, and only an asynchronous generator does both",
            "make the method the kind it needs to be",
            "@Async @Generator AsyncGen<Integer> ticker() { Gen.yield(1); await(pause()); return AsyncGen.end(); }"),
    METHOD_REFERENCE(
            105,
            "a suspension point as a method reference",
            "what calls through the reference is not rewritten, so nothing could suspend",
            "write a lambda that returns a Coroutine and awaits inside",
            "Function<URI, Coroutine<String>> f = u -> { String s = await(fetch(u)); return Coroutine.of(s); };"),
    NATIVE_METHOD(
            106,
            "a native method is annotated",
            "it has no body to rewrite",
            "remove the annotation, or wrap the native method",
            "private static native int read0();\n@Async static Coroutine<Integer> read() { await(ready()); return Coroutine.of(read0()); }"),
    NOT_REWRITTEN(
            107,
            "a class that needs rewriting has not been rewritten",
            "it would be shipped as the compiler wrote it, and its suspension points would throw NotWovenError",
            "run the Maven plugin's goal weave, the javac plugin, or the command line before the classes are packaged",
            ""),
    NO_PROCESSOR(
            108,
            "the javac plugin is there, but annotation processing is off",
            "the plugin rewrites classes through an annotation processor, the only one whom javac tells where class files go;"
                    + " since Java 23 javac runs none that is merely on the class path",
            "put backstitch-javac.jar on the processor path (-processorpath), or compile with -proc:full; if processors are"
                    + " named with -processor, add dev.backstitch.javac.BackstitchProcessor",
            ""),
    MONITOR_HELD(
            201,
            "suspension while a monitor is held",
            "a monitor belongs to a thread, and another thread may resume the method",
            "move the suspension out of the synchronized block",
            "T copy;\nsynchronized (lock) { copy = shared; }\nawait(send(copy));"),
    SYNCHRONIZED_METHOD(
            202,
            "suspension in a synchronized method",
            "the method would hold its monitor while it waits",
            "synchronize only the statements that need it, none of which suspends",
            "@Async Coroutine<Void> f() {\n  synchronized (this) { count++; }\n  await(save());\n  return Coroutine.done();\n}"),
    CONSTRUCTOR(
            203,
            "suspension in a constructor",
            "a half-made object cannot be left waiting",
            "use a static method that awaits first and constructs then",
            "@Async static Coroutine<Conn> open(URI u) { var s = await(connect(u)); return Coroutine.of(new Conn(s)); }"),
    STATIC_INITIALIZER(
            204,
            "suspension in a static initialiser",
            "the JVM holds the class's initialisation lock while it runs",
            "initialise in a method that is awaited",
            "@Async static Coroutine<Config> config() {\n  if (config == null) { config = await(load()); }\n  return Coroutine.of(config);\n}"),
    UNCLEAR_EXIT(
            205,
            "a close() of which it cannot be told what it does to an exception",
            "an exception under way is handed to the exit of an AsyncCloseable, and one that the exit throws takes its place;"
                    + " here the same handler adds other exceptions to it as suppressed",
            "use try-with-resources, and give each resource that is closed by hand a catch of its own",
            "try (var a = await(open()); var b = new StringReader(text)) { await(a.send(b)); }"),
    YIELD_IN_SCOPE(
            206,
            "yield inside a scope that may cancel",
            "whoever pulls the generator would run inside a scope of which it knows nothing, and be cancelled by it (PEP 789)",
            "yield outside of the scope: collect first, or let a task inside the scope put values into a queue",
            "@Async @Generator AsyncGen<Integer> numbers() {\n  List<Integer> all;\n"
                    + "  try (var scope = open()) { all = await(read()); }\n"
                    + "  for (int i : all) { Gen.yield(i); }\n  return AsyncGen.end();\n}"),
    ALREADY_WOVEN(
            301,
            "the class has been rewritten before",
            "its methods are state machines already",
            "rewrite the class as the compiler wrote it; with the build plugin, the agent leaves such classes alone",
            ""),
    SUBROUTINES(
            302,
            "jsr/ret that cannot be inlined",
            "the class file is older than Java 6 and uses subroutines in a way that has no structured equivalent",
            "recompile the class with any compiler of this century",
            ""),
    UNREADABLE(
            303,
            "the class file cannot be read",
            "it is damaged, or newer than this version of Backstitch knows",
            "use the newest version of Backstitch, or rewrite the class when it is built",
            ""),
    TOO_LARGE(
            304,
            "the rewritten method would be too large",
            "a method in a class file holds at most 65,535 bytes and takes at most 255 parameters, of which the rewriter needs"
                    + " up to four; a long or a double counts twice",
            "split the method; pass an object in place of very many parameters",
            ""),
    MIXED_ITERATORS(
            305,
            "an iterator that may or may not be that of awaitEach",
            "the same hasNext() call is reached with an asynchronous iterator and with another one",
            "iterate with an enhanced for loop directly over awaitEach(...)",
            "for (var x : awaitEach(gen)) { use(x); }"),
    BROKEN(
            306,
            "a rewritten class is not complete or not valid",
            "a rewritten class and its frames, the classes called Outer$method$$Frame, belong together; something has"
                    + " changed or lost a part of them since",
            "delete the class files, compile and rewrite them again; let nothing filter the frames out",
            ""),
    TOO_COMPLEX(
            307,
            "a method is too intricate to be rewritten",
            "its exception ranges, loops or variables are nested so deep that looking at them would take more time and memory"
                    + " than a build should",
            "split the method; generated or obfuscated code is best rewritten before it is obfuscated",
            ""),
    NAME_TAKEN(
            308,
            "a class has the name of a frame",
            "the frame of the method total of the class Outer is called Outer$total$$Frame; a class of such a name is there,"
                    + " and was not made by the rewriter",
            "give that class another name",
            ""),
    AGENT_OPTION(
            401,
            "an option of the agent is wrong",
            "an option that is quietly ignored would leave classes as they were",
            "the options are include=, exclude= (patterns of class names), dump=DIR, onError=fail|report, warnings=RULES,"
                    + " compat=ea-async and verbose, separated by commas or semicolons",
            "-javaagent:backstitch-agent.jar=include=com.acme.*;org.acme.*,onError=fail"),
    FRAME_NOT_DEFINED(
            402,
            "the frame of a rewritten method cannot be defined",
            "it extends a class of the runtime, so the loader of the rewritten class must find the runtime",
            "put backstitch-runtime.jar where the class's loader looks; a named module also needs"
                    + " \"requires dev.backstitch.runtime;\"",
            "java -javaagent:backstitch-agent.jar -cp app.jar:backstitch-runtime.jar com.acme.Main"),
    LOADED_TOO_EARLY(
            403,
            "a class was loaded before the agent",
            "a class that is loaded can be given no new methods, so it stays as it was",
            "start the JVM with -javaagent, before any agent that loads classes of the application",
            "java -javaagent:backstitch-agent.jar -cp app.jar:backstitch-runtime.jar com.acme.Main"),
    AGENT_ORDER(
            404,
            "JaCoCo's agent comes after Backstitch's",
            "JaCoCo knows a class by the bytes it sees, and those of a rewritten class are not the compiler's: its report"
                    + " would show such classes as not covered",
            "put JaCoCo's -javaagent first",
            "java -javaagent:jacocoagent.jar -javaagent:backstitch-agent.jar -cp app.jar com.acme.Main"),
    MIXED_VERSIONS(
            405,
            "the agent and the runtime do not go together",
            "rewritten classes call methods of the runtime that another version of it may not have",
            "use backstitch-agent and backstitch-runtime of the same version, and look for a second runtime on the class path",
            ""),
    NEVER_RUN(
            501,
            "a coroutine or generator is made, and nothing of it ever runs",
            "Coroutine, Gen and AsyncGen are cold: their body starts when somebody awaits, spawns or pulls them",
            "await it, spawn it, or do not make it",
            "@Async Coroutine<Void> shutdown() { await(save()); return Coroutine.done(); }"),
    YIELD_TYPE(
            502,
            "a yielded value that is no element of the generator",
            "yield takes any object, so the compiler cannot hold it against the return type; whoever pulls it gets a"
                    + " ClassCastException, somewhere else",
            "yield a value of the element type, or change the return type",
            "@Generator Gen<Long> numbers() { Gen.yield(1L); return Gen.end(); }"),
    AWAITED_VALUE(
            503,
            "the result of an await is probably not used as it was meant",
            "== on boxes and strings compares objects, not values; and a dropped Boolean, or a dropped coroutine inside"
                    + " the awaited one, is usually an answer nobody looked at",
            "compare with equals or unboxed; look at the answer, or await what came out",
            "@Async Coroutine<Boolean> same() { return Coroutine.of(await(first()).equals(await(second()))); }"),
    BLOCKING_CALL(
            504,
            "a call that blocks the thread, in a method that should suspend",
            "while it blocks, everything else on this loop stands still",
            "await the asynchronous form instead; await of something finished costs nothing",
            "@Async Coroutine<Void> pause() { await(sleep(Duration.ofSeconds(1))); return Coroutine.done(); }"),
    UNKNOWN_RESOURCE(
            505,
            "the type of a resource cannot be found",
            "only a class file tells whether a type is an AsyncCloseable, whose close() is awaited; this one is taken for an"
                    + " ordinary resource, and its close() would throw NotWovenError if it is none",
            "name what the class was compiled against (--class-path of the command line); under the agent, let the class's"
                    + " loader find the class file as a resource",
            ""),
    NEVER_COMPILED(
            506,
            "a rewritten method that the JIT will never compile",
            "HotSpot compiles no method of more than 8,000 bytes, so this one is interpreted for good, loops and all; the code"
                    + " of its suspensions counts",
            "split the method: awaiting a part costs nothing while it does not suspend",
            ""),
    INTERNAL(
            901,
            "Backstitch made an error",
            "this is a bug in the rewriter, not in your code",
            "report it with the class file; exclude the class meanwhile",
            "");

    private final int number;
    private final String summary;
    private final String reason;
    private final String remedy;
    private final String example;

    DiagnosticCode(int number, String summary, String reason, String remedy, String example) {
        this.number = number;
        this.summary = summary;
        this.reason = reason;
        this.remedy = remedy;
        this.example = example;
    }

    /** The public code, such as {@code BST-201}. */
    public String id() {
        return "BST-" + number;
    }

    /** The code with this {@link #id}; null if there is none. */
    public static DiagnosticCode of(String id) {
        for (DiagnosticCode code : values()) {
            if (code.id().equalsIgnoreCase(id)) {
                return code;
            }
        }
        return null;
    }

    /** Whether a class is refused for it, unless somebody asks for something else. */
    public Severity severity() {
        return number / 100 == 5 ? Severity.WARNING : Severity.ERROR;
    }

    /** What happened, in one phrase. */
    public String summary() {
        return summary;
    }

    /** Why that is not possible. */
    public String reason() {
        return reason;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }

    /** Code that would be right; may be empty. */
    public String example() {
        return example;
    }
}

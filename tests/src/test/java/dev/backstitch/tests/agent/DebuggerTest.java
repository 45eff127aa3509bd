package dev.backstitch.tests.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.LocatableEvent;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.StepRequest;
import dev.backstitch.tests.jvm.Application;
import dev.backstitch.tests.jvm.Jvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A debugger, as it sees a program that is rewritten: breakpoints, steps and variables are those of the source. */
class DebuggerTest {
    /** Lines are counted from here: the first is 1. */
    private static final String PROGRAM =
            """
            package app;
            import dev.backstitch.*;
            import dev.backstitch.annotations.*;
            import static dev.backstitch.Coroutine.*;
            public class Stepped {
                private final int factor = Integer.parseInt("10");
                @Generator Gen<Integer> sums(int n) {
                    int sum = 0;
                    for (int i = 1; i <= n; i++) {
                        sum += i * factor;
                        Gen.yield(sum);
                    }
                    return Gen.end();
                }
                @Async static Coroutine<String> ask(String name) {
                    String answer = suspend(name);
                    return Coroutine.of(name + answer);
                }
                @Async static Coroutine<String> both() {
                    String one = await(ask("a"));
                    String two = await(ask("b"));
                    return Coroutine.of(one + two);
                }
                public static void main(String[] args) {
                    int last = 0;
                    for (int sum : new Stepped().sums(2)) {
                        last = sum;
                    }
                    Coroutine<String> both = both();
                    both.send(null);
                    both.send("1");
                    try {
                        both.send("2");
                    } catch (StopIteration end) {
                        last++;
                    }
                }
            }
            """;

    @TempDir
    private Path directory;

    private List<Path> path(boolean rewritten) throws Exception {
        Path classes = Application.compile(directory.resolve("classes"), PROGRAM);
        if (rewritten) {
            new Jvm(directory).run("-jar", Jvm.AGENT.toString(), "weave", classes.toString()).quietOutput();
        }
        return List.of(classes, Jvm.RUNTIME, Jvm.ANNOTATIONS);
    }

    private static VirtualMachine launch(List<Path> classPath, String options) throws Exception {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("main").setValue("app.Stepped");
        arguments.get("options").setValue(options + " -cp \"" + Jvm.path(classPath) + "\"");
        return connector.launch(arguments);
    }

    /** What a debugger does at each stop. */
    private interface AtStop {
        void at(LocatableEvent event) throws Exception;
    }

    /** Runs the program with a breakpoint in each of {@code lines}. */
    private static void debug(VirtualMachine machine, List<Integer> lines, AtStop atStop) throws Exception {
        ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter("app.Stepped");
        prepared.enable();
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
                        return;
                    }
                    if (event instanceof ClassPrepareEvent prepare) {
                        for (int line : lines) {
                            breakpoint(prepare.referenceType(), line);
                        }
                    }
                    if (event instanceof BreakpointEvent || event instanceof StepEvent) {
                        atStop.at((LocatableEvent) event);
                    }
                }
                events.resume();
            }
        } finally {
            machine.process().destroyForcibly();
        }
    }

    private static void breakpoint(ReferenceType type, int line) throws AbsentInformationException {
        for (Location location : type.locationsOfLine(line)) {
            type.virtualMachine().eventRequestManager().createBreakpointRequest(location).enable();
        }
    }

    private static String variables(ThreadReference thread) throws Exception {
        StackFrame frame = thread.frame(0);
        Map<String, String> shown = new TreeMap<>();
        for (LocalVariable variable : frame.visibleVariables()) {
            shown.put(variable.name(), String.valueOf(frame.getValue(variable)));
        }
        if (frame.thisObject() != null) {
            shown.put("this", frame.thisObject().referenceType().name());
        }
        return frame.location().method().name() + ":" + frame.location().lineNumber() + " " + shown;
    }

    /** Steps into everything but libraries, as an IDE is set up to do. */
    private static String steps(VirtualMachine machine) throws Exception {
        List<String> stops = new ArrayList<>();
        debug(machine, List.of(25), event -> {
            Location location = event.location();
            if (location.lineNumber() > 0) { // where there is no source to show, as in frames, they go on by themselves
                stops.add(location.method().name() + ":" + location.lineNumber());
            }
            if (event instanceof BreakpointEvent) {
                StepRequest step = machine.eventRequestManager()
                        .createStepRequest(event.thread(), StepRequest.STEP_LINE, StepRequest.STEP_INTO);
                List.of("dev.backstitch.*", "java.*", "jdk.*", "sun.*").forEach(step::addClassExclusionFilter);
                step.enable();
            }
        });
        return stops.stream().collect(Collectors.joining(" "));
    }

    /**
     * Both ways through each suspension are in it: out of the body to whoever drives it, and back to the line that waits. What
     * comes before a body's first line, its dispatch among it, is of the first line to the JVM: so a debugger passes by there
     * when a body is left or entered anew.
     */
    private static final String STEPS = "main:25 main:26 <init>:5 <init>:6 main:26"
            + " sums:8 sums:9 sums:10 sums:11 sums:8 main:26 main:27 main:28 main:26"
            + " sums:8 sums:11 sums:9 sums:10 sums:11 sums:8 main:26 main:27 main:28 main:26"
            + " sums:8 sums:11 sums:9 sums:13 main:26"
            + " main:29 main:30 both:20 ask:16 both:20 main:30"
            + " main:31 ask:16 ask:17 both:20 both:21 ask:16 both:21 both:20 main:31"
            + " main:33 ask:16 ask:17 both:20 both:21 both:22 main:34 main:35 main:37";

    @Test
    void should_step_into_bodies_when_the_agent_rewrites_the_program() throws Exception {
        assertEquals(STEPS, steps(launch(path(false), "-javaagent:\"" + Jvm.AGENT + "\"")));
    }

    @Test
    void should_step_into_bodies_when_the_program_was_rewritten_before() throws Exception {
        assertEquals(STEPS, steps(launch(path(true), "")));
    }

    @Test
    void should_show_variables_by_name_when_a_body_has_been_resumed() throws Exception {
        List<String> shown = new ArrayList<>();
        debug(launch(path(true), ""), List.of(11, 17, 22), event -> shown.add(variables(event.thread())));
        assertEquals(
                List.of(
                        "sums:11 {i=1, n=2, sum=10, this=app.Stepped}",
                        "sums:11 {i=2, n=2, sum=30, this=app.Stepped}",
                        "ask:17 {answer=\"1\", name=\"a\"}",
                        "ask:17 {answer=\"2\", name=\"b\"}",
                        "both:22 {one=\"a1\", two=\"b2\"}"),
                shown);
    }
}

package dev.backstitch.agent.cli;

import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.WarningPolicy;
import dev.backstitch.engine.hierarchy.ClassPath;
import dev.backstitch.engine.model.StateMachine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: shows the state machines of a class, or what a code means. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeOnExecutionException = Main.UNEXPECTED,
        description = "Shows what becomes of a class's methods: states with their lines, what lives over each suspension and"
                + " where it is kept, sizes. Or tells what the code of a message means.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:it is explained",
            "1:the class is refused, rewritten already, or has no such method",
            "2:wrong usage",
            "70:an unexpected error"
        })
final class ExplainCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "CLASS[#METHOD]|CODE",
            description = "A class by its name or class file, as the compiler wrote it; or a code such as BST-204.")
    private String subject;

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            defaultValue = ".",
            description = "Directories and jars in which to look for the class; otherwise the current directory.")
    private String classPath;

    @Option(names = "--dot", description = "Print the states as a graph, for Graphviz.")
    private boolean dot;

    @Option(names = "--before-after", description = "Print the bytecode as well, as it was and as it is.")
    private boolean beforeAfter;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (subject.regionMatches(true, 0, "BST-", 0, 4)) {
            return explainCode();
        }
        int hash = subject.lastIndexOf('#');
        String name = hash < 0 ? subject : subject.substring(0, hash);
        String method = hash < 0 ? null : subject.substring(hash + 1);
        byte[] classFile = ClassFinder.find(name, classPath);
        if (classFile == null) {
            throw new ParameterException(spec.commandLine(), "no class " + name + " in " + classPath);
        }
        try (ClassPath path = Targets.classPath(classPath)) {
            return explain(new Weaver(WarningPolicy.ON, false, path), classFile, method);
        }
    }

    private int explainCode() {
        DiagnosticCode code = DiagnosticCode.of(subject);
        if (code == null) {
            throw new ParameterException(spec.commandLine(), "there is no code " + subject);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(code.id() + ": " + code.summary());
        out.println("Why: " + code.reason());
        out.println("Remedy: " + code.remedy());
        if (!code.example().isEmpty()) {
            out.println("Right:\n  " + code.example().strip().replace("\n", "\n  "));
        }
        return 0;
    }

    private int explain(Weaver weaver, byte[] classFile, String method) {
        WeaveResult result = weaver.weave(classFile);
        result.diagnostics().forEach(d -> Targets.report(spec, d));
        if (result.outcome() == WeaveResult.Outcome.REFUSED) {
            return Main.REJECTED;
        }
        List<StateMachine> machines = result.outcome() == WeaveResult.Outcome.UNTOUCHED
                ? List.of()
                : weaver.describe(classFile).stream().filter(m -> method == null || m.name().equals(method)).toList();
        if (machines.isEmpty()) {
            spec.commandLine().getErr().println(
                    method == null ? "nothing in this class suspends" : "no method " + method + " is rewritten");
            return method == null ? 0 : Main.REJECTED;
        }
        MachinePrinter printer = new MachinePrinter(spec.commandLine().getOut(), classFile, result);
        if (dot) {
            printer.graph(machines);
        } else {
            machines.forEach(printer::table);
        }
        if (beforeAfter) {
            machines.forEach(printer::beforeAndAfter);
        }
        return 0;
    }
}

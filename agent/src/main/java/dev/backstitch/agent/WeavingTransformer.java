package dev.backstitch.agent;

import dev.backstitch.engine.StormResult;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.diag.SourceLocation;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import dev.backstitch.engine.read.ClassFile;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Rewrites classes as the JVM loads them, and defines their frames before the class itself exists. Loads no class of the
 * application: what the frames extend is the runtime's. Returns null, not equal bytes, for a class it leaves alone, so
 * that the JVM can go on sharing it. Thread-safe; two threads may transform the same class at once.
 */
final class WeavingTransformer implements ClassFileTransformer {
    private final AgentArguments arguments;
    private final Weaver weaver;
    private final FrameDefiner frames;
    private final ModuleReads reads;
    private final RuntimeVersions versions;
    private final ClassDumper dumper;
    private final AgentLog log;
    private final AtomicBoolean mixReported = new AtomicBoolean();

    /** The frame this thread is defining, as an internal name; the JVM asks about it like about any other class. */
    private final ThreadLocal<String> frameInTheMaking = new ThreadLocal<>();

    WeavingTransformer(
            AgentArguments arguments,
            Weaver weaver,
            FrameDefiner frames,
            ModuleReads reads,
            RuntimeVersions versions,
            ClassDumper dumper,
            AgentLog log) {
        this.arguments = arguments;
        this.weaver = weaver;
        this.frames = frames;
        this.reads = reads;
        this.versions = versions;
        this.dumper = dumper;
        this.log = log;
        frameInTheMaking.remove();
    }

    /** Whether the class is none that we may rewrite, whatever is in it. */
    static boolean isOurs(String internalName) {
        if (!internalName.startsWith("dev/backstitch/")) {
            return false;
        }
        int from = "dev/backstitch/".length();
        return internalName.indexOf('/', from) < 0
                || internalName.startsWith("annotations/", from)
                || internalName.startsWith("compat/", from)
                || internalName.startsWith("io/", from)
                || internalName.startsWith("loop/", from)
                || internalName.startsWith("sync/", from)
                || internalName.startsWith("testing/", from)
                || internalName.startsWith("engine/", from)
                || internalName.startsWith("agent/", from);
    }

    /** Whether JaCoCo's agent is being started, which therefore comes after ours. */
    private static boolean isStartOfJaCoCo(String internalName) {
        return internalName.startsWith("org/jacoco/agent/rt/") && internalName.endsWith("/PreMain");
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String givenName,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] classFile) {
        if (loader == null || (givenName != null && isOurs(givenName))) {
            return null;
        }
        boolean storm = givenName != null && arguments.storms(givenName);
        if (!storm && !weaver.mayConcern(classFile)) {
            if (givenName != null && isStartOfJaCoCo(givenName)) {
                log.report(at(DiagnosticCode.AGENT_ORDER, givenName, ""));
            }
            return null;
        }
        String name = givenName;
        try {
            if (name == null) {
                name = ClassFile.nameOf(classFile).replace('.', '/'); // damaged ones are refused further on
            }
            if (isOurs(name) || name.equals(frameInTheMaking.get()) || !arguments.allows(name)) {
                return null;
            }
            TypeHierarchy hierarchy = TypeHierarchy.ofLoader(loader);
            WeaveResult result =
                    storm ? storm(classFile, hierarchy) : weaver.weave(classFile, hierarchy);
            return switch (result.outcome()) {
                case UNTOUCHED -> untouched(result);
                case REFUSED -> refused(name, classFile, result);
                case WOVEN -> redefined == null
                        ? woven(module, loader, name, domain, classFile, result)
                        : redefinition(name);
            };
        } catch (Throwable t) {
            return failed(name, classFile, t);
        }
    }

    private WeaveResult storm(byte[] classFile, TypeHierarchy hierarchy) {
        StormResult storm = weaver.storm(classFile, hierarchy);
        for (Diagnostic refusal : storm.refusals()) {
            log.detail("left out of the storm, " + refusal.location() + ": " + refusal.headline());
        }
        return storm.result();
    }

    private byte[] woven(
            Module module,
            ClassLoader loader,
            String name,
            ProtectionDomain domain,
            byte[] classFile,
            WeaveResult result) {
        warn(result);
        String problem = versions.problem(loader);
        if (problem != null) {
            return mixed(name, classFile, problem);
        }
        dumper.dump(name, result.classFile(), result.frames());
        try {
            reads.ensure(module, loader);
            defineFrames(loader, domain, result.frames());
        } catch (LinkageError e) {
            return notLinked(name, classFile, e);
        }
        log.detail("rewrote " + dotted(name) + ", " + result.frames().size() + " frames");
        return result.classFile();
    }

    private byte[] untouched(WeaveResult result) {
        warn(result);
        return null;
    }

    private void warn(WeaveResult result) {
        for (Diagnostic warning : result.diagnostics()) {
            log.report(warning.format());
        }
    }

    private void defineFrames(ClassLoader loader, ProtectionDomain domain, Map<String, byte[]> classFiles) {
        String outer = frameInTheMaking.get();
        try {
            for (Map.Entry<String, byte[]> frame : classFiles.entrySet()) {
                frameInTheMaking.set(frame.getKey());
                frames.define(loader, dotted(frame.getKey()), frame.getValue(), domain);
            }
        } finally {
            if (outer == null) {
                frameInTheMaking.remove();
            } else {
                frameInTheMaking.set(outer);
            }
        }
    }

    private byte[] refused(String name, byte[] classFile, WeaveResult result) {
        if (result.diagnostics().stream().allMatch(d -> d.code() == DiagnosticCode.ALREADY_WOVEN)) {
            return null;
        }
        String message = result.diagnostics().stream().map(Diagnostic::format).collect(Collectors.joining("\n"));
        log.report(whatBecomesOf(name) + "\n" + message);
        return rejected(name, classFile, message);
    }

    /** One message is enough: it is the same for every class. */
    private byte[] mixed(String name, byte[] classFile, String problem) {
        String message = at(DiagnosticCode.MIXED_VERSIONS, name, Premain.version() + "; " + problem);
        if (mixReported.compareAndSet(false, true)) {
            log.report(whatBecomesOf(name) + "\n" + message);
        } else {
            log.detail(whatBecomesOf(name) + ": " + DiagnosticCode.MIXED_VERSIONS.id());
        }
        return rejected(name, classFile, message);
    }

    private byte[] notLinked(String name, byte[] classFile, LinkageError cause) {
        String message = at(DiagnosticCode.FRAME_NOT_DEFINED, name, cause.toString());
        log.report(whatBecomesOf(name) + "\n" + message);
        return rejected(name, classFile, message);
    }

    private byte[] failed(String name, byte[] classFile, Throwable cause) {
        String message = at(DiagnosticCode.INTERNAL, name, Premain.version() + ", " + cause);
        log.report(whatBecomesOf(name) + "\n" + message, cause);
        return rejected(name, classFile, message);
    }

    private byte[] redefinition(String name) {
        log.report(at(DiagnosticCode.LOADED_TOO_EARLY, name, "its redefinition has suspending methods that are not rewritten"));
        return null;
    }

    private String whatBecomesOf(String name) {
        return dotted(name)
                + (arguments.onError() == AgentArguments.OnError.FAIL
                        ? " cannot be rewritten; it will fail when it is initialised"
                        : " cannot be rewritten; it is left as it was");
    }

    private byte[] rejected(String name, byte[] classFile, String message) {
        return arguments.onError() == AgentArguments.OnError.FAIL
                ? RefusedClass.failing(name, classFile, message)
                : null;
    }

    private static String at(DiagnosticCode code, String name, String detail) {
        return new Diagnostic(code, new SourceLocation(dotted(name), null, null, 0), detail).format();
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}

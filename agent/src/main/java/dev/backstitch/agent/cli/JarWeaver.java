package dev.backstitch.agent.cli;

import dev.backstitch.engine.DirectoryWeaver;
import dev.backstitch.engine.WeaveResult;
import dev.backstitch.engine.Weaver;
import dev.backstitch.engine.diag.Diagnostic;
import dev.backstitch.engine.diag.DiagnosticCode;
import dev.backstitch.engine.hierarchy.TypeHierarchy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites the classes of a jar: into a new file, which then takes its place in one step. Entries keep their order, times
 * and ways of compression; frames stand before their class, with its time, so equal jars become equal jars. A class
 * below {@code META-INF/versions} or another prefix has its frames below the same. A jar with nothing to rewrite is not
 * touched.
 */
final class JarWeaver {
    /** What becomes of a signed jar. */
    enum Signed {
        refuse,
        strip
    }

    private final Weaver weaver;
    private final Consumer<Diagnostic> report;
    private final Signed signed;

    JarWeaver(Weaver weaver, Consumer<Diagnostic> report, Signed signed) {
        this.weaver = weaver;
        this.report = report;
        this.signed = signed;
    }

    /**
     * Rewrites {@code jar}.
     *
     * @throws UnsafeJarException if it is signed and that matters, or contains what no jar should
     */
    DirectoryWeaver.Summary weave(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            JarReader reader = new JarReader(jar, zip);
            TypeHierarchy hierarchy = weaver.hierarchyWith(name -> classFile(reader, zip, name));
            Map<String, WeaveResult> woven = new LinkedHashMap<>();
            int refused = 0;
            for (ZipEntry entry : reader.entries()) {
                if (!entry.getName().endsWith(".class")) {
                    continue;
                }
                byte[] classFile = reader.classFile(entry);
                if (weaver.mayConcern(classFile)) {
                    refused += weave(entry.getName(), classFile, hierarchy, woven);
                }
            }
            int frames = woven.values().stream().mapToInt(result -> result.frames().size()).sum();
            if (!woven.isEmpty()) {
                if (reader.isSigned() && signed == Signed.refuse) {
                    throw new UnsafeJarException(jar + " is signed, and rewriting " + woven.keySet().iterator().next()
                            + " would break the signature: rewrite the classes before they are signed, or strip the"
                            + " signature with --signed=strip");
                }
                replace(jar, reader, woven);
            }
            return new DirectoryWeaver.Summary(woven.size(), refused, frames, 0);
        }
    }

    /** A class file in the jar's root, for its supertypes; null if there is none. */
    private static byte[] classFile(JarReader reader, ZipFile zip, String name) {
        try {
            ZipEntry entry = zip.getEntry(name + ".class");
            return entry == null ? null : reader.classFile(entry);
        } catch (IOException e) {
            return null;
        }
    }

    /** Adds to {@code woven} what is rewritten; 1 if the class is refused. */
    private int weave(String name, byte[] classFile, TypeHierarchy hierarchy, Map<String, WeaveResult> woven) {
        WeaveResult result = weaver.weave(classFile, hierarchy);
        boolean refused = result.outcome() == WeaveResult.Outcome.REFUSED;
        if (refused && result.diagnostics().stream().allMatch(d -> d.code() == DiagnosticCode.ALREADY_WOVEN)) {
            return 0;
        }
        result.diagnostics().forEach(report);
        if (result.outcome() == WeaveResult.Outcome.WOVEN) {
            woven.put(name, result);
        }
        return refused ? 1 : 0;
    }

    private void replace(Path jar, JarReader reader, Map<String, WeaveResult> woven) throws IOException {
        Path temporary = Files.createTempFile(jar.toAbsolutePath().getParent(), jar.getFileName().toString(), ".tmp");
        try {
            try (OutputStream file = Files.newOutputStream(temporary);
                    ZipOutputStream out = new ZipOutputStream(file)) {
                write(reader, woven, out);
            }
            JarReader.copyPermissions(jar, temporary);
            Files.move(temporary, jar, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void write(JarReader reader, Map<String, WeaveResult> woven, ZipOutputStream out) throws IOException {
        out.setComment(reader.comment());
        Set<String> frames = new HashSet<>();
        woven.forEach((name, result) -> frames.addAll(framesOf(name, result)));
        for (ZipEntry entry : reader.entries()) {
            String name = entry.getName();
            if (frames.contains(name) || reader.isSigned() && JarReader.isSignature(name)) {
                continue; // of a former rewriting; of a signature that is broken now
            }
            WeaveResult result = woven.get(name);
            if (result != null) {
                for (Map.Entry<String, byte[]> frame : result.frames().entrySet()) {
                    put(out, entry, frameEntry(name, frame.getKey()), frame.getValue());
                }
                put(out, entry, name, result.classFile());
            } else if (reader.isSigned() && name.equals(JarReader.MANIFEST)) {
                put(out, entry, name, reader.manifestWithoutDigests());
            } else {
                put(out, entry, name, reader.content(entry));
            }
        }
    }

    private static List<String> framesOf(String entry, WeaveResult result) {
        List<String> names = new ArrayList<>();
        result.frames().keySet().forEach(frame -> names.add(frameEntry(entry, frame)));
        return names;
    }

    /** The entry beside {@code classEntry} for the frame of this internal name. */
    private static String frameEntry(String classEntry, String frame) {
        return classEntry.substring(0, classEntry.lastIndexOf('/') + 1) + frame.substring(frame.lastIndexOf('/') + 1)
                + ".class";
    }

    /** Writes {@code content} as {@code name}, otherwise like {@code model}. */
    private static void put(ZipOutputStream out, ZipEntry model, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        if (model.getLastModifiedTime() != null) {
            entry.setTimeLocal(model.getTimeLocal());
        }
        if (name.equals(model.getName())) {
            entry.setExtra(model.getExtra());
            entry.setComment(model.getComment());
        }
        if (model.getMethod() == ZipEntry.STORED) {
            java.util.zip.CRC32 crc = new java.util.zip.CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
        }
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}

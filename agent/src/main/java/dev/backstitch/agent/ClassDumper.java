package dev.backstitch.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes rewritten classes and their frames below a directory, for {@code javap} and for bug reports. Thread-safe. */
final class ClassDumper {
    private final Path directory;
    private final AgentLog log;

    /** @param directory made when first needed; null: nothing is written */
    ClassDumper(Path directory, AgentLog log) {
        this.directory = directory;
        this.log = log;
    }

    /** Writes a class and its frames. What cannot be written is logged, and no reason to fail. */
    void dump(String internalName, byte[] classFile, Map<String, byte[]> frames) {
        if (directory == null) {
            return;
        }
        try {
            write(internalName, classFile);
            for (Map.Entry<String, byte[]> frame : frames.entrySet()) {
                write(frame.getKey(), frame.getValue());
            }
        } catch (IOException e) {
            log.report("cannot write " + internalName.replace('/', '.') + " below " + directory + ": " + e);
        }
    }

    private void write(String internalName, byte[] classFile) throws IOException {
        Path file = directory.resolve(internalName + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, classFile);
    }
}

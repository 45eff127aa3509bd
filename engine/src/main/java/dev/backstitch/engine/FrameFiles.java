package dev.backstitch.engine;

import dev.backstitch.engine.read.ClassReferences;
import dev.backstitch.engine.read.QuickScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of frame classes, which belong to the class that names them. */
final class FrameFiles {
    /** What the name of every frame class ends with, but for a number. */
    private static final String SUFFIX = "$$Frame";

    private FrameFiles() {}

    /** Whether a class of this name, internal or of a file, may be a frame. */
    static boolean isFrameName(String name) {
        int at = name.lastIndexOf(SUFFIX);
        return at > 0 && name.substring(at + SUFFIX.length()).chars().allMatch(Character::isDigit);
    }

    /** Whether {@code file} holds a frame that no class beside it names: what is left of one that is gone or changed. */
    static boolean isOrphan(Path file) throws IOException {
        String name = simpleName(file);
        if (!isFrameName(name) || !Files.exists(file)) {
            return false;
        }
        byte[] frame = Files.readAllBytes(file);
        if (!QuickScan.mayConcernUs(frame) || !ClassReferences.isSynthetic(frame)) {
            return false;
        }
        String internalName = ClassReferences.nameOf(frame);
        for (int at = name.indexOf('$'); at > 0 && at <= name.lastIndexOf(SUFFIX); at = name.indexOf('$', at + 1)) {
            Path owner = file.resolveSibling(name.substring(0, at) + ".class");
            if (Files.exists(owner) && ClassReferences.of(Files.readAllBytes(owner)).contains(internalName)) {
                return false;
            }
        }
        return true;
    }

    /** The frames that {@code classFile}, a rewritten class, names. */
    static List<String> framesOf(byte[] classFile) {
        List<String> frames = new ArrayList<>();
        String prefix = ClassReferences.nameOf(classFile) + "$";
        for (String name : ClassReferences.of(classFile)) {
            if (name.startsWith(prefix) && isFrameName(name)) {
                frames.add(name);
            }
        }
        return frames;
    }

    private static String simpleName(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".class".length());
    }
}

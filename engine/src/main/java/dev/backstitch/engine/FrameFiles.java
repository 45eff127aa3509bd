package dev.backstitch.engine;

import dev.backstitch.engine.model.FrameNames;
import dev.backstitch.engine.read.ClassReferences;
import dev.backstitch.engine.read.QuickScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of frame classes, which belong to the class that names them; for a while in which none of these changes. */
final class FrameFiles {
    /** What is named by each class file that was looked at: a class often has several frames. */
    private final Map<Path, Set<String>> named = new HashMap<>();

    /** Whether {@code classFile}, which concerns us and comes from {@code file}, is a frame. */
    static boolean isFrame(Path file, byte[] classFile) {
        return FrameNames.isOne(simpleName(file)) && ClassReferences.isSynthetic(classFile);
    }

    /** Whether {@code file}, which has the name of a frame, holds a class that is none; a damaged one is what is left of one. */
    static boolean isOfOthers(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        byte[] classFile = Files.readAllBytes(file);
        try {
            return !ClassReferences.isSynthetic(classFile);
        } catch (RuntimeException e) { // of ASM
            return false;
        }
    }

    /** Whether {@code file} holds a frame that no class beside it names: what is left of one that is gone or changed. */
    boolean isOrphan(Path file) throws IOException {
        String name = simpleName(file);
        if (!FrameNames.isOne(name) || !Files.exists(file)) {
            return false;
        }
        byte[] frame = Files.readAllBytes(file);
        try {
            return QuickScan.mayConcernUs(frame) && ClassReferences.isSynthetic(frame) && isOrphan(file, name, frame);
        } catch (RuntimeException | StackOverflowError e) { // of ASM: nobody can tell whose frame it is, or what its owner names
            return false;
        }
    }

    private boolean isOrphan(Path file, String name, byte[] frame) throws IOException {
        String internalName = ClassReferences.nameOf(frame);
        for (int at = name.indexOf('$'); at > 0 && at <= FrameNames.endOfMethod(name); at = name.indexOf('$', at + 1)) {
            Path owner = file.resolveSibling(name.substring(0, at) + ".class");
            if (named(owner).contains(internalName)) {
                return false;
            }
        }
        return true;
    }

    private Set<String> named(Path owner) throws IOException {
        Set<String> names = named.get(owner);
        if (names == null) {
            names = Files.exists(owner) ? ClassReferences.of(Files.readAllBytes(owner)) : Set.of();
            named.put(owner, names);
        }
        return names;
    }

    /** The frames that {@code classFile}, a rewritten class, names. */
    static List<String> framesOf(byte[] classFile) {
        List<String> frames = new ArrayList<>();
        String prefix = ClassReferences.nameOf(classFile) + "$";
        for (String name : ClassReferences.of(classFile)) {
            if (name.startsWith(prefix) && FrameNames.isOne(name)) {
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

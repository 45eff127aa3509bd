package dev.backstitch.engine.hierarchy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Which types extend which, from the headers of their class files; loads no class. A type whose class file is not found
 * is {@link Answer#UNKNOWN}: who asks decides what to make of it. Remembers what it has read. Thread-safe if its source is.
 */
public final class TypeHierarchy {
    /** Types of the JDK, which extend no type of ours: their class files are not read. */
    private static final List<String> PLATFORM = List.of("java/", "jdk/", "sun/");

    private final ClassSource source;
    private final Map<String, Optional<Header>> headers = new ConcurrentHashMap<>();

    /** Whether one type extends another. */
    public enum Answer {
        YES,
        NO,
        /** A class file that would tell is missing or damaged. */
        UNKNOWN
    }

    /** The direct supertypes of a class, as internal names; a null superclass is left out. */
    private record Header(List<String> supertypes) {}

    private TypeHierarchy(ClassSource source) {
        this.source = source;
    }

    /** Reads class files from {@code source}. */
    public static TypeHierarchy of(ClassSource source) {
        return new TypeHierarchy(source);
    }

    /** As {@link #of}, of what {@code loader} finds; null is the bootstrap loader. */
    public static TypeHierarchy ofLoader(ClassLoader loader) {
        return of(ClassSource.ofLoader(loader));
    }

    /** Makes {@code type} known, whose class file the source may not have; returns this. */
    public TypeHierarchy with(ClassNode type) {
        headers.put(type.name, Optional.of(new Header(supertypes(type.superName, type.interfaces))));
        return this;
    }

    private static List<String> supertypes(String superName, List<String> interfaces) {
        List<String> all = new java.util.ArrayList<>(interfaces);
        if (superName != null) {
            all.add(superName);
        }
        return List.copyOf(all);
    }

    /**
     * Whether {@code type} is {@code ancestor} or extends it.
     *
     * @param type an internal name; an array extends nothing of ours
     * @param ancestor the internal name of a type that is not the JDK's
     */
    public Answer isSubtype(String type, String ancestor) {
        return isSubtype(type, ancestor, new HashSet<>());
    }

    private Answer isSubtype(String type, String ancestor, Set<String> seen) {
        if (type.equals(ancestor)) {
            return Answer.YES;
        }
        if (type.startsWith("[") || PLATFORM.stream().anyMatch(type::startsWith) || !seen.add(type)) {
            return Answer.NO;
        }
        Optional<Header> header = headers.computeIfAbsent(type, this::read);
        if (header.isEmpty()) {
            return Answer.UNKNOWN;
        }
        Answer result = Answer.NO;
        for (String supertype : header.get().supertypes) {
            Answer answer = isSubtype(supertype, ancestor, seen);
            if (answer == Answer.YES) {
                return answer;
            }
            result = answer == Answer.UNKNOWN ? answer : result;
        }
        return result;
    }

    private Optional<Header> read(String name) {
        byte[] classFile = source.find(name);
        if (classFile == null) {
            return Optional.empty();
        }
        try {
            ClassReader reader = new ClassReader(classFile);
            return Optional.of(new Header(supertypes(reader.getSuperName(), List.of(reader.getInterfaces()))));
        } catch (RuntimeException e) {
            return Optional.empty(); // damaged, or newer than ASM knows
        }
    }
}

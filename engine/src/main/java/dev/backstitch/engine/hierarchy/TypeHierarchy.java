package dev.backstitch.engine.hierarchy;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Which types extend which, from the headers of their class files; loads no class. A type whose class file is not found
 * is {@link Answer#UNKNOWN}: who asks decides what to make of it. Remembers what it has read. Thread-safe if its source is.
 */
public final class TypeHierarchy {
    /** Types of the JDK, which extend no type but the JDK's: for those of others their class files are not read. */
    private static final List<String> PLATFORM = List.of("java/", "jdk/", "sun/");

    private static final String OBJECT = "java/lang/Object";

    /** Gives the direct supertypes of a type, its superclass first; null if it does not know the type. */
    private final Function<String, List<String>> source;
    private final Map<String, Optional<List<String>>> supertypes = new ConcurrentHashMap<>();

    /** Whether one type extends another. */
    public enum Answer {
        YES,
        NO,
        /** A class file that would tell is missing or damaged. */
        UNKNOWN
    }

    private TypeHierarchy(Function<String, List<String>> source) {
        this.source = source;
    }

    /** Reads class files from {@code source}. */
    public static TypeHierarchy of(ClassSource source) {
        return new TypeHierarchy(name -> read(source.find(name)));
    }

    /**
     * Asks {@code supertypes}, for who has no class files yet.
     *
     * @param supertypes the direct supertypes of a type, its superclass first, all as internal names; null if the type is
     *     not known
     */
    public static TypeHierarchy ofSupertypes(Function<String, List<String>> supertypes) {
        return new TypeHierarchy(supertypes);
    }

    /** As {@link #of}, of what {@code loader} finds; null is the bootstrap loader. */
    public static TypeHierarchy ofLoader(ClassLoader loader) {
        return of(ClassSource.ofLoader(loader));
    }

    /** Makes {@code type} known, whose class file the source may not have; returns this. */
    public TypeHierarchy with(ClassNode type) {
        supertypes.put(type.name, Optional.of(all(type.superName, type.interfaces)));
        return this;
    }

    private static List<String> all(String superName, List<String> interfaces) {
        List<String> all = new java.util.ArrayList<>();
        if (superName != null) {
            all.add(superName);
        }
        all.addAll(interfaces);
        return List.copyOf(all);
    }

    /**
     * Whether {@code type} is {@code ancestor} or extends it.
     *
     * @param type an internal name; an array extends nothing that is asked for
     * @param ancestor an internal name
     */
    public Answer isSubtype(String type, String ancestor) {
        return isSubtype(type, ancestor, new HashSet<>());
    }

    private Answer isSubtype(String type, String ancestor, Set<String> seen) {
        if (type.equals(ancestor)) {
            return Answer.YES;
        }
        boolean cannot = type.startsWith("[") || type.equals(OBJECT) || isOfThePlatform(type) && !isOfThePlatform(ancestor);
        if (cannot || !seen.add(type)) {
            return Answer.NO;
        }
        Optional<List<String>> direct = directSupertypes(type);
        if (direct.isEmpty()) {
            return Answer.UNKNOWN;
        }
        Answer result = Answer.NO;
        for (String supertype : direct.get()) {
            Answer answer = isSubtype(supertype, ancestor, seen);
            if (answer == Answer.YES) {
                return answer;
            }
            result = answer == Answer.UNKNOWN ? answer : result;
        }
        return result;
    }

    private static boolean isOfThePlatform(String type) {
        return PLATFORM.stream().anyMatch(type::startsWith);
    }

    private Optional<List<String>> directSupertypes(String type) {
        return supertypes.computeIfAbsent(type, name -> Optional.ofNullable(source.apply(name)));
    }

    /** The nearest class that both types are or extend; {@code java/lang/Object} for an interface, and where it is not known. */
    public String commonSuperclass(String a, String b) {
        Set<String> ofA = new LinkedHashSet<>();
        for (String type = a; type != null && ofA.add(type); type = superclass(type)) {
            if (type.equals(b)) {
                return b;
            }
        }
        Set<String> seen = new HashSet<>();
        for (String type = b; type != null && seen.add(type); type = superclass(type)) {
            if (ofA.contains(type)) {
                return type;
            }
        }
        return OBJECT;
    }

    /** Null for {@code java/lang/Object} and for a type that is not known. */
    private String superclass(String type) {
        return directSupertypes(type).filter(all -> !all.isEmpty()).map(all -> all.get(0)).orElse(null);
    }

    private static List<String> read(byte[] classFile) {
        if (classFile == null) {
            return null;
        }
        try {
            ClassReader reader = new ClassReader(classFile);
            return all(reader.getSuperName(), List.of(reader.getInterfaces()));
        } catch (RuntimeException e) {
            return null; // damaged, or newer than ASM knows
        }
    }
}

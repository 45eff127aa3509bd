package dev.backstitch.engine.check;

import java.util.Map;
import java.util.Set;

/** The JDK's final classes that stand for values, with everything they extend. */
final class ValueClasses {
    private static final String LANG = "java/lang/";
    private static final Set<String> ALL =
            Set.of(LANG + "Object", LANG + "Comparable", "java/io/Serializable", LANG + "constant/Constable");
    private static final Set<String> NUMBER = Set.of(LANG + "Number");
    private static final Set<String> NUMBER_CONSTANT = Set.of(LANG + "Number", LANG + "constant/ConstantDesc");

    /** By class: what it extends beside {@link #ALL}. */
    private static final Map<String, Set<String>> SUPERTYPES = Map.of(
            LANG + "Boolean", Set.of(),
            LANG + "Character", Set.of(),
            LANG + "Byte", NUMBER,
            LANG + "Short", NUMBER,
            LANG + "Integer", NUMBER_CONSTANT,
            LANG + "Long", NUMBER_CONSTANT,
            LANG + "Float", NUMBER_CONSTANT,
            LANG + "Double", NUMBER_CONSTANT,
            LANG + "String", Set.of(LANG + "CharSequence", LANG + "constant/ConstantDesc"));

    private ValueClasses() {}

    /** Whether the class {@code type} is one of them. */
    static boolean contains(String type) {
        return SUPERTYPES.containsKey(type);
    }

    /** Whether no object can be of both types, as far as that follows from one of them being here. */
    static boolean excludeEachOther(String a, String b) {
        return !a.equals(b)
                && (contains(a) && !extend(a, b) || contains(b) && !extend(b, a));
    }

    private static boolean extend(String value, String type) {
        return value.equals(type) || ALL.contains(type) || SUPERTYPES.get(value).contains(type);
    }
}

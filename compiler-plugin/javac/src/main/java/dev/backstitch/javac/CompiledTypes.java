package dev.backstitch.javac;

import dev.backstitch.engine.hierarchy.TypeHierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** What extends what, by the compiler itself: it knows the types whose class files it has not written yet. */
final class CompiledTypes {
    private CompiledTypes() {}

    /** The types that {@code elements} knows. Classes inside methods are none of them. */
    static TypeHierarchy of(Elements elements) {
        return TypeHierarchy.ofSupertypes(name -> supertypes(elements, name));
    }

    private static List<String> supertypes(Elements elements, String internalName) {
        TypeElement type = find(elements, internalName);
        if (type == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        if (type.getKind().isInterface()) {
            names.add("java/lang/Object"); // as a class file has it
        }
        Stream.concat(Stream.of(type.getSuperclass()), type.getInterfaces().stream())
                .forEach(supertype -> addName(elements, supertype, names));
        return names;
    }

    private static void addName(Elements elements, TypeMirror type, List<String> names) {
        if (type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element) {
            names.add(elements.getBinaryName(element).toString().replace('.', '/'));
        }
    }

    /** By its binary name, in which a dollar sign may belong to a name. */
    private static TypeElement find(Elements elements, String internalName) {
        String binary = internalName.replace('/', '.');
        TypeElement exact = elements.getTypeElement(binary);
        if (exact != null) {
            return exact;
        }
        for (int dollar = binary.indexOf('$'); dollar > 0; dollar = binary.indexOf('$', dollar + 1)) {
            TypeElement outer = elements.getTypeElement(binary.substring(0, dollar));
            TypeElement found = outer == null ? null : member(elements, outer, binary);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static TypeElement member(Elements elements, TypeElement outer, String binary) {
        for (Element enclosed : outer.getEnclosedElements()) {
            if (enclosed instanceof TypeElement type) {
                String name = elements.getBinaryName(type).toString();
                if (name.equals(binary)) {
                    return type;
                }
                if (binary.startsWith(name + "$")) {
                    TypeElement found = member(elements, type, binary);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }
}

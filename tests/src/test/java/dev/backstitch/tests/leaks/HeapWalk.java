package dev.backstitch.tests.leaks;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks the heap from something that is suspended, over every field of every frame that is reached. What the variables of
 * a suspended frame hold must be what its code has {@linkplain Notes noted} as of use; and no frame that has ended may
 * be held by a frame that does not.
 */
final class HeapWalk {
    private static final Pattern PLACE = Pattern.compile("<[a-z ]+ (.+)\\(.*:(\\d+)\\)>");

    private final List<String> leaks = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    int frames;
    int held;

    /** What is wrong with what {@code root} reaches. */
    List<String> from(Object root) {
        seen.clear();
        leaks.clear();
        Deque<Object> work = new ArrayDeque<>();
        work.add(root);
        while (!work.isEmpty()) {
            Object object = work.pop();
            if (isFrame(object) && seen.add(object) && state(object) == Gen.State.SUSPENDED) {
                work.addAll(look(object));
            }
        }
        return leaks;
    }

    private List<Object> look(Object frame) {
        Matcher place = PLACE.matcher(frame.toString());
        boolean generated = frame.getClass().getSimpleName().endsWith("$$Frame") && place.matches();
        List<Object> reached = new ArrayList<>();
        List<Object> variables = new ArrayList<>();
        for (Class<?> type = frame.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                    continue;
                }
                Object value = valueOf(field, frame);
                if (value == null) {
                    continue;
                }
                reached.add(value);
                if (generated && field.getName().startsWith("$")) {
                    variables.add(value);
                } else if (isFrame(value) && state(value) == Gen.State.CLOSED) {
                    leaks.add(frame + " keeps by its " + field.getName() + " the ended " + value);
                }
            }
        }
        if (generated) {
            frames++;
            held += variables.size();
            check(frame, place.group(1) + ":" + place.group(2), variables);
        }
        return reached;
    }

    /** One of the notes for its place has all that it holds: one is its own, the others are of other activations. */
    private void check(Object frame, String place, List<Object> variables) {
        List<Object> least = variables;
        for (Notes.Note note : Notes.at(place)) {
            List<Object> unused = variables.stream().filter(v -> !note.has(v)).toList();
            least = unused.size() < least.size() ? unused : least;
        }
        for (Object unused : least) {
            leaks.add(frame + " keeps " + (isFrame(unused) ? unused : "an object of " + unused.getClass().getName()
                    + (unused instanceof String ? " \"" + unused + "\"" : "")));
        }
    }

    private static Object valueOf(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isFrame(Object object) {
        return object instanceof Gen || object instanceof Coroutine || object instanceof AsyncGen;
    }

    private static Gen.State state(Object frame) {
        return frame instanceof Gen<?> gen
                ? gen.state()
                : frame instanceof Coroutine<?> coroutine ? coroutine.state() : ((AsyncGen<?>) frame).state();
    }
}

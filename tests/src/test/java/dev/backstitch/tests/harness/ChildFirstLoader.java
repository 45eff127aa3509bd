package dev.backstitch.tests.harness;

import java.util.LinkedHashMap;
import java.util.Map;

/** Defines the classes it was given itself, whatever its parent has under their names. */
public class ChildFirstLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    /** @param classes class files by internal name */
    public ChildFirstLoader(Map<String, byte[]> classes) {
        super(ChildFirstLoader.class.getClassLoader());
        this.classes = new LinkedHashMap<>(classes);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            byte[] bytes = classes.get(name.replace('.', '/'));
            if (loaded == null && bytes != null) {
                loaded = defineClass(name, bytes, 0, bytes.length);
            }
            return loaded == null ? super.loadClass(name, resolve) : loaded;
        }
    }

    /** The class files by internal name. */
    Map<String, byte[]> classFiles() {
        return classes;
    }

    /** The same classes once more, none of them initialised. */
    ChildFirstLoader copy() {
        return new ChildFirstLoader(classes);
    }

    /** Loads, verifies and initialises every class. */
    void initializeAll() throws ClassNotFoundException {
        for (String name : classes.keySet()) {
            Class.forName(name.replace('/', '.'), true, this);
        }
    }
}

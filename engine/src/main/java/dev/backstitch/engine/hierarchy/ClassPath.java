package dev.backstitch.engine.hierarchy;

import java.io.Closeable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * The class files of the JDK that runs this, then of a class path: directories and jars, asked in this order; what does
 * not exist has none. Its jars are open from the first question on until it is closed; then it has no class files. Thread-safe.
 */
public final class ClassPath implements ClassSource, Closeable {
    /** Only ever asked for resources. */
    private final URLClassLoader loader;

    private final ClassSource source;

    /**
     * Opens nothing yet.
     *
     * @throws IllegalArgumentException if an entry is not on the default file system
     */
    public ClassPath(List<Path> entries) {
        URL[] urls = entries.stream().map(ClassPath::urlOf).toArray(URL[]::new);
        loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        source = ClassSource.ofLoader(loader);
    }

    private static URL urlOf(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not on the default file system: " + entry, e);
        }
    }

    @Override
    public byte[] find(String name) {
        return source.find(name);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}

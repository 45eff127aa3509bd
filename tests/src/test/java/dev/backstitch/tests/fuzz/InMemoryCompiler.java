package dev.backstitch.tests.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** javac from strings to bytes. */
public final class InMemoryCompiler {
    private InMemoryCompiler() {}

    /**
     * Compiles for Java 17.
     *
     * @param sources by qualified class name
     * @return class files by internal name
     */
    public static Map<String, byte[]> compile(Map<String, String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, byte[]> classFiles = new LinkedHashMap<>();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("--release", "17", "-proc:none", "-nowarn", "-g", "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        try (var standard = compiler.getStandardFileManager(null, null, null);
                var files = new Outputs(standard, classFiles)) {
            List<Source> units = sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
            if (!compiler.getTask(messages, files, null, options, null, units).call()) {
                throw new AssertionError(messages.toString());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return classFiles;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, byte[]> classFiles;

        Outputs(JavaFileManager manager, Map<String, byte[]> classFiles) {
            super(manager);
            this.classFiles = classFiles;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classFiles.put(name.replace('.', '/'), toByteArray());
                        }
                    };
                }
            };
        }
    }
}

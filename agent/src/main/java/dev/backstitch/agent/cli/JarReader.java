package dev.backstitch.agent.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A jar as it is read, with suspicion: names that lead out of it, names that come twice, and content that grows out of all
 * proportion end the reading.
 */
final class JarReader {
    static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** No class file of any compiler comes near it. */
    private static final int LARGEST_CLASS = 32 << 20;

    /** What all entries of a jar may hold together: far more than the largest application's. */
    private static final long LARGEST_JAR = 8L << 30;

    private final Path jar;
    private final ZipFile zip;
    private final List<ZipEntry> entries;
    private long read;

    JarReader(Path jar, ZipFile zip) throws IOException {
        this.jar = jar;
        this.zip = zip;
        this.entries = List.copyOf(Collections.list(zip.entries()));
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries) {
            String name = entry.getName();
            if (name.startsWith("/") || name.contains("\\") || name.matches("[A-Za-z]:.*")
                    || List.of(name.split("/")).contains("..")) {
                throw new UnsafeJarException(jar + " has an entry that leads out of it, '" + name
                        + "': it is not rewritten; make the jar anew from files you trust");
            }
            if (!names.add(name)) {
                throw new UnsafeJarException(jar + " has two entries called '" + name
                        + "', and nobody can tell which one counts: it is not rewritten");
            }
        }
    }

    /** In their order. */
    List<ZipEntry> entries() {
        return entries;
    }

    String comment() {
        return zip.getComment();
    }

    /** The content of a class file. */
    byte[] classFile(ZipEntry entry) throws IOException {
        return read(entry, LARGEST_CLASS);
    }

    /** The content of any entry. */
    byte[] content(ZipEntry entry) throws IOException {
        byte[] content = read(entry, Integer.MAX_VALUE - 16);
        read += content.length;
        if (read > LARGEST_JAR) {
            throw tooLarge(entry);
        }
        return content;
    }

    /** Reads as many bytes as there are, whatever the entry's header says. */
    private byte[] read(ZipEntry entry, int limit) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw tooLarge(entry);
            }
            return content;
        }
    }

    private UnsafeJarException tooLarge(ZipEntry entry) {
        return new UnsafeJarException(jar + " grows out of all proportion when it is read, at '" + entry.getName()
                + "': it is not rewritten");
    }

    boolean isSigned() {
        return entries.stream().anyMatch(entry -> isSignature(entry.getName()));
    }

    /** Whether {@code name} is that of a part of a signature. */
    static boolean isSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/") && upper.indexOf('/', 9) < 0
                && (upper.endsWith(".SF") || upper.endsWith(".RSA") || upper.endsWith(".DSA") || upper.endsWith(".EC")
                        || upper.startsWith("META-INF/SIG-"));
    }

    /** The manifest, without what was signed of each entry. */
    byte[] manifestWithoutDigests() throws IOException {
        Manifest manifest = new Manifest();
        try (InputStream in = zip.getInputStream(zip.getEntry(MANIFEST))) {
            manifest.read(in);
        }
        List<String> empty = new ArrayList<>();
        manifest.getEntries().forEach((name, attributes) -> {
            attributes.keySet().removeIf(key -> isDigest((Attributes.Name) key));
            if (attributes.isEmpty()) {
                empty.add(name);
            }
        });
        empty.forEach(manifest.getEntries()::remove);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        manifest.write(out);
        return out.toByteArray();
    }

    private static boolean isDigest(Attributes.Name name) {
        String upper = name.toString().toUpperCase(Locale.ROOT);
        return upper.endsWith("-DIGEST") || upper.contains("-DIGEST-") || upper.equals("MAGIC");
    }

    /** Gives {@code to} the permissions of {@code from}, where files have them. */
    static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source != null && target != null) {
            target.setPermissions(source.readAttributes().permissions());
        }
    }
}

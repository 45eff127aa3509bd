package dev.backstitch.examples.crawler;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * What a page says: its title, and where it links to.
 *
 * @param title null when it has none
 * @param links normalised, each once, in the page's order
 */
record Document(String title, List<URI> links) {

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*[\"']?([^\\s;\"']+)", Pattern.CASE_INSENSITIVE);

    /** Whether a body of this content type, as the header has it, is a page with links. */
    static boolean isHtml(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("text/html") || type.equals("application/xhtml+xml");
    }

    /**
     * Reads the body of {@code response}. The charset is that of a byte order mark, else of the header, else of the
     * page's {@code meta} element, else UTF-8. A body that was cut off gives the links it still has.
     */
    static Document parse(URI url, Response response) throws IOException {
        byte[] body = response.isGzip() ? unzip(response) : response.body();
        var html = Jsoup.parse(new ByteArrayInputStream(body), charset(response.contentType()), url.toString());
        String title = html.title();
        return new Document(title.isEmpty() ? null : title, links(html));
    }

    private static List<URI> links(org.jsoup.nodes.Document html) {
        if (html.select("meta[name=robots]").eachAttr("content").stream().anyMatch(Document::hasNofollow)) {
            return List.of();
        }
        Set<URI> links = new LinkedHashSet<>();
        for (Element e : html.select("a[href], area[href], iframe[src], frame[src]")) {
            if (hasNofollow(e.attr("rel"))) {
                continue;
            }
            URI target = Urls.normalise(e.absUrl(e.hasAttr("href") ? "href" : "src"));
            if (target != null) {
                links.add(target);
            }
        }
        return new ArrayList<>(links);
    }

    private static boolean hasNofollow(String words) {
        return words.toLowerCase(Locale.ROOT).contains("nofollow");
    }

    /** The charset that the header names, if this JVM has it; null leaves it to the page. */
    private static String charset(String contentType) {
        Matcher m = CHARSET.matcher(contentType);
        if (!m.find()) {
            return null;
        }
        try {
            return Charset.isSupported(m.group(1)) ? m.group(1) : null;
        } catch (IllegalArgumentException notEvenAName) {
            return null;
        }
    }

    /** Reads no more than the limit that held for the packed body: a small file may unpack to a huge one. */
    private static byte[] unzip(Response response) throws IOException {
        var unpacked = new ByteArrayOutputStream();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n > 0 && unpacked.size() < response.limit(); n = in.read(buffer)) {
                unpacked.write(buffer, 0, n);
            }
        } catch (EOFException cutOff) {
            if (!response.truncated()) {
                throw cutOff;
            }
        }
        return unpacked.toByteArray();
    }
}

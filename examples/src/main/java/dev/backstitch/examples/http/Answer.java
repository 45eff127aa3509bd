package dev.backstitch.examples.http;

import dev.backstitch.AsyncGen;
import java.nio.charset.StandardCharsets;

/**
 * What a client gets.
 *
 * @param body all of it; null when it comes in {@code pieces}
 * @param pieces pulled one after the other, as the client takes them, and closed when it goes away; null when there is a body
 */
record Answer(int status, String contentType, byte[] body, AsyncGen<byte[]> pieces) {

    /** Plain text. */
    static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), null);
    }

    /** Text that is made while it is sent. */
    static Answer stream(AsyncGen<String> pieces) {
        return new Answer(
                200, "text/plain; charset=utf-8", null, pieces.map(piece -> piece.getBytes(StandardCharsets.UTF_8)));
    }

    /** Server-sent events, as the HTML standard has them: one for each string, which may have several lines. */
    static Answer events(AsyncGen<String> events) {
        return new Answer(200, "text/event-stream", null, events.map(Answer::event));
    }

    private static byte[] event(String data) {
        var event = new StringBuilder();
        data.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
        return event.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}

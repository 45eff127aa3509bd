package dev.backstitch.examples.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a client asks.
 *
 * @param path decoded, without the query
 * @param query the parameters behind the question mark
 * @param variables what stood in the place of the route's {@code {names}}
 * @param body empty when there is none
 */
record Request(
        String method, String path, Map<String, List<String>> query, Map<String, String> variables, byte[] body) {

    /** A variable of the route. */
    String variable(String name) {
        return variables.get(name);
    }

    /**
     * A number in the query.
     *
     * @throws BadRequestException if it is none, or not between 0 and {@code most}
     */
    int number(String name, int byDefault, int most) {
        List<String> values = query.get(name);
        if (values == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(values.get(0));
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as below
        }
        throw new BadRequestException(name + " must be a number from 0 to " + most);
    }

    /** The body in UTF-8. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Request with(Map<String, String> found) {
        return new Request(method, path, query, found, body);
    }
}

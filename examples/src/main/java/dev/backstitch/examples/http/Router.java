package dev.backstitch.examples.http;

import dev.backstitch.Coroutine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which handler answers which request: {@code new Router().on("GET", "/hello/{name}", Board::hello)}. */
final class Router implements Handler {

    private record Route(String method, String[] path, Handler handler) {
        /** The variables of {@code asked}; null when that is another path. */
        Map<String, String> match(String[] asked) {
            if (asked.length != path.length) {
                return null;
            }
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < path.length; i++) {
                if (path[i].startsWith("{")) {
                    variables.put(path[i].substring(1, path[i].length() - 1), asked[i]);
                } else if (!path[i].equals(asked[i])) {
                    return null;
                }
            }
            return variables;
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route; the first that fits is taken. */
    Router on(String method, String path, Handler handler) {
        routes.add(new Route(method, path.split("/", -1), handler));
        return this;
    }

    @Override
    public Coroutine<Answer> handle(Request request) throws Exception {
        String[] asked = request.path().split("/", -1);
        boolean known = false;
        for (Route route : routes) {
            Map<String, String> variables = route.match(asked);
            if (variables != null && route.method().equals(request.method())) {
                return route.handler().handle(request.with(variables));
            }
            known |= variables != null;
        }
        return Coroutine.of(known ? Answer.text(405, "not allowed here\n") : Answer.text(404, "nothing here\n"));
    }
}

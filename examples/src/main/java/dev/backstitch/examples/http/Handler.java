package dev.backstitch.examples.http;

import dev.backstitch.Coroutine;

/** What answers a request: on the server's loop, as a coroutine. */
@FunctionalInterface
interface Handler {
    /** Cancelled when the client goes away. A {@link BadRequestException} is answered with 400, another failure with 500. */
    Coroutine<Answer> handle(Request request) throws Exception;
}

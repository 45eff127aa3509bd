/**
 * Sockets, subprocesses and files as awaitables: asyncio's streams over the JDK's asynchronous channels.
 *
 * <pre>
 *   Sockets, Server ──▶ Connection ──▶ StreamReader ◀── bytes come ─── SocketTransport (channel)
 *   Subprocess ───────────────────────▶ StreamWriter ── bytes go ────▶ PipeReader, PipeWriter (a thread each)
 *   AsyncFile ── one operation at a time on an AsynchronousFileChannel
 * </pre>
 *
 * Everything here belongs to one event loop, on whatever it takes its turns, and is used on its thread. A read that is
 * cancelled takes nothing: what comes is kept for the next one. A stream's coroutines declare {@link java.io.IOException},
 * which is thrown where they are awaited.
 *
 * <p>Behaves as CPython 3.13's {@code asyncio/streams.py} and {@code subprocess.py}. TLS and Unix-domain sockets are not
 * here: the JDK has neither for asynchronous channels.
 */
package dev.backstitch.io;

package dev.backstitch.examples.http;

import static dev.backstitch.Coroutine.await;

import dev.backstitch.Coroutine;
import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.KeyboardInterrupt;
import dev.backstitch.loop.LoopFuture;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The server as a program, until Ctrl-C. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serves the board of messages.")
public final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", description = "Where to listen; 0 is any port that is free (${DEFAULT-VALUE}).")
    int port = 8080;

    @Option(names = "--patience", description = "Seconds that requests under way may take at the end (${DEFAULT-VALUE}).")
    int patience = 5;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ServeCommand()).execute(args));
    }

    @Override
    public Integer call() {
        var server = new HttpServer(port, new Board().router(), (request, failure) -> {
            System.err.println(request.method() + " " + request.path());
            failure.printStackTrace();
        });
        System.out.println("Serving at http://127.0.0.1:" + server.port() + "/hello/you");
        try {
            EventLoop.run(untilStopped(server));
        } catch (KeyboardInterrupt stopped) {
            // How it is meant to end.
        }
        return 0;
    }

    @Async
    private Coroutine<Void> untilStopped(HttpServer server) {
        try {
            await(new LoopFuture<Void>(EventLoop.current())); // Ctrl-C cancels it
        } finally {
            System.out.println("Stopping ...");
            int cancelled = await(server.stop(Duration.ofSeconds(patience)));
            System.out.println("Stopped; requests cancelled: " + cancelled);
        }
        return Coroutine.done();
    }
}

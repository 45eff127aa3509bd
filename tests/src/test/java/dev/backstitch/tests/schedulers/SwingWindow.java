package dev.backstitch.tests.schedulers;

import static dev.backstitch.Coroutine.await;
import static dev.backstitch.loop.Tasks.sleep;
import static dev.backstitch.loop.Tasks.toThread;

import dev.backstitch.annotations.Async;
import dev.backstitch.loop.EventLoop;
import dev.backstitch.loop.Scheduler;
import java.awt.EventQueue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.swing.JButton;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;

/** A window whose button starts a coroutine; a modal dialog, which another coroutine closes. Says how it went. */
public final class SwingWindow {
    private static final JLabel LABEL = new JLabel("idle");

    private SwingWindow() {}

    public static void main(String[] args) throws Exception {
        var loop = new EventLoop(Scheduler.swing());
        var clicked = new CompletableFuture<CompletableFuture<Void>>();
        EventQueue.invokeAndWait(() -> {
            var frame = new JFrame("window");
            var button = new JButton("load");
            button.addActionListener(click -> clicked.complete(load(frame, button)));
            frame.add(LABEL, "Center");
            frame.add(button, "South");
            frame.pack();
            frame.setVisible(true);
            button.doClick();
        });
        clicked.get().get();
        loop.shutdown().get();
        EventQueue.invokeAndWait(() -> System.out.println(LABEL.getText()));
        System.exit(0);
    }

    @Async
    private static CompletableFuture<Void> load(JFrame frame, JButton button) {
        button.setEnabled(false);
        String text = await(toThread(() -> EventQueue.isDispatchThread() ? "on the event thread" : "loaded"));
        var dialog = new JDialog(frame, "wait", true);
        dialog.add(new JLabel("closes by itself"));
        dialog.pack();
        CompletableFuture<Void> closing = close(dialog);
        dialog.setVisible(true); // blocks until it is closed
        await(closing);
        LABEL.setText(text + (EventQueue.isDispatchThread() ? ", at home" : ", elsewhere"));
        button.setEnabled(true);
        return null;
    }

    @Async
    private static CompletableFuture<Void> close(JDialog dialog) {
        while (!dialog.isShowing()) {
            await(sleep(Duration.ofMillis(1)));
        }
        dialog.dispose();
        return null;
    }
}

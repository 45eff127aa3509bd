package dev.backstitch.engine.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Methods of the JDK that keep a thread waiting for something that takes its time: another thread, a process, a clock,
 * the network. Short locks and local files are left out; so would every program be reported.
 */
final class BlockingCalls {
    private static final Map<String, Set<String>> BY_CLASS = new HashMap<>();

    private static void add(String methods, String... classes) {
        for (String type : classes) {
            BY_CLASS.put(type, Set.of(methods.split(" ")));
        }
    }

    static {
        String concurrent = "java/util/concurrent/";
        add("sleep join", "java/lang/Thread");
        add("wait", "java/lang/Object");
        add("sleep timedJoin timedWait", concurrent + "TimeUnit");
        add("get join invoke", concurrent + "Future", concurrent + "CompletableFuture", concurrent + "FutureTask",
                concurrent + "ForkJoinTask", concurrent + "ScheduledFuture");
        add("awaitTermination invokeAll invokeAny close", concurrent + "ExecutorService",
                concurrent + "ScheduledExecutorService", concurrent + "ThreadPoolExecutor", concurrent + "ForkJoinPool");
        add("take put takeFirst takeLast putFirst putLast transfer", concurrent + "BlockingQueue",
                concurrent + "BlockingDeque", concurrent + "TransferQueue", concurrent + "ArrayBlockingQueue",
                concurrent + "SynchronousQueue", concurrent + "LinkedTransferQueue");
        add("take takeFirst takeLast", concurrent + "LinkedBlockingQueue", concurrent + "LinkedBlockingDeque",
                concurrent + "PriorityBlockingQueue", concurrent + "DelayQueue");
        add("await", concurrent + "CountDownLatch", concurrent + "CyclicBarrier");
        add("acquire acquireUninterruptibly", concurrent + "Semaphore");
        add("awaitAdvance awaitAdvanceInterruptibly arriveAndAwaitAdvance", concurrent + "Phaser");
        add("exchange", concurrent + "Exchanger");
        add("await awaitNanos awaitUninterruptibly awaitUntil", concurrent + "locks/Condition");
        add("park parkNanos parkUntil", concurrent + "locks/LockSupport");
        add("waitFor", "java/lang/Process");
        add("send", "java/net/http/HttpClient");
        add("connect", "java/net/Socket");
        add("accept", "java/net/ServerSocket");
        add("openStream getContent", "java/net/URL");
        add("getInputStream getContent getResponseCode", "java/net/URLConnection", "java/net/HttpURLConnection",
                "javax/net/ssl/HttpsURLConnection");
        add("getByName getAllByName", "java/net/InetAddress");
        add("select", "java/nio/channels/Selector");
        add("readLine readPassword", "java/io/Console");
        add("getConnection", "java/sql/DriverManager", "javax/sql/DataSource");
        add("execute executeQuery executeUpdate executeBatch executeLargeUpdate", "java/sql/Statement",
                "java/sql/PreparedStatement", "java/sql/CallableStatement");
    }

    private BlockingCalls() {}

    static boolean contains(MethodInsnNode call) {
        return BY_CLASS.getOrDefault(call.owner, Set.of()).contains(call.name);
    }
}

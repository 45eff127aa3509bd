/**
 * The event loop: asyncio's tasks, timers and combinators on one thread.
 *
 * <pre>
 *   Tasks ──▶ EventLoop ──▶ ReadyQueue   what runs next: tasks and callbacks, first in, first out
 *                 │    └──▶ TimerQueue   what runs later, by deadline, then by order of adding
 *                 ▼
 *               Task ──▶ Driver ──▶ frames of the coroutine
 *                 │
 *                 └ waits for a LoopFuture (another Task, Gather, Shield, StageFuture), a Sleep,
 *                   or, through a Waker, for a promise or stage of another world
 * </pre>
 *
 * An {@link dev.backstitch.loop.EventLoop} is written in layers, each of one idea: TurnLoop (turns, threads), ReportingLoop
 * (errors, debug mode), CallbackLoop (callbacks), and tasks on top. {@link dev.backstitch.loop.Runner} makes one, ends it in
 * order, and answers Ctrl-C. A loop takes its turns on the thread that runs it, or where a {@link dev.backstitch.loop.Scheduler} lets it: SchedulerTurns
 * asks for a turn when something is ready, and for another when the first timer is due.
 *
 * <p>{@link dev.backstitch.loop.Hot} is the way in for hot coroutines: tasks where a loop runs, otherwise futures whose body
 * goes on where it is woken.
 */
package dev.backstitch.loop;

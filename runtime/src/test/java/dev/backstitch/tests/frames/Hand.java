package dev.backstitch.tests.frames;

import dev.backstitch.AsyncGen;
import dev.backstitch.Coroutine;
import dev.backstitch.Gen;
import dev.backstitch.Promise;

/** Frames written by hand: what the rewriter would make of a body, with the body as a switch over its states. */
final class Hand {
    private Hand() {}

    /** A body: state 0 is its start; each resumption is the next one. */
    interface Body<F> {
        Object run(F frame, int state) throws Throwable;
    }

    private static StackTraceElement where(String method, int state) {
        return new StackTraceElement(HandWrittenTracesTest.class.getName(), method, "HandWrittenTracesTest.java", 1000 + state);
    }

    /** A generator's frame; named as the rewriter names them, so that traces leave it out. */
    static final class G$$Frame extends Gen<Object> {
        private final String method;
        private final Body<G$$Frame> body;
        private int state;

        G$$Frame(String method, Body<G$$Frame> body) {
            this.method = method;
            this.body = body;
        }

        @Override
        protected Object run() throws Throwable {
            return body.run(this, state++);
        }

        @Override
        protected StackTraceElement where() {
            return Hand.where(method, state);
        }

        Object yields(Object value) {
            return yielding(value);
        }

        Object delegates(Object to) {
            return delegate(to);
        }

        Object in() {
            return resumed();
        }

        void catches(Throwable t) {
            caught(t, this);
        }
    }

    /** A coroutine's frame. */
    static final class C$$Frame extends Coroutine<Object> {
        private final String method;
        private final Body<C$$Frame> body;
        /** The body's argument. */
        final Object argument;
        private int state;

        C$$Frame(String method, Body<C$$Frame> body, Object argument) {
            this.method = method;
            this.body = body;
            this.argument = argument;
        }

        @Override
        protected Object run() throws Throwable {
            return body.run(this, state++);
        }

        @Override
        protected StackTraceElement where() {
            return Hand.where(method, state);
        }

        Object awaits(Object awaitable) {
            return await(awaitable);
        }

        Object asks(Object request) {
            return request(request);
        }

        Object next(Object iterator) {
            return awaitNext(iterator);
        }

        Object in() {
            return resumed();
        }

        void catches(Throwable t) {
            caught(t, this);
        }
    }

    /** An asynchronous generator's frame. */
    static final class A$$Frame extends AsyncGen<Object> {
        private final String method;
        private final Body<A$$Frame> body;
        private int state;

        A$$Frame(String method, Body<A$$Frame> body) {
            this.method = method;
            this.body = body;
        }

        @Override
        protected Object run() throws Throwable {
            return body.run(this, state++);
        }

        @Override
        protected StackTraceElement where() {
            return Hand.where(method, state);
        }

        Object yields(Object value) {
            return yielding(value);
        }

        Object awaits(Object awaitable) {
            return await(awaitable);
        }

        Object in() {
            return resumed();
        }
    }

    /** A promise that somebody fails. */
    static final class Failing implements Promise<Object> {
        Throwable failure;

        @Override
        public boolean isDone() {
            return failure != null;
        }

        @Override
        public Object value() {
            throw new AssertionError("it has failed");
        }

        @Override
        public Throwable failure() {
            return failure;
        }

        @Override
        public void whenDone(Runnable callback) {
            throw new AssertionError("nobody to call it");
        }
    }

}

package dev.backstitch;

/** An exception on its way into a frame: what {@link Frame#resumed()} throws instead of returning. */
record Raised(Throwable exception) {}

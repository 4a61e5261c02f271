package dev.segue.platform;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Looks for an {@link OutOfMemoryError} in what is logged: a library that catches every failure often logs it and goes on. */
public final class OutOfMemoryFilter extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (event.getThrowableProxy() instanceof ThrowableProxy logged) {
            OutOfMemory.check(logged.getThrowable());
        }
        return FilterReply.NEUTRAL;
    }
}

package dev.segue.platform;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Checks logged exceptions for an {@link OutOfMemoryError}: a library that catches all exceptions often logs them and
 * continues.
 */
public final class OutOfMemoryFilter extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (event.getThrowableProxy() instanceof ThrowableProxy logged) {
            OutOfMemory.check(logged.getThrowable());
        }
        return FilterReply.NEUTRAL;
    }
}

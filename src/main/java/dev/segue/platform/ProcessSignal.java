package dev.segue.platform;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an action on a signal of the system. The JDK has signals in {@code sun.misc} alone, which the compiler warns of, and Windows lacks
 * some; so the class is used by reflection, and its absence is no failure.
 */
public final class ProcessSignal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessSignal.class);

    private final Method handle;
    private final Object signal;
    private final Object former;

    private ProcessSignal(Method handle, Object signal, Object former) {
        this.handle = handle;
        this.signal = signal;
        this.former = former;
    }

    /**
     * Runs an action on each signal, on a thread of its own.
     *
     * @param name without SIG, such as HUP
     * @param consequence what follows where this system has no such signal, for the log
     * @return empty if this system has no such signal
     */
    public static Optional<ProcessSignal> handle(String name, Runnable action, String consequence) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Object handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> called(proxy, method, arguments, action));
            Method handle = signalType.getMethod("handle", signalType, handlerType);
            return Optional.of(new ProcessSignal(handle, signal, handle.invoke(null, signal, handler)));
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            Throwable reason = unavailable instanceof InvocationTargetException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : unavailable;
            LOG.info("SIG{} has no handler on this system ({}); {}", name, reason.toString(), consequence);
            return Optional.empty();
        }
    }

    private static @Nullable Object called(
            Object proxy, Method method, Object @Nullable [] arguments, Runnable action) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "a handler of Segue";
            default -> {
                action.run();
                yield null;
            }
        };
    }

    /** Restores the former handler. */
    @Override
    public void close() {
        try {
            handle.invoke(null, signal, former);
        } catch (ReflectiveOperationException failed) {
            LOG.warn("the former handler of {} could not be restored", signal, failed);
        }
    }
}

package dev.segue.simulation.replay;

import dev.segue.event.DistinctEventReader;
import dev.segue.event.EventLogException;
import dev.segue.event.EventReader;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.load.RequestClock;
import dev.segue.simulation.load.RequestMeter;
import dev.segue.simulation.replay.ReplayResult.RecordedArm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends recorded requests again in real time, and compares the recommendations with the recorded playbacks.
 *
 * <p>One thread reads the log and assigns each event to the sender of its listener. A listener's requests keep their order,
 * and each is sent after the response to the previous one. With a speed, a request is due at its recorded time, relative to
 * the first event and divided by the speed, and its latency counts from then. Memory use is a few thousand events and the
 * rankings of open sessions.
 */
public final class Replay {

    /** Capacity of a sender's queue, in events. */
    private static final int QUEUE = 256;

    /** Interval at which a waiting thread checks for the end of the replay. */
    private static final long POLL_MILLIS = 100;

    private static final long NO_TIME = Long.MIN_VALUE;

    private final DistinctEventReader reader;
    private final ReplayOptions options;
    private final BooleanSupplier stop;
    private final LongConsumer progress;
    private final RequestClock clock;
    private final List<Sender> senders = new ArrayList<>();
    private final RequestMeter meter;
    private final Set<RecordedArm> assignments = new HashSet<>();
    private long read;

    /**
     * @param reader reader of events in time order
     * @param connect creates the client of a connection, which the replay closes
     * @param stop true to end early
     * @param progress receives the number of bytes read
     */
    public Replay(
            EventReader reader,
            Supplier<? extends ReplayClient> connect,
            ReplayOptions options,
            BooleanSupplier stop,
            LongConsumer progress) {
        this(reader, connect, options, stop, progress, RequestClock.SYSTEM);
    }

    Replay(
            EventReader reader,
            Supplier<? extends ReplayClient> connect,
            ReplayOptions options,
            BooleanSupplier stop,
            LongConsumer progress,
            RequestClock clock) {
        this.clock = clock;
        this.reader = new DistinctEventReader(reader);
        this.options = options;
        this.stop = stop;
        this.progress = progress;
        meter = new RequestMeter(options.connections(), clock);
        for (int i = 0; i < options.connections(); i++) {
            senders.add(new Sender(connect.get()));
        }
    }

    /** Sends all events up to the end of the log or its first error, and returns after the last response. */
    public ReplayResult run() {
        senders.forEach(Thread::start);
        EventLogException unreadable = null;
        try {
            readAll();
        } catch (EventLogException e) {
            unreadable = e;
        } catch (InterruptedException e) {
            meter.abort();
            Thread.currentThread().interrupt();
        } finally {
            senders.forEach(Sender::end);
        }
        meter.rethrow();
        NextTrackAgreement agreement = NextTrackAgreement.NONE;
        long events = 0;
        long sessions = 0;
        long logEnd = senders.stream()
                .mapToLong(sender -> sender.scorer.logEnd())
                .max()
                .orElseThrow();
        Map<String, Long> notSent = new TreeMap<>();
        for (Sender sender : senders) {
            agreement = agreement.plus(sender.scorer.agreement());
            events += sender.events;
            sessions += sender.scorer.sessions(logEnd);
            sender.notSent.forEach((reason, count) -> notSent.merge(reason, count, Long::sum));
        }
        return new ReplayResult(
                events,
                sessions,
                reader.repeated(),
                notSent,
                reader.tornLines(),
                unreadable,
                meter.figures(),
                agreement,
                assignments);
    }

    private void readAll() throws InterruptedException {
        meter.start();
        long startNanos = clock.nanoTime();
        long firstTimestamp = 0;
        for (Event event = next(); event != null; event = next()) {
            firstTimestamp = read == 1 ? event.timestamp() : firstTimestamp;
            long due = options.speed() == 0
                    ? NO_TIME
                    : startNanos + Math.round((event.timestamp() - firstTimestamp) * 1e6 / options.speed());
            recordAssignments(event);
            senders.get(Math.floorMod(event.listener().hashCode(), senders.size()))
                    .send(new ScheduledEvent(event, due));
            progress.accept(reader.bytesRead());
        }
    }

    private @Nullable Event next() {
        if (read == options.limit() || isOver()) {
            return null;
        }
        Event event = reader.next();
        read += event == null ? 0 : 1;
        return event;
    }

    private boolean isOver() {
        return stop.getAsBoolean() || meter.isAborted();
    }

    private void recordAssignments(Event event) {
        Arms arms = event.experiments();
        for (int i = 0; i < arms.experiments().size(); i++) {
            String experiment = arms.experiments().get(i);
            if (!arms.forced().contains(experiment)) {
                assignments.add(new RecordedArm(
                        experiment, event.listener(), arms.arms().get(i)));
            }
        }
    }

    /** An event and its due time; a null event marks the end. */
    private record ScheduledEvent(@Nullable Event event, long nanoTime) {}

    /** Sends the requests of a part of the listeners. */
    private final class Sender extends Thread {

        private final ReplayClient client;
        private final BlockingQueue<ScheduledEvent> queue = new ArrayBlockingQueue<>(QUEUE);
        private final ReplayScorer scorer = new ReplayScorer(options.rule());
        private final Map<String, Long> notSent = new HashMap<>();
        private long events;

        Sender(ReplayClient client) {
            super("segue-replay");
            this.client = client;
        }

        /** Adds an event to the queue, unless sending has ended. */
        void send(ScheduledEvent due) throws InterruptedException {
            while (isAlive() && !queue.offer(due, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (isOver()) {
                    return;
                }
            }
        }

        /** Waits until all queued events are sent. */
        void end() {
            try {
                send(new ScheduledEvent(null, NO_TIME));
                join();
            } catch (InterruptedException e) {
                meter.abort();
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            try (client) {
                while (!isOver()) {
                    ScheduledEvent due = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                    if (due == null) {
                        continue;
                    }
                    if (due.event == null) {
                        return;
                    }
                    send(due.event, due.nanoTime);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                meter.abortWith(e);
            }
        }

        private void send(Event event, long due) {
            scorer.observe(event);
            String obstacle = client.obstacle(event);
            if (obstacle == null && due != NO_TIME && !clock.waitUntil(due, Replay.this::isOver)) {
                return;
            }
            events++;
            if (obstacle != null) {
                notSent.merge(obstacle, 1L, Long::sum);
                return;
            }
            long since = due == NO_TIME ? clock.nanoTime() : due;
            try {
                if (event.message() == Message.LAST) {
                    client.last(event);
                    meter.recordResponse(clock.nanoTime() - since);
                } else {
                    List<Integer> ranking = client.next(event);
                    meter.recordResponse(clock.nanoTime() - since);
                    scorer.addRanking(event, ranking);
                }
            } catch (NextTrackException e) {
                meter.recordFailure(e);
            }
        }
    }
}

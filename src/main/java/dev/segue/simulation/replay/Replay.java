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
 * Sends recorded requests once more, in real time, and compares what is recommended now with what was heard then.
 *
 * <p>One thread reads the log and hands each event to the thread that sends its listener's; a listener's requests keep their
 * order, and the answer to one is there before the next is sent. With timing, a request is due when it was recorded, counted
 * from the first event and divided by the speed, and its latency counts from there. Memory holds a few thousand events and
 * what the listeners of open sessions were recommended.
 */
public final class Replay {

    /** Events that wait for a client; more would only take memory. */
    private static final int QUEUE = 256;

    /** How soon a thread that waits notices that the replay is over. */
    private static final long PATIENCE_MILLIS = 100;

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
     * @param reader of events in time order
     * @param connect makes a client for each connection, which the replay closes
     * @param stop tells when to end early
     * @param progress is told the number of bytes read
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

    /** Sends all events up to the log's end, or to where it cannot be read; returns when the last is answered. */
    public ReplayResult run() {
        senders.forEach(Thread::start);
        EventLogException unreadable = null;
        try {
            readAll();
        } catch (EventLogException e) {
            unreadable = e;
        } catch (InterruptedException e) {
            meter.giveUp();
            Thread.currentThread().interrupt();
        } finally {
            senders.forEach(Sender::end);
        }
        meter.rethrow();
        NextTrackAgreement agreement = NextTrackAgreement.NONE;
        long events = 0;
        long sessions = 0;
        long logEnd = senders.stream()
                .mapToLong(sender -> sender.judge.logEnd())
                .max()
                .orElseThrow();
        Map<String, Long> notSent = new TreeMap<>();
        for (Sender sender : senders) {
            agreement = agreement.plus(sender.judge.agreement());
            events += sender.events;
            sessions += sender.judge.sessions(logEnd);
            sender.notSent.forEach((why, count) -> notSent.merge(why, count, Long::sum));
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
        long begun = clock.nanoTime();
        long first = 0;
        for (Event event = next(); event != null; event = next()) {
            first = read == 1 ? event.timestamp() : first;
            long due = options.speed() == 0
                    ? NO_TIME
                    : begun + Math.round((event.timestamp() - first) * 1e6 / options.speed());
            note(event);
            senders.get(Math.floorMod(event.listener().hashCode(), senders.size()))
                    .send(new Due(event, due));
            progress.accept(reader.bytesRead());
        }
    }

    private @Nullable Event next() {
        if (read == options.limit() || over()) {
            return null;
        }
        Event event = reader.next();
        read += event == null ? 0 : 1;
        return event;
    }

    private boolean over() {
        return stop.getAsBoolean() || meter.gaveUp();
    }

    private void note(Event event) {
        Arms arms = event.experiments();
        for (int i = 0; i < arms.experiments().size(); i++) {
            String experiment = arms.experiments().get(i);
            if (!arms.forced().contains(experiment)) {
                assignments.add(new RecordedArm(
                        experiment, event.listener(), arms.arms().get(i)));
            }
        }
    }

    /** An event, and when to send it by the clock; null for the end. */
    private record Due(@Nullable Event event, long nanoTime) {}

    /** Sends the requests of some of the listeners. */
    private final class Sender extends Thread {

        private final ReplayClient client;
        private final BlockingQueue<Due> queue = new ArrayBlockingQueue<>(QUEUE);
        private final ReplayScorer judge = new ReplayScorer(options.rule());
        private final Map<String, Long> notSent = new HashMap<>();
        private long events;

        Sender(ReplayClient client) {
            super("segue-replay");
            this.client = client;
        }

        /** Hands over an event; lost if sending has ended. */
        void send(Due due) throws InterruptedException {
            while (isAlive() && !queue.offer(due, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (over()) {
                    return;
                }
            }
        }

        /** Waits until all that was handed over is sent. */
        void end() {
            try {
                send(new Due(null, NO_TIME));
                join();
            } catch (InterruptedException e) {
                meter.giveUp();
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            try (client) {
                while (!over()) {
                    Due due = queue.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
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
                meter.broke(e);
            }
        }

        private void send(Event event, long due) {
            judge.heard(event);
            String obstacle = client.obstacle(event);
            if (obstacle == null && due != NO_TIME && !clock.waitUntil(due, Replay.this::over)) {
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
                    meter.answered(clock.nanoTime() - since);
                } else {
                    List<Integer> ranking = client.next(event);
                    meter.answered(clock.nanoTime() - since);
                    judge.answered(event, ranking);
                }
            } catch (NextTrackException e) {
                meter.failed(e);
            }
        }
    }
}

package dev.segue.simulation.load;

import dev.segue.id.ListenerId;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.ListeningSession;
import dev.segue.simulation.NextTrackClient;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.RandomVisitSource;
import dev.segue.simulation.VirtualClock;
import dev.segue.simulation.Visit;
import dev.segue.simulation.VisitSource;
import dev.segue.simulation.days.ReturningListeners;
import dev.segue.world.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Simulated listeners that load a server over HTTP in real time, with one thread per connection. A listener has at most one
 * session at a time.
 *
 * <p>In a closed loop, a connection plays one session after another. In an open loop, requests arrive by a Poisson process,
 * independent of the server's speed. Each arrival sends the next request of the session that has waited longest, or begins a
 * new session. If no connection or listener is free, the arrival waits, and the wait is part of its latency. When no visit is
 * due, the active sessions may be too few for the arrival rate; then the next arrival is drawn from the time at which a
 * session is ready for its next request.
 */
public final class LoadSimulation {

    /** Interval at which a connection without a session checks for one. */
    private static final long POLL_MILLIS = 10;

    private final List<Listener> listeners;
    private final Supplier<? extends NextTrackClient> connect;
    private final LoadOptions options;
    private final BooleanSupplier stop;
    private final LongConsumer progress;
    private final RequestClock clock;

    private final AtomicLong begunSessions = new AtomicLong();
    private final AtomicLong activeSessions = new AtomicLong();
    private final AtomicLongArray sessionNumbers;
    private final BlockingQueue<ActiveSession> waiting = new LinkedBlockingQueue<>();
    private final RequestMeter requests;
    private final LoadMeter meter;
    private final PoissonProcess arrivals;
    private ListenerModel model;
    private VisitSource visitSource;
    private volatile boolean noVisitIsDue;

    /**
     * @param listeners the model's listeners
     * @param connect creates the client of a connection, which the simulation closes
     * @param stop true to end early
     * @param progress receives the number of counted sessions that have ended
     */
    public LoadSimulation(
            ListenerModel model,
            List<Listener> listeners,
            Supplier<? extends NextTrackClient> connect,
            LoadOptions options,
            BooleanSupplier stop,
            LongConsumer progress) {
        this(model, listeners, connect, options, stop, progress, RequestClock.SYSTEM);
    }

    LoadSimulation(
            ListenerModel model,
            List<Listener> listeners,
            Supplier<? extends NextTrackClient> connect,
            LoadOptions options,
            BooleanSupplier stop,
            LongConsumer progress,
            RequestClock clock) {
        this.clock = clock;
        this.model = model;
        this.listeners = List.copyOf(listeners);
        this.connect = connect;
        this.options = options;
        this.stop = stop;
        this.progress = progress;
        visitSource = new RandomVisitSource(options.seed(), listeners.size(), options.warmUp() + options.sessions());
        sessionNumbers = new AtomicLongArray(listeners.size());
        requests = new RequestMeter(options.concurrency(), clock);
        meter = new LoadMeter(options.warmUp(), requests);
        arrivals = new PoissonProcess(options.rate(), options.seed());
    }

    /** A session that is being played. */
    private static final class ActiveSession {
        private final long number;
        private final Visit visit;
        private final ListenerId id;
        private final long sessionNumber;
        private final ListeningSession session;
        private long freeSince; // time of the last response, in ns

        ActiveSession(long number, Visit visit, ListenerId id, long sessionNumber, ListeningSession session, long now) {
            this.number = number;
            this.visit = visit;
            this.id = id;
            this.sessionNumber = sessionNumber;
            this.session = session;
            freeSince = now;
        }

        long endMillis() {
            return visit.millis() + VirtualClock.durationMillis(session.playbacks(), session.totalTime());
        }
    }

    /** A completed session. */
    public record Played(int listener, long sessionNumber, int playbacks, double totalTime) {}

    /** Plays a day's sessions, and returns when they have ended. Counts are cumulative over days. */
    public LoadResult playDay(ReturningListeners returning) {
        visitSource = returning;
        return run();
    }

    /** Replaces the listeners' model, between days. */
    public void replaceModel(ListenerModel nextModel) {
        model = nextModel;
    }

    /** Plays all sessions, and returns when they have ended. */
    public LoadResult run() {
        arrivals.startAt(clock.nanoTime());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(options.concurrency(), listeners.size()); i++) {
            var thread = new Thread(this::runConnection, "segue-listeners-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                requests.abort();
                Thread.currentThread().interrupt();
            }
        }
        requests.stop();
        requests.rethrow();
        return result();
    }

    /** The result of the sessions so far. */
    public LoadResult result() {
        return meter.result();
    }

    /** The counted sessions that were completed, in no particular order. */
    public List<Played> played() {
        return meter.played();
    }

    private void runConnection() {
        try (NextTrackClient client = connect.get()) {
            if (options.rate() == 0) {
                playSessions(client);
            } else {
                serveArrivals(client);
            }
        } catch (RuntimeException | Error e) {
            requests.abortWith(e);
        }
    }

    private boolean isOver() {
        return stop.getAsBoolean() || requests.isAborted();
    }

    private void playSessions(NextTrackClient client) {
        for (ActiveSession active = begin(); active != null; active = begin()) {
            boolean hasNext = true;
            while (hasNext) {
                hasNext = !isOver() && sendNext(client, active, clock.nanoTime());
            }
            end(active);
        }
    }

    private void serveArrivals(NextTrackClient client) {
        for (ActiveSession active = nextSession(); active != null; active = nextSession()) {
            long intended = noVisitIsDue ? arrivals.nextAfter(active.freeSince) : arrivals.next();
            if (clock.waitUntil(intended, this::isOver) && sendNext(client, active, intended)) {
                active.freeSince = clock.nanoTime();
                waiting.add(active);
            } else {
                end(active);
            }
        }
    }

    /**
     * The session that has waited longest, or else a new one. If all sessions have a request in flight and no visit is due,
     * waits for the first of them. Returns null when no session is left.
     */
    private @Nullable ActiveSession nextSession() {
        ActiveSession active = null;
        while (active == null && !isOver()) {
            active = waiting.poll();
            active = active == null ? begin() : active;
            if (active == null && activeSessions.get() == 0) {
                return null;
            }
            if (active == null) {
                active = pollWaiting();
            }
        }
        return active;
    }

    private @Nullable ActiveSession pollWaiting() {
        try {
            return waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            requests.abort();
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Begins a session of the next visit; null if no visit is due. */
    private @Nullable ActiveSession begin() {
        if (isOver()) {
            return null;
        }
        activeSessions.incrementAndGet(); // before a visit is taken, so that other connections do not end
        Visit visit = visitSource.next();
        noVisitIsDue = visit == null;
        if (visit == null) {
            activeSessions.decrementAndGet();
            return null;
        }
        long number = begunSessions.getAndIncrement();
        meter.beginSession(number);
        Listener listener = listeners.get(visit.listener());
        long sessionNumber = sessionNumbers.incrementAndGet(visit.listener());
        ListeningSession session = model.begin(listener, options.seed(), sessionNumber);
        return new ActiveSession(
                number, visit, ListenerId.of(listener.user()), sessionNumber, session, clock.nanoTime());
    }

    private void end(ActiveSession active) {
        visitSource.ended(active.visit.listener(), active.endMillis(), active.session.totalTime());
        activeSessions.decrementAndGet();
        progress.accept(meter.endSession(active.number));
    }

    /** Sends a session's next request; returns whether the session has another one. */
    private boolean sendNext(NextTrackClient client, ActiveSession active, long since) {
        ListeningSession session = active.session;
        try {
            if (!session.isOver()) {
                int track = client.next(active.id, model.trackOf(session.lastTrack()), session.lastTime());
                int row = model.rowOf(track, "the server");
                meter.recordResponse(active.number, clock.nanoTime() - since);
                session.play(row);
                return true;
            }
            client.last(active.id, model.trackOf(session.lastTrack()), session.lastTime());
            meter.recordResponse(active.number, clock.nanoTime() - since);
            meter.completeSession(
                    active.number,
                    new Played(
                            active.visit.listener(), active.sessionNumber, session.playbacks(), session.totalTime()));
        } catch (NextTrackException e) {
            requests.recordFailure(e);
        }
        return false;
    }
}

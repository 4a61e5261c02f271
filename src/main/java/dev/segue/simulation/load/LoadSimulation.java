package dev.segue.simulation.load;

import dev.segue.listener.ListenerId;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.ListeningSession;
import dev.segue.simulation.NextTrackClient;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.RandomVisitors;
import dev.segue.simulation.VirtualClock;
import dev.segue.simulation.Visit;
import dev.segue.simulation.Visitors;
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
 * Listeners that ask a real server in real time, on one thread for each connection. A listener has at most one live
 * session.
 *
 * <p>In a closed loop a connection plays one session after the other. In an open loop requests begin at the times of a
 * Poisson process, whatever the server does: each arrival sends the next request of the session that has waited longest,
 * or begins a new session, and waits for a free connection or listener if it must; that wait is part of its latency.
 * When nobody else is due, the listeners who are there cannot make as many requests as would arrive: then the next arrival
 * is one after a listener is free for it.
 */
public final class LoadSimulation {

    /** How soon a connection without a session notices that none is left. */
    private static final long PATIENCE_MILLIS = 10;

    private final List<Listener> listeners;
    private final Supplier<? extends NextTrackClient> connect;
    private final LoadOptions options;
    private final BooleanSupplier stop;
    private final LongConsumer progress;
    private final RequestClock clock;

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong live = new AtomicLong();
    private final AtomicLongArray sessionNumbers;
    private final BlockingQueue<Play> waiting = new LinkedBlockingQueue<>();
    private final RequestMeter requests;
    private final LoadMeter meter;
    private final PoissonProcess arrivals;
    private ListenerModel model;
    private Visitors visitors;
    private volatile boolean nobodyIsDue;

    /**
     * @param listeners those of the model
     * @param connect makes the client of a connection, to be closed when its last session ends
     * @param stop tells when to end early
     * @param progress is told the number of sessions that ended
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
        visitors = new RandomVisitors(options.seed(), listeners.size(), options.warmUp() + options.sessions());
        sessionNumbers = new AtomicLongArray(listeners.size());
        requests = new RequestMeter(options.concurrency(), clock);
        meter = new LoadMeter(options.warmUp(), requests);
        arrivals = new PoissonProcess(options.rate(), options.seed());
    }

    /** A session that is being played. */
    private static final class Play {
        private final long number;
        private final Visit visit;
        private final ListenerId id;
        private final long sessionNumber;
        private final ListeningSession session;
        private long freeSince; // to ask for the next track

        Play(long number, Visit visit, ListenerId id, long sessionNumber, ListeningSession session, long now) {
            this.number = number;
            this.visit = visit;
            this.id = id;
            this.sessionNumber = sessionNumber;
            this.session = session;
            freeSince = now;
        }

        long endMillis() {
            return visit.millis() + VirtualClock.millis(session.playbacks(), session.totalTime());
        }
    }

    /** A session that was played to its end. */
    public record Played(int listener, long sessionNumber, int playbacks, double totalTime) {}

    /** Plays a day's sessions; returns when they have ended. Counts add up over the days. */
    public LoadResult playDay(ReturningListeners returning) {
        visitors = returning;
        return run();
    }

    /** Replaces the model of the listeners from the next day on. */
    public void goOnWith(ListenerModel nextModel) {
        model = nextModel;
    }

    /** Plays all sessions; returns when they have ended. */
    public LoadResult run() {
        arrivals.startAt(clock.nanoTime());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(options.concurrency(), listeners.size()); i++) {
            var thread = new Thread(this::work, "segue-listeners-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                requests.giveUp();
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

    /** The counted sessions that ended as listeners end them, in no particular order. */
    public List<Played> played() {
        return meter.played();
    }

    private void work() {
        try (NextTrackClient client = connect.get()) {
            if (options.rate() == 0) {
                playSessions(client);
            } else {
                answerArrivals(client);
            }
        } catch (RuntimeException | Error e) {
            requests.broke(e);
        }
    }

    private boolean over() {
        return stop.getAsBoolean() || requests.gaveUp();
    }

    private void playSessions(NextTrackClient client) {
        for (Play play = begin(); play != null; play = begin()) {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = !over() && request(client, play, clock.nanoTime());
            }
            end(play);
        }
    }

    private void answerArrivals(NextTrackClient client) {
        for (Play play = nextInLine(); play != null; play = nextInLine()) {
            long intended = nobodyIsDue ? arrivals.nextAfter(play.freeSince) : arrivals.next();
            if (clock.waitUntil(intended, this::over) && request(client, play, intended)) {
                play.freeSince = clock.nanoTime();
                waiting.add(play);
            } else {
                end(play);
            }
        }
    }

    /**
     * The session that has waited longest, or a new one. While all are busy and nobody else is due, whoever comes back first
     * takes the next arrival, late as it is then; null when none is left.
     */
    private @Nullable Play nextInLine() {
        Play play = null;
        while (play == null && !over()) {
            play = waiting.poll();
            play = play == null ? begin() : play;
            if (play == null && live.get() == 0) {
                return null;
            }
            if (play == null) {
                play = waitForOne();
            }
        }
        return play;
    }

    private @Nullable Play waitForOne() {
        try {
            return waiting.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            requests.giveUp();
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** The next session, of a listener who has none at the moment; null when nobody is due. */
    private @Nullable Play begin() {
        if (over()) {
            return null;
        }
        live.incrementAndGet(); // before a visit is taken: a connection that finds neither leaves for good
        Visit visit = visitors.next();
        nobodyIsDue = visit == null;
        if (visit == null) {
            live.decrementAndGet();
            return null;
        }
        long number = begun.getAndIncrement();
        meter.began(number);
        Listener who = listeners.get(visit.listener());
        long sessionNumber = sessionNumbers.incrementAndGet(visit.listener());
        ListeningSession session = model.begin(who, options.seed(), sessionNumber);
        return new Play(number, visit, ListenerId.of(who.user()), sessionNumber, session, clock.nanoTime());
    }

    private void end(Play play) {
        visitors.ended(play.visit.listener(), play.endMillis(), play.session.totalTime());
        live.decrementAndGet();
        progress.accept(meter.ended(play.number));
    }

    /** Sends a session's next request; whether there is another one to send. */
    private boolean request(NextTrackClient client, Play play, long since) {
        ListeningSession session = play.session;
        try {
            if (!session.isOver()) {
                int track = client.next(play.id, session.lastTrack(), session.lastTime());
                model.requireTrack(track, "the server");
                meter.answered(play.number, clock.nanoTime() - since);
                session.play(track);
                return true;
            }
            client.last(play.id, session.lastTrack(), session.lastTime());
            meter.answered(play.number, clock.nanoTime() - since);
            meter.completed(
                    play.number,
                    new Played(play.visit.listener(), play.sessionNumber, session.playbacks(), session.totalTime()));
        } catch (NextTrackException e) {
            requests.failed(e);
        }
        return false;
    }
}

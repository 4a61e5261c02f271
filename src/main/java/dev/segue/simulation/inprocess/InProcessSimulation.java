package dev.segue.simulation.inprocess;

import dev.segue.event.EventSink;
import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import dev.segue.simulation.ArmResult;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.ListeningSession;
import dev.segue.simulation.NextTrackClient;
import dev.segue.simulation.Oracle;
import dev.segue.simulation.Tally;
import dev.segue.simulation.VirtualClock;
import dev.segue.simulation.Visit;
import dev.segue.simulation.days.ReturningListeners;
import dev.segue.world.Listener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A simulation with listeners and server in one process. Time is virtual, requests take no time, and every draw is keyed by
 * seed, listener and session, so the same seed gives the same log, byte for byte, with any number of threads.
 *
 * <p>Listeners are divided into {@value #GROUPS} groups. A group is played by one thread at a time, with its own clients,
 * history and clock, so that results do not depend on the number of threads and nothing in a group needs a lock.
 */
public final class InProcessSimulation implements AutoCloseable {

    private static final int GROUPS = 64;

    private static final EventSink DISCARD = event -> 0;

    private final List<Listener> listeners;
    private final ListenerId[] ids;
    private final InProcessServer server;
    private final boolean paired;
    private final long seed;
    private final BooleanSupplier stop;
    private final @Nullable OrderedLog log;
    private final List<Tally> tallies = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final long[] sessions;
    private final long[] freeAt;
    private final double[] lastTotalTime;
    private final ExecutorService threads;
    private ListenerModel model;
    private @Nullable Oracle oracle;

    /**
     * @param listeners the model's listeners
     * @param paired whether every arm plays a clone of each listener with the same draws, instead of the arm that the server
     *     assigns; sessions of clones are not logged
     * @param oracle also plays every session, with the same draws; or null
     * @param seed seed of all draws
     * @param threads number of threads, ≥ 1
     * @param log receives the events in time order; or null
     * @param stop true to begin no more sessions
     */
    public InProcessSimulation(
            ListenerModel model,
            List<Listener> listeners,
            InProcessServer server,
            boolean paired,
            @Nullable Oracle oracle,
            long seed,
            int threads,
            @Nullable EventSink log,
            BooleanSupplier stop) {
        this.stop = stop;
        this.model = model;
        this.listeners = List.copyOf(listeners);
        this.server = server;
        this.paired = paired;
        this.oracle = oracle;
        this.seed = seed;
        this.log = log == null ? null : new OrderedLog(log);
        this.threads = Executors.newFixedThreadPool(threads);
        ids = listeners.stream().map(listener -> ListenerId.of(listener.user())).toArray(ListenerId[]::new);
        sessions = new long[listeners.size()];
        freeAt = new long[listeners.size()];
        lastTotalTime = new double[listeners.size()];
        server.arms().forEach(arm -> tallies.add(new Tally(listeners.size())));
        for (int group = 0; group < GROUPS; group++) {
            groups.add(new Group());
        }
    }

    /**
     * Plays visits, and logs their events.
     *
     * @param visits visits, with each listener's in time order
     * @param until time in ms since 1970 before which later calls have no visits; the events before it are logged now
     * @return number of sessions played, less than the number of visits only after a stop
     * @throws NextTrackException if the server recommends a track that the world does not have
     */
    public long play(List<Visit> visits, long until) {
        for (Visit visit : visits) {
            groups.get(visit.listener() % GROUPS).visits.add(visit);
        }
        List<Future<Integer>> playing = new ArrayList<>();
        groups.forEach(group -> playing.add(threads.submit(() -> group.play())));
        long played = 0;
        for (Future<Integer> sessionsOfGroup : playing) {
            played += join(sessionsOfGroup);
        }
        if (log != null) {
            for (Group group : groups) {
                log.add(group.events);
                group.events.clear();
            }
            log.flushBefore(until);
        }
        return played;
    }

    /**
     * Plays all visits of a day, including those that become due during it, and logs the day's events.
     *
     * @param end end of the day
     * @return number of sessions played
     */
    public long playDay(ReturningListeners returning, Instant end) {
        long played = 0;
        List<Visit> visits = returning.dueToday();
        while (!visits.isEmpty() && !stop.getAsBoolean()) {
            played += play(visits, 0);
            for (Visit visit : visits) {
                int listener = visit.listener();
                returning.ended(listener, freeAt[listener], lastTotalTime[listener]);
            }
            visits = returning.dueToday();
        }
        return played + play(List.of(), end.toEpochMilli());
    }

    /** Replaces the listeners' model and the oracle, between days. */
    public void replaceModel(ListenerModel nextModel, @Nullable Oracle nextOracle) {
        model = nextModel;
        oracle = nextOracle;
    }

    private static int join(Future<Integer> task) {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the simulation was interrupted", stopped);
        }
    }

    /** The results of the arms so far. */
    public List<ArmResult> results() {
        return results(tallies);
    }

    /** The sums so far, by arm, for {@link #resultsSince}. */
    public List<Tally> snapshot() {
        return tallies.stream().map(Tally::copy).toList();
    }

    /** The results of the arms since a {@link #snapshot}. */
    public List<ArmResult> resultsSince(List<Tally> snapshot) {
        List<Tally> since = new ArrayList<>();
        for (int arm = 0; arm < tallies.size(); arm++) {
            since.add(tallies.get(arm).minus(snapshot.get(arm)));
        }
        return results(since);
    }

    private List<ArmResult> results(List<Tally> sums) {
        List<ArmResult> results = new ArrayList<>();
        for (int arm = 0; arm < sums.size(); arm++) {
            results.add(ArmResult.of(
                    server.arms().get(arm), sums.get(arm), oracle != null, paired && arm > 0 ? sums.get(0) : null));
        }
        return results;
    }

    /** Logs the remaining events and ends the threads. */
    @Override
    public void close() {
        if (log != null) {
            log.flushBefore(Long.MAX_VALUE);
        }
        threads.shutdownNow();
    }

    /** A group of listeners that share clients and a clock. */
    private final class Group {

        private final VirtualClock clock = new VirtualClock();
        private final List<Event> events = new ArrayList<>();
        private final List<Visit> visits = new ArrayList<>();
        private final List<NextTrackClient> clients = new ArrayList<>();

        Group() {
            if (!paired) {
                clients.addAll(server.clients(clock, log == null ? DISCARD : this::recordEvent));
                return;
            }
            for (int arm = 0; arm < server.arms().size(); arm++) {
                clients.add(server.client(arm, clock, DISCARD)); // clones share no history
            }
        }

        private long recordEvent(Event event) {
            events.add(event);
            return events.size();
        }

        /** Plays the group's visits; returns the number of sessions played. */
        int play() {
            int played = 0;
            for (Visit visit : visits) {
                int listener = visit.listener();
                double oracleTime = oracleTime(listener, sessions[listener] + 1);
                if (stop.getAsBoolean()) {
                    break;
                }
                play(listener, ++sessions[listener], Math.max(visit.millis(), freeAt[listener]), oracleTime);
                freeAt[listener] = clock.millis() + VirtualClock.TRACK_CHANGE_MILLIS;
                played++;
            }
            visits.clear();
            return played;
        }

        /** The oracle's time in a session, cut short by a stop; 0 without an oracle. */
        private double oracleTime(int listener, long number) {
            Oracle currentOracle = oracle;
            return currentOracle == null
                    ? 0
                    : currentOracle.play(model.begin(listeners.get(listener), seed, number), stop);
        }

        private void play(int listener, long number, long start, double oracleTime) {
            int assigned = paired ? 0 : server.arm(ids[listener], number);
            int end = paired ? clients.size() : assigned + 1;
            for (int arm = assigned; arm < end; arm++) {
                play(arm, listener, number, start);
                tallies.get(arm).addOracle(listener, oracleTime);
            }
        }

        private void play(int arm, int listener, long number, long start) {
            ListeningSession session = model.begin(listeners.get(listener), seed, number);
            NextTrackClient client = clients.get(arm);
            clock.set(start);
            advanceClock(session);
            while (!session.isOver()) {
                int track = client.next(ids[listener], model.trackOf(session.lastTrack()), session.lastTime());
                session.play(model.rowOf(track, "arm " + server.arms().get(arm)));
                advanceClock(session);
            }
            client.last(ids[listener], model.trackOf(session.lastTrack()), session.lastTime());
            lastTotalTime[listener] = session.totalTime();
            tallies.get(arm).add(listener, session.playbacks(), session.totalTime());
        }

        private void advanceClock(ListeningSession session) {
            clock.advance(VirtualClock.durationMillis(1, session.lastTime()));
        }
    }
}

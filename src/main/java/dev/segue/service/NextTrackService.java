package dev.segue.service;

import dev.segue.event.EventSink;
import dev.segue.experiment.Arm;
import dev.segue.experiment.Experiment;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.recommend.Exclusions;
import dev.segue.service.TrackChooser.Choice;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The use case: adds the playback to the listener's history, assigns the arm, recommends a track and logs the event.
 *
 * <p>All steps run in memory, under the lock of the listener. The log therefore keeps the order of a listener's requests.
 * A response must wait until the log has written its event, which {@link ServedEvent#position()} identifies.
 */
public final class NextTrackService {

    private static final double NANOS_PER_SECOND = 1e9;

    private final ListeningMemory<ServedEvent> memory;
    private final EventSink log;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final TrackChooser chooser;
    private final Restrictions restrictions;
    private volatile Generation generation;

    /**
     * @param memory histories of the listeners
     * @param log receives the events
     * @param clock of the events
     * @param nanoTime measures latencies, in nanoseconds from any origin
     * @param seed of all random draws
     * @param restrictions the tracks that listeners must not get
     */
    public NextTrackService(
            Generation generation,
            ListeningMemory<ServedEvent> memory,
            EventSink log,
            InstantSource clock,
            LongSupplier nanoTime,
            long seed,
            Restrictions restrictions) {
        this(generation, memory, log, clock, nanoTime, new TrackChooser(seed, false), restrictions);
    }

    private NextTrackService(
            Generation generation,
            ListeningMemory<ServedEvent> memory,
            EventSink log,
            InstantSource clock,
            LongSupplier nanoTime,
            TrackChooser chooser,
            Restrictions restrictions) {
        this.generation = generation;
        this.memory = memory;
        this.log = log;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.restrictions = restrictions;
        this.chooser = chooser;
    }

    /** A service for dry runs with sessions of their own, which get the same tracks each time. It logs nothing. */
    static NextTrackService repeatable(
            Generation generation, ListeningMemory<ServedEvent> memory, long seed, Restrictions restrictions) {
        return new NextTrackService(
                generation,
                memory,
                event -> 0,
                InstantSource.system(),
                System::nanoTime,
                new TrackChooser(seed, true),
                restrictions);
    }

    /** A service without restrictions. */
    public NextTrackService(
            Generation generation,
            ListeningMemory<ServedEvent> memory,
            EventSink log,
            InstantSource clock,
            LongSupplier nanoTime,
            long seed) {
        this(generation, memory, log, clock, nanoTime, seed, Restrictions.NONE);
    }

    /** The generation in service. Call this once for a request, and use the result until the request ends. */
    public Generation generation() {
        return generation;
    }

    /** Puts another generation in service. Requests in progress end with theirs. */
    public void serve(Generation next) {
        generation = next;
    }

    /**
     * Recommends the next track.
     *
     * @param served the {@link #generation} at the arrival of the request
     * @param startNanos arrival of the request, by the service's nanoTime
     * @throws RequestIdReusedException if the request id named another request before
     * @throws EverythingExcludedException if the query, the listener's feedback and operators leave no track; it has no effect then
     * @throws UnknownArmException if the query names an arm that the serving experiment does not have; it has no effect then
     * @throws UnknownSeedsException if the query has seeds, and the catalog none of them; it has no effect then
     */
    public ServedEvent next(Generation served, NextTrackQuery query, long startNanos) {
        Message message = query.last() == null ? Message.START : Message.NEXT;
        Selection selection = Selection.of(served, query, restrictions, clock.millis());
        if (query.dryRun()) {
            long now = clock.millis();
            ListeningHistory ofListener =
                    query.session() == null ? memory.peek(query.user().key()) : null;
            ListeningHistory history = requestHistory(query, ofListener, now);
            Choice choice = chooser.choose(served, query, history, selection, now);
            return new ServedEvent(event(served, message, query, history, choice, now, 0), choice.explanation(), 0);
        }
        if (query.session() != null && query.requestId() == null) {
            return respond(served, message, query, null, selection, startNanos);
        }
        return respondOnce(served, message, query, selection, startNanos);
    }

    /**
     * The history of a request for the next track: the query's own session, or the listener's history with the last playback added.
     *
     * @param ofListener null if the query has its own session
     */
    private ListeningHistory requestHistory(NextTrackQuery query, @Nullable ListeningHistory ofListener, long now) {
        if (query.session() != null) {
            return ListeningHistory.ofSession(query.session(), memory.limits(), now);
        }
        ListeningHistory history = Objects.requireNonNull(ofListener);
        history.next(query.last(), now);
        return history;
    }

    /**
     * Records the last playback of a session; recommends nothing.
     *
     * @param served as in {@link #next}
     * @param startNanos as in {@link #next}
     * @throws RequestIdReusedException if the request id named another request before
     */
    public ServedEvent last(Generation served, NextTrackQuery query, long startNanos) {
        return respondOnce(served, Message.LAST, query, Selection.NONE, startNanos);
    }

    private ServedEvent respondOnce(
            Generation served, Message message, NextTrackQuery query, Selection selection, long startNanos) {
        return memory.update(query.user().key(), listener -> {
            String requestId = query.requestId();
            ServedEvent first = requestId == null ? null : listener.responseTo(requestId);
            if (requestId != null && first != null) {
                return repeated(first, message, query, selection, requestId);
            }
            ServedEvent logged = respond(served, message, query, listener.history(), selection, startNanos);
            if (requestId != null) {
                listener.remember(requestId, logged);
            }
            return logged;
        });
    }

    /** @param ofListener null if the query has its own session */
    private ServedEvent respond(
            Generation served,
            Message message,
            NextTrackQuery query,
            @Nullable ListeningHistory ofListener,
            Selection selection,
            long startNanos) {
        long now = clock.millis();
        ListeningHistory history;
        Choice choice;
        if (message == Message.LAST) {
            history = Objects.requireNonNull(ofListener);
            history.end(Objects.requireNonNull(query.last()), now);
            choice = Choice.NONE;
        } else {
            history = requestHistory(query, ofListener, now);
            choice = chooser.choose(served, query, history, selection, now);
        }
        Event event = event(served, message, query, history, choice, now, nanoTime.getAsLong() - startNanos);
        return new ServedEvent(event, choice.explanation(), log.append(event));
    }

    private static ServedEvent repeated(
            ServedEvent first, Message message, NextTrackQuery query, Selection selection, String requestId) {
        Event event = first.event();
        Exclusions exclusions = selection.exclusions();
        if (event.message() != message
                || !Playback.areSame(event.playback(), query.last())
                || (query.session() != null) != isStateless(event)
                || (query.count() == 0) != event.recommendations().isEmpty()
                || (exclusions != null && first.hasAny(exclusions))) {
            throw new RequestIdReusedException(requestId);
        }
        return first;
    }

    /** Whether an event of this server belongs to a request with its own session. */
    static boolean isStateless(Event event) {
        return event.session() == 0 && event.generation() != null;
    }

    /** The arms of a listener in all experiments. */
    static Arms arms(Generation served, ListenerId user) {
        List<String> names = new ArrayList<>(served.experiments().size());
        List<String> arms = new ArrayList<>(served.experiments().size());
        List<String> forced = new ArrayList<>(0);
        for (ServedExperiment each : served.experiments()) {
            Experiment experiment = each.experiment();
            Arm arm = experiment.assign(user);
            if (arm != null) {
                names.add(experiment.name());
                arms.add(arm.name());
                if (experiment.isForced(user)) {
                    forced.add(experiment.name());
                }
            }
        }
        return new Arms(names, arms, forced);
    }

    private static Event event(
            Generation served,
            Message message,
            NextTrackQuery query,
            ListeningHistory history,
            Choice choice,
            long now,
            long latencyNanos) {
        return new Event(
                message,
                now,
                query.user(),
                query.last(),
                latencyNanos / NANOS_PER_SECOND,
                choice.recommendation(),
                arms(served, query.user()),
                history.session(),
                history.sequence(),
                served.id(),
                query.requestId(),
                choice.ranked());
    }
}

package dev.segue.service;

import dev.segue.catalog.Tracks;
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
import dev.segue.play.Recommendation;
import dev.segue.random.KeyedRandom;
import dev.segue.recommend.Exclusions;
import dev.segue.recommend.NextTrackRequest;
import dev.segue.recommend.Ranking;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.RuleEffect;
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
    private final long seed;
    private volatile Generation generation;

    /**
     * @param memory histories of the listeners
     * @param log receives the events
     * @param clock of the events
     * @param nanoTime measures latencies, in nanoseconds from any origin
     * @param seed of all random draws
     */
    public NextTrackService(
            Generation generation,
            ListeningMemory<ServedEvent> memory,
            EventSink log,
            InstantSource clock,
            LongSupplier nanoTime,
            long seed) {
        this.generation = generation;
        this.memory = memory;
        this.log = log;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.seed = seed;
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
     * @throws EverythingExcludedException if the query excludes all tracks; it has no effect then
     */
    public ServedEvent next(Generation served, NextTrackQuery query, long startNanos) {
        Message message = query.last() == null ? Message.START : Message.NEXT;
        Exclusions exclusions = exclusions(served, query);
        if (query.dryRun()) {
            ListeningHistory history = memory.peek(query.user().key());
            long now = clock.millis();
            history.next(query.last(), now);
            Choice choice = choose(served, query, history, exclusions);
            return new ServedEvent(event(served, message, query, history, choice, now, 0), choice.explanation(), 0);
        }
        return respondOnce(served, message, query, exclusions, startNanos);
    }

    /**
     * Records the last playback of a session; recommends nothing.
     *
     * @param served as in {@link #next}
     * @param startNanos as in {@link #next}
     * @throws RequestIdReusedException if the request id named another request before
     */
    public ServedEvent last(Generation served, NextTrackQuery query, long startNanos) {
        return respondOnce(served, Message.LAST, query, null, startNanos);
    }

    private ServedEvent respondOnce(
            Generation served,
            Message message,
            NextTrackQuery query,
            @Nullable Exclusions exclusions,
            long startNanos) {
        return memory.update(query.user().key(), listener -> {
            String requestId = query.requestId();
            ServedEvent first = requestId == null ? null : listener.responseTo(requestId);
            if (requestId != null && first != null) {
                return repeated(first, message, query, exclusions, requestId);
            }
            long now = clock.millis();
            ListeningHistory history = listener.history();
            Choice choice;
            if (message == Message.LAST) {
                history.end(Objects.requireNonNull(query.last()), now);
                choice = Choice.NONE;
            } else {
                history.next(query.last(), now);
                choice = choose(served, query, history, exclusions);
            }
            Event event = event(served, message, query, history, choice, now, nanoTime.getAsLong() - startNanos);
            var logged = new ServedEvent(event, choice.explanation(), log.append(event));
            if (requestId != null) {
                listener.remember(requestId, logged);
            }
            return logged;
        });
    }

    /** The tracks that the query excludes, found before the listener's memory is locked; null for none. */
    private static @Nullable Exclusions exclusions(Generation served, NextTrackQuery query) {
        Tracks tracks = served.catalog().tracks();
        Exclusions exclusions = query.exclude().of(tracks);
        if (exclusions != null && exclusions.coverCatalog()) {
            throw new EverythingExcludedException(tracks.size());
        }
        return exclusions;
    }

    private static ServedEvent repeated(
            ServedEvent first,
            Message message,
            NextTrackQuery query,
            @Nullable Exclusions exclusions,
            String requestId) {
        Event event = first.event();
        if (event.message() != message
                || !Playback.areSame(event.playback(), query.last())
                || (query.count() == 0) != event.recommendations().isEmpty()
                || (exclusions != null && first.hasAny(exclusions))) {
            throw new RequestIdReusedException(requestId);
        }
        return first;
    }

    /**
     * The choice of a recommender.
     *
     * @param ranked the ranked list, the recommended track first; empty if none was asked for
     * @param explanation null unless one was asked for
     */
    private record Choice(
            Recommendation recommendation,
            List<Integer> ranked,
            @Nullable Explanation explanation) {
        static final Choice NONE = new Choice(Recommendation.NONE, List.of(), null);
    }

    private Choice choose(
            Generation served, NextTrackQuery query, ListeningHistory history, @Nullable Exclusions exclusions) {
        ListenerId user = query.user();
        ServedExperiment serving = served.serving();
        Recommender recommender = serving.recommender(serving.experiment().assign(user));
        var request = new NextTrackRequest(user.key(), query.last(), history, query.last(), exclusions);
        Recommendation recommendation = recommender.recommend(request, random(user, history));
        List<Integer> ranked = List.of();
        if (query.count() > 0) {
            var ranking = new Ranking(query.count());
            recommender.rank(request, random(user, history), ranking);
            ranked = ranking.tracks();
        }
        Explanation explanation = query.explain()
                ? Explanation.of(history, recommender.reason(request, recommendation), effects(recommender, request))
                : null;
        return new Choice(recommendation, ranked, explanation);
    }

    /** The effects of the request, then those of session rules. */
    private static List<RuleEffect> effects(Recommender recommender, NextTrackRequest request) {
        Exclusions exclusions = request.exclusions();
        List<RuleEffect> ofRules = recommender.effects(request);
        if (exclusions == null) {
            return ofRules;
        }
        List<RuleEffect> effects = new ArrayList<>(List.of(exclusions.effect(RuleEffect.REQUEST)));
        effects.addAll(ofRules);
        return effects;
    }

    private KeyedRandom random(ListenerId user, ListeningHistory history) {
        return new KeyedRandom(seed, user.key(), history.session(), history.sequence());
    }

    private static Arms arms(Generation served, ListenerId user) {
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

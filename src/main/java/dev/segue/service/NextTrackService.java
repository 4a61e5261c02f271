package dev.segue.service;

import dev.segue.catalog.Tracks;
import dev.segue.event.Arms;
import dev.segue.event.Event;
import dev.segue.event.Event.Message;
import dev.segue.event.EventSink;
import dev.segue.experiment.Experiment;
import dev.segue.experiment.Treatment;
import dev.segue.history.Listen;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.listener.ListenerId;
import dev.segue.random.KeyedRandom;
import dev.segue.recommend.Exclusions;
import dev.segue.recommend.NextTrackRequest;
import dev.segue.recommend.Ranking;
import dev.segue.recommend.Recommendation;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.RuleEffect;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The use case: note what was heard, choose the treatment, recommend, log.
 *
 * <p>All of it happens in memory and under the listener's own lock, so one listener's events stand in the log in the
 * order in which they were answered. An answer may leave once the log has written its event: {@link Answer#position()}
 * says which.
 */
public final class NextTrackService {

    private static final double NANOS_PER_SECOND = 1e9;

    private final ListeningMemory<Answer> memory;
    private final EventSink log;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final long seed;
    private volatile Generation generation;

    /**
     * @param memory what listeners heard
     * @param log where the events go
     * @param clock says when
     * @param nanoTime measures latencies, in nanoseconds from any origin
     * @param seed of all random draws
     */
    public NextTrackService(
            Generation generation,
            ListeningMemory<Answer> memory,
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

    /** The generation that is served now. Call this once a request, and use the result to its end. */
    public Generation generation() {
        return generation;
    }

    /** Serves another generation from now on; requests that have begun end with theirs. */
    public void serve(Generation next) {
        generation = next;
    }

    /**
     * Recommends what the listener should hear next.
     *
     * @param served the {@link #generation} when the request came
     * @param startNanos when the request came, by the service's nanoTime
     * @throws RequestIdReusedException if the request id named another question before
     * @throws EverythingExcludedException if the query excludes all tracks; nothing is noted then
     */
    public Answer next(Generation served, NextTrackQuery query, long startNanos) {
        Message message = query.last() == null ? Message.START : Message.NEXT;
        Exclusions exclusions = exclusions(served, query);
        if (query.dryRun()) {
            ListeningHistory history = memory.peek(query.user().key());
            history.next(query.last(), clock.millis());
            return choose(served, message, query, history, exclusions);
        }
        return answerOnce(served, message, query, exclusions, startNanos);
    }

    /**
     * Takes note of a session's last listen; nothing is recommended.
     *
     * @param served as in {@link #next}
     * @param startNanos as in {@link #next}
     * @throws RequestIdReusedException if the request id named another question before
     */
    public Answer last(Generation served, NextTrackQuery query, long startNanos) {
        return answerOnce(served, Message.LAST, query, null, startNanos);
    }

    private Answer answerOnce(
            Generation served,
            Message message,
            NextTrackQuery query,
            @Nullable Exclusions exclusions,
            long startNanos) {
        return memory.update(query.user().key(), listener -> {
            String requestId = query.requestId();
            Answer first = requestId == null ? null : listener.answerTo(requestId);
            if (requestId != null && first != null) {
                return sameQuestion(first, message, query, exclusions, requestId);
            }
            long now = clock.millis();
            ListeningHistory history = listener.history();
            Answer answer;
            if (message == Message.LAST) {
                history.end(Objects.requireNonNull(query.last()), now);
                answer = answer(served, message, query, history, Recommendation.NONE, List.of(), null);
            } else {
                history.next(query.last(), now);
                answer = choose(served, message, query, history, exclusions);
            }
            Answer logged = answer.at(log.append(event(answer, query, now, nanoTime.getAsLong() - startNanos)));
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
        if (exclusions != null && exclusions.leaveNothing()) {
            throw new EverythingExcludedException(tracks.size());
        }
        return exclusions;
    }

    private static Answer sameQuestion(
            Answer first, Message message, NextTrackQuery query, @Nullable Exclusions exclusions, String requestId) {
        if (first.message() != message
                || !Objects.equals(first.last(), query.last())
                || (query.count() == 0) != first.ranked().isEmpty()
                || (exclusions != null && first.hasAny(exclusions))) {
            throw new RequestIdReusedException(requestId);
        }
        return first;
    }

    private Answer choose(
            Generation served,
            Message message,
            NextTrackQuery query,
            ListeningHistory history,
            @Nullable Exclusions exclusions) {
        ListenerId user = query.user();
        Treatment assigned = served.serving().assign(user);
        var recommender = (assigned == null ? served.serving().control() : assigned).recommender();
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
        return answer(served, message, query, history, recommendation, ranked, explanation);
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

    private static Answer answer(
            Generation served,
            Message message,
            NextTrackQuery query,
            ListeningHistory history,
            Recommendation recommendation,
            List<Integer> ranked,
            @Nullable Explanation explanation) {
        return new Answer(
                message,
                query.user(),
                query.last(),
                recommendation,
                ranked,
                explanation,
                arms(served, query.user()),
                served.id(),
                history.session(),
                history.sequence(),
                0);
    }

    private static Arms arms(Generation served, ListenerId user) {
        List<String> names = new ArrayList<>(served.experiments().size());
        List<String> arms = new ArrayList<>(served.experiments().size());
        List<String> forced = new ArrayList<>(0);
        for (Experiment experiment : served.experiments()) {
            Treatment treatment = experiment.assign(user);
            if (treatment != null) {
                names.add(experiment.name());
                arms.add(treatment.name());
                if (experiment.isForced(user)) {
                    forced.add(experiment.name());
                }
            }
        }
        return new Arms(names, arms, forced);
    }

    private static Event event(Answer answer, NextTrackQuery query, long now, long latencyNanos) {
        Listen last = query.last();
        Recommendation recommendation = answer.recommendation();
        return new Event(
                answer.message(),
                now,
                answer.user(),
                last == null ? null : new Event.Playback(last.track(), last.time()),
                latencyNanos / NANOS_PER_SECOND,
                recommendation.track(),
                answer.arms(),
                answer.session(),
                answer.sequence(),
                recommendation.isNone()
                        ? null
                        : new Event.Origin(
                                recommendation.recommender(),
                                recommendation.fallback(),
                                recommendation.propensity(),
                                recommendation.candidates()),
                answer.generation(),
                query.requestId(),
                answer.ranked());
    }
}

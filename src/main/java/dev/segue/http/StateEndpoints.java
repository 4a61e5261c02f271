package dev.segue.http;

import static dev.segue.http.FieldValues.bad;

import dev.segue.catalog.Tracks;
import dev.segue.http.FeedbackReader.GivenFeedback;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.service.NextTrackService;
import dev.segue.state.Feedback;
import dev.segue.state.FeedbackStore;
import dev.segue.state.ListenerFeedback;
import dev.segue.state.ListenerFeedback.Given;
import dev.segue.state.StateException;
import dev.segue.state.WithdrawnTracks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoints of feedback and of withdrawn tracks. Changes wait for the disk, so they run on a background thread. */
final class StateEndpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateEndpoints.class);

    private final NextTrackService service;
    private final FeedbackStore feedback;
    private final WithdrawnTracks withdrawn;
    private final InstantSource clock;
    private final int maxBodyBytes;
    private final BackgroundExecutor background = new BackgroundExecutor("segue-state");

    StateEndpoints(
            NextTrackService service,
            FeedbackStore feedback,
            WithdrawnTracks withdrawn,
            InstantSource clock,
            int maxBodyBytes) {
        this.service = service;
        this.feedback = feedback;
        this.withdrawn = withdrawn;
        this.clock = clock;
        this.maxBodyBytes = maxBodyBytes;
    }

    List<Endpoint> all() {
        return List.of(new OfListeners(), new Withdrawn(), new WithdrawnList());
    }

    private Tracks catalog() {
        return service.generation().catalog().tracks();
    }

    /** Changes the state, or explains why that is not possible. */
    private static void change(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException tooMany) {
            throw Problem.of(422, String.valueOf(tooMany.getMessage())).asException();
        } catch (StateException failed) {
            LOG.warn("a change of the state failed", failed);
            throw Problem.of(503, String.valueOf(failed.getMessage())).asException();
        }
    }

    /** Feedback of listeners. */
    private final class OfListeners extends Endpoint {

        OfListeners() {
            super("/feedback");
            onSafeGet(this::list);
            on("POST", background.later(this::add));
        }

        private void add(HttpServletRequest request, HttpServletResponse response) throws IOException {
            GivenFeedback given = FeedbackReader.read(request, maxBodyBytes);
            requireKnown(given);
            change(() -> feedback.add(given.user(), given.track(), given.artist(), given.feedback(), clock.millis()));
            var description = new LinkedHashMap<String, Object>();
            description.put("user", given.user().json());
            if (given.track() != null) {
                description.put("track", TrackIds.json(given.track()));
            } else {
                description.put("artist", String.valueOf(given.artist()));
            }
            description.put("feedback", given.feedback().json());
            respondJson(response, description);
        }

        private void requireKnown(GivenFeedback given) {
            Tracks tracks = catalog();
            Integer track = given.track();
            boolean isKnown =
                    track != null ? tracks.contains(track) : tracks.rowOfArtist(String.valueOf(given.artist())) >= 0;
            boolean isRemoved = given.feedback() == Feedback.NONE && (track == null || TrackIds.isTrack(track));
            if (!isKnown && !isRemoved) {
                throw Problem.of(
                                422,
                                track != null
                                        ? "the catalog does not have the track; name one of its tracks"
                                        : "the catalog does not have the artist; write the name as the catalog does")
                        .asException();
            }
        }

        private void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String[] users = request.getParameterValues("user");
            if (users == null || users.length != 1 || request.getParameterMap().size() != 1) {
                throw bad("the only parameter is user, given once, as in /feedback?user=1");
            }
            ListenerId user = RequestReader.listener(users[0]);
            ListenerFeedback given = feedback.of(user.key());
            var description = new LinkedHashMap<String, Object>();
            description.put("user", user.json());
            description.put(
                    "tracks",
                    given.tracks().entrySet().stream()
                            .map(entry -> entry("track", TrackIds.json(entry.getKey()), entry.getValue()))
                            .toList());
            description.put(
                    "artists",
                    given.artists().entrySet().stream()
                            .map(entry -> entry("artist", entry.getKey(), entry.getValue()))
                            .toList());
            respondJson(response, description);
        }

        private static Map<String, Object> entry(String name, Object value, Given given) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put(name, value);
            entry.put("feedback", given.feedback().json());
            entry.put("timestamp", given.millis());
            return entry;
        }
    }

    /** Withdraws and restores a track. */
    private final class Withdrawn extends Endpoint {

        Withdrawn() {
            super("/admin/tracks/{id}");
            on("PUT", background.later((request, response) -> set(request, response, false)));
            on("DELETE", background.later((request, response) -> set(request, response, true)));
            onSafeGet((request, response) -> respond(response, track(variable(request), false)));
        }

        private void set(HttpServletRequest request, HttpServletResponse response, boolean isWithdrawn)
                throws IOException {
            int track =
                    track(variable(request), isWithdrawn && withdrawn.tracks().size() < WithdrawnTracks.MAX_TRACKS);
            change(() -> withdrawn.set(track, isWithdrawn, clock.millis()));
            respond(response, track);
        }

        /** @param add whether a string id that is not in the catalog is added to the table of string ids */
        private int track(String text, boolean add) {
            int track = FieldValues.track(
                    text,
                    "the track",
                    id -> catalog().contains(id) || withdrawn.tracks().contains(id));
            if (track == TrackIds.UNKNOWN) {
                if (!add) {
                    throw Problem.of(404, "the track is neither in the catalog nor withdrawn")
                            .asException();
                }
                return TrackIds.of(text);
            }
            return track;
        }

        private void respond(HttpServletResponse response, int track) throws IOException {
            var description = new LinkedHashMap<String, @Nullable Object>();
            description.put("track", TrackIds.json(track));
            description.put("withdrawn", withdrawn.tracks().contains(track));
            description.put("in_catalog", catalog().contains(track));
            respondJson(response, description);
        }
    }

    /** Lists the withdrawn tracks. */
    private final class WithdrawnList extends Endpoint {

        WithdrawnList() {
            super("/admin/tracks");
            onSafeGet((request, response) ->
                    respondJson(response, Map.of("withdrawn", Json.ids(List.copyOf(withdrawn.tracks())))));
        }
    }

    @Override
    public void close() {
        background.close();
    }
}

package dev.segue.http;

import dev.segue.adapter.PlayNames;
import dev.segue.adapter.PlaybackReports;
import dev.segue.adapter.PlaybackReports.Change;
import dev.segue.adapter.PlaybackReports.Player;
import dev.segue.adapter.PlaybackReports.Reported;
import dev.segue.adapter.PlaybackReports.State;
import dev.segue.adapter.SimilarTracks;
import dev.segue.adapter.SubsonicException;
import dev.segue.adapter.SubsonicParameters;
import dev.segue.adapter.SubsonicUsers;
import dev.segue.catalog.Tracks;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.play.Playback;
import dev.segue.service.Generation;
import dev.segue.service.ReportedPlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods of OpenSubsonic that Segue has. They use memory alone. */
final class SubsonicMethods {

    private static final int MAX_SONGS = 500;
    private static final int SIMILAR_SONGS = 50;
    private static final int SONIC_TRACKS = 10;

    /** The duration of a track of unknown duration, as for imports. */
    private static final double TYPICAL_MILLIS = 210_000;

    /** Reports of a track without a time in the same span are reports of one play, such as a retry. */
    private static final long SAME_PLAY_MILLIS = 30_000;

    private static final Result OK = new Result(Map.of(), 0);

    private final SubsonicUsers users;
    private final ReportedPlays plays;
    private final SimilarRecommendations similar;
    private final PlaybackReports reports;

    SubsonicMethods(SubsonicUsers users, ReportedPlays plays, SimilarRecommendations similar) {
        this.users = users;
        this.plays = plays;
        this.similar = similar;
        reports = plays.reports();
    }

    /** A method. The constant has the method's name in capitals, with {@code _} between words. */
    enum Method {
        PING("ping"),
        GET_OPEN_SUBSONIC_EXTENSIONS("getOpenSubsonicExtensions"),
        GET_SIMILAR_SONGS("getSimilarSongs"),
        GET_SIMILAR_SONGS2("getSimilarSongs2"),
        GET_SONIC_SIMILAR_TRACKS("getSonicSimilarTracks"),
        SCROBBLE("scrobble"),
        REPORT_PLAYBACK("reportPlayback");

        private final String text;

        Method(String text) {
            this.text = text;
        }

        /** Whether the method may lead to events in the log. */
        boolean isLogged() {
            return this == SCROBBLE || this == REPORT_PLAYBACK;
        }

        /** Whether the method calls a recommender, or needs a lock that a recommender may hold. */
        boolean usesMemory() {
            return this != PING && this != GET_OPEN_SUBSONIC_EXTENSIONS;
        }
    }

    /**
     * The result of a method.
     *
     * @param members of {@code subsonic-response}
     * @param position the position in the log of its last event; 0 if there is none
     */
    record Result(Map<String, Object> members, long position) {}

    /** The generation in service. */
    Generation generation() {
        return similar.generation();
    }

    /** The method of a name; null if there is none. */
    @Nullable
    Method find(String name) {
        return Stream.of(Method.values())
                .filter(method -> method.text.equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * Runs a method.
     *
     * @throws SubsonicException if the user is not authenticated, or a parameter is missing or wrong
     */
    Result run(Method method, SubsonicParameters parameters, Generation served) {
        if (method == Method.GET_OPEN_SUBSONIC_EXTENSIONS) { // the specification requires it without authentication
            return new Result(Map.of("openSubsonicExtensions", extensions()), 0);
        }
        ListenerId listener = users.authenticate(parameters);
        return switch (method) {
            case PING, GET_OPEN_SUBSONIC_EXTENSIONS -> OK;
            case GET_SIMILAR_SONGS -> similarSongs("similarSongs", listener, parameters, served);
            case GET_SIMILAR_SONGS2 -> similarSongs("similarSongs2", listener, parameters, served);
            case GET_SONIC_SIMILAR_TRACKS -> sonicMatches(listener, parameters, served);
            case SCROBBLE -> scrobble(listener, parameters, served);
            case REPORT_PLAYBACK -> reportPlayback(listener, parameters, served);
        };
    }

    private static List<Map<String, Object>> extensions() {
        return Stream.of("formPost", "playbackReport")
                .map(name -> Map.<String, Object>of("name", name, "versions", List.of(1)))
                .toList();
    }

    private Result similarSongs(String member, ListenerId listener, SubsonicParameters parameters, Generation served) {
        String id = parameters.require("id");
        int count = parameters.count("count", SIMILAR_SONGS, MAX_SONGS);
        var tracks = new SimilarTracks(served.catalog());
        int track = tracks.find(id);
        if (track == TrackIds.NONE && !tracks.isArtist(id)) {
            throw SubsonicException.notFound(id);
        }
        List<Integer> chosen = List.of();
        if (count > 0) {
            chosen = track == TrackIds.NONE
                    ? similar.ofArtist(served, listener, id, count)
                    : similar.ofTrack(served, listener, track, count);
        }
        List<Map<String, Object>> songs = chosen.stream().map(tracks::song).toList();
        return new Result(Map.of(member, Map.of("song", songs)), 0);
    }

    private Result sonicMatches(ListenerId listener, SubsonicParameters parameters, Generation served) {
        String id = parameters.require("id");
        int count = parameters.count("count", SONIC_TRACKS, MAX_SONGS);
        var tracks = new SimilarTracks(served.catalog());
        int track = tracks.find(id);
        if (track == TrackIds.NONE) {
            throw SubsonicException.notFound(id);
        }
        List<Integer> chosen = count == 0 ? List.of() : similar.ofTrack(served, listener, track, count);
        return new Result(
                Map.of(
                        "sonicMatch",
                        chosen.stream().map(each -> tracks.match(each, track)).toList()),
                0);
    }

    private Result scrobble(ListenerId listener, SubsonicParameters parameters, Generation served) {
        parameters.require("id");
        List<String> ids = parameters.all("id");
        List<String> times = parameters.all("time");
        if (!times.isEmpty() && times.size() != ids.size()) {
            throw SubsonicException.generic("give each id a time, or none");
        }
        boolean isSubmission = parameters.bool("submission", true);
        List<ReportedPlay> played = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Playback playback = playback(ids.get(i), 1, served);
            long startedAt = times.isEmpty() ? plays.now() : SubsonicParameters.integer("time", times.get(i));
            long millis = served.catalog().tracks().durationMillis(playback.track());
            long named = times.isEmpty() ? startedAt - startedAt % SAME_PLAY_MILLIS : startedAt;
            played.add(new ReportedPlay(
                    listener, playback, startedAt, startedAt + millis, PlayNames.of(named, ids.get(i))));
        }
        return isSubmission ? new Result(Map.of(), plays.record(played, served)) : OK;
    }

    private Result reportPlayback(ListenerId listener, SubsonicParameters parameters, Generation served) {
        String id = parameters.require("mediaId");
        String type = parameters.require("mediaType");
        long millis = SubsonicParameters.integer("positionMs", parameters.require("positionMs"));
        State state = state(parameters.require("state"));
        if (!type.equals("song") && !type.equals("podcast")) {
            throw SubsonicException.generic("mediaType must be song or podcast");
        }
        playback(id, 1, served); // checks the id
        if (type.equals("podcast") || parameters.bool("ignoreScrobble", false)) {
            return OK;
        }
        var player =
                new Player(listener, parameters.all("c").stream().findFirst().orElse(""));
        Change change = reports.add(player, id, millis, state, plays.now());
        try {
            List<ReportedPlay> played = change.ended().stream()
                    .map(reported -> ended(listener, reported, served))
                    .toList();
            return new Result(Map.of(), plays.record(played, served));
        } catch (ProblemException | SubsonicException notRecorded) {
            reports.undo(player, change);
            throw notRecorded;
        }
    }

    private static State state(String text) {
        for (State state : State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return state;
            }
        }
        throw SubsonicException.generic("state must be starting, playing, paused or stopped");
    }

    private ReportedPlay ended(ListenerId listener, Reported reported, Generation served) {
        Tracks tracks = served.catalog().tracks();
        Playback whole = playback(reported.track(), 1, served);
        int duration = tracks.durationMillis(whole.track());
        double share = Math.min(1, reported.millis() / (duration > 0 ? duration : TYPICAL_MILLIS));
        return new ReportedPlay(
                listener,
                new Playback(whole.track(), share, whole.unknownId()),
                reported.startedAt(),
                reported.reportedAt(),
                PlayNames.of(reported.startedAt(), reported.track()));
    }

    private static Playback playback(String id, double share, Generation served) {
        try {
            int track = TrackIds.parse(id, served.catalog().tracks()::contains);
            return new Playback(track, share, track == TrackIds.UNKNOWN ? id : null);
        } catch (IllegalArgumentException notAnId) {
            throw SubsonicException.notFound(id);
        }
    }
}

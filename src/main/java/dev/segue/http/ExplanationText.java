package dev.segue.http;

import dev.segue.catalog.Tracks;
import dev.segue.id.TrackIds;
import dev.segue.play.Playback;
import dev.segue.recommend.Mmr;
import dev.segue.recommend.RuleEffect;
import dev.segue.service.Explanation;
import dev.segue.service.SeedTracks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes an explanation as sentences, with titles and artists in place of ids. */
final class ExplanationText {

    private static final Pattern TRACK = Pattern.compile("\\{(-?\\d+)}");
    private static final int MAX_NAMED = 5;

    private final Tracks tracks;

    /** @param tracks have titles and artists */
    ExplanationText(Tracks tracks) {
        this.tracks = tracks;
    }

    /** Sentences on the seeds, the liked and skipped tracks, the recommender's reason, and the tracks that rules left out. */
    List<String> sentences(Explanation explanation) {
        List<String> sentences = new ArrayList<>();
        addSeeds(explanation.seeds(), sentences);
        if (explanation.accepted() != Explanation.NO_FILTER) {
            sentences.add(
                    "The filter accepts " + explanation.accepted() + " of the catalog's " + tracks.size() + " tracks.");
        }
        addPlayed("Liked", explanation.played(), Playback::isLiked, sentences);
        addPlayed("Skipped", explanation.played(), Playback::isSkipped, sentences);
        if (!explanation.reason().isEmpty()) {
            sentences.add(TRACK.matcher(explanation.reason())
                    .replaceAll(found -> Matcher.quoteReplacement(named(Integer.parseInt(found.group(1))))));
        }
        for (RuleEffect effect : explanation.effects()) {
            sentences.add(
                    switch (effect.rule()) {
                        case RuleEffect.REQUEST -> "The request left out " + leftOut(effect) + ".";
                        case RuleEffect.FEEDBACK -> "The listener banned or disliked " + leftOut(effect) + ".";
                        case Mmr.NAME -> "The rule mmr moved back " + leftOut(effect) + ".";
                        default -> "The rule " + effect.rule() + " left out " + leftOut(effect) + ".";
                    });
        }
        return sentences;
    }

    private void addSeeds(@Nullable SeedTracks seeds, List<String> sentences) {
        if (seeds == null) {
            return;
        }
        sentences.add("The seeds count as liked tracks: "
                + listed(seeds.tracks().stream().map(this::named).toList(), "tracks") + ".");
        List<String> unknown = Stream.concat(
                        seeds.unknownTracks().stream().map(track -> "track " + track.trackId()),
                        seeds.unknownArtists().stream().map(artist -> "artist " + artist))
                .toList();
        if (!unknown.isEmpty()) {
            sentences.add("The catalog does not have the seeds " + listed(unknown, "seeds") + ".");
        }
    }

    private void addPlayed(String verb, List<Playback> played, Predicate<Playback> condition, List<String> sentences) {
        List<String> named = played.stream()
                .filter(condition)
                .map(playback ->
                        named(playback.track()) + String.format(Locale.ROOT, " (%.0f%% played)", 100 * playback.time()))
                .toList();
        if (!named.isEmpty()) {
            sentences.add(verb + " in this session: " + String.join(", ", named) + ".");
        }
    }

    private String leftOut(RuleEffect effect) {
        List<String> parts = new ArrayList<>();
        if (!effect.tracks().isEmpty()) {
            parts.add(listed(effect.tracks().stream().map(this::named).toList(), "tracks"));
        }
        if (!effect.artists().isEmpty()) {
            parts.add("all tracks by " + listed(effect.artists(), "artists"));
        }
        return String.join(", and ", parts);
    }

    private static String listed(List<String> names, String what) {
        String first = names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        int more = names.size() - MAX_NAMED;
        return more > 0 ? first + " and " + more + " other " + what : first;
    }

    private String named(int track) {
        String title = tracks.title(track);
        String artist = tracks.artist(track);
        if (title == null || title.isEmpty()) {
            return "track " + TrackIds.text(track);
        }
        return "“" + title + "”" + (artist == null || artist.isEmpty() ? "" : " by " + artist);
    }
}

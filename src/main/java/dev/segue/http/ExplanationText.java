package dev.segue.http;

import dev.segue.catalog.Tracks;
import dev.segue.play.Playback;
import dev.segue.recommend.Mmr;
import dev.segue.recommend.RuleEffect;
import dev.segue.service.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes an explanation as sentences, with titles and artists in place of ids. */
final class ExplanationText {

    private static final Pattern TRACK = Pattern.compile("\\{(\\d+)}");
    private static final int MOST_NAMED = 5;

    private final Tracks tracks;

    /** @param tracks tells titles and artists */
    ExplanationText(Tracks tracks) {
        this.tracks = tracks;
    }

    /** Sentences: what was heard, why the recommender chose the track, what the rules left out. */
    List<String> sentences(Explanation explanation) {
        List<String> sentences = new ArrayList<>();
        addHeard("Liked", explanation.heard(), Playback::isLiked, sentences);
        addHeard("Skipped", explanation.heard(), Playback::isSkipped, sentences);
        if (!explanation.reason().isEmpty()) {
            sentences.add(TRACK.matcher(explanation.reason())
                    .replaceAll(found -> Matcher.quoteReplacement(named(Integer.parseInt(found.group(1))))));
        }
        for (RuleEffect effect : explanation.effects()) {
            sentences.add(
                    switch (effect.rule()) {
                        case RuleEffect.REQUEST -> "The request left out " + leftOut(effect) + ".";
                        case Mmr.NAME -> "The rule mmr moved back " + leftOut(effect) + ".";
                        default -> "The rule " + effect.rule() + " left out " + leftOut(effect) + ".";
                    });
        }
        return sentences;
    }

    private void addHeard(String verb, List<Playback> heard, Predicate<Playback> which, List<String> sentences) {
        List<String> named = heard.stream()
                .filter(which)
                .map(listen ->
                        named(listen.track()) + String.format(Locale.ROOT, " (%.0f%% played)", 100 * listen.time()))
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
        String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMED;
        return more > 0 ? first + " and " + more + " other " + what : first;
    }

    private String named(int track) {
        String title = tracks.title(track);
        String artist = tracks.artist(track);
        if (title == null || title.isEmpty()) {
            return "track " + track;
        }
        return "“" + title + "”" + (artist == null || artist.isEmpty() ? "" : " by " + artist);
    }
}

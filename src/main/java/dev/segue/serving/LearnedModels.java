package dev.segue.serving;

import dev.segue.catalog.CatalogException;
import dev.segue.catalog.Tracks;
import dev.segue.event.EventLogs;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.knn.IndexLimits;
import dev.segue.knn.KnnSettings;
import dev.segue.knn.LogSessions;
import dev.segue.knn.SessionIndex;
import dev.segue.knn.SessionKnn;
import dev.segue.posterior.SessionModelFolder;
import dev.segue.posterior.SessionScorer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The learned models of one generation's recommenders: session models and indexes of past sessions, each loaded once. */
final class LearnedModels {

    private static final Logger LOG = LoggerFactory.getLogger(LearnedModels.class);

    private final Tracks tracks;
    private final Map<Path, SessionScorer> scorers = new TreeMap<>();
    private final Map<Path, SessionKnn> indexes = new TreeMap<>();
    private final CRC32C fingerprint = new CRC32C();

    /** @param tracks those that may be recommended */
    LearnedModels(Tracks tracks) {
        this.tracks = tracks;
    }

    /**
     * A scorer by the model in a folder.
     *
     * @throws CatalogException if there is none, it is damaged, or it knows no track that may be recommended
     */
    SessionScorer scorer(Path folder) {
        SessionScorer known = scorers.get(folder);
        if (known != null) {
            return known;
        }
        SessionModelFolder model = SessionModelFolder.read(folder);
        var scorer = new SessionScorer(model.model(), model.listeners(), tracks::contains);
        if (scorer.tracks() == 0) {
            throw new CatalogException("the session model in " + folder
                    + " knows none of the catalog's tracks; train it with the catalog that is served");
        }
        if (scorer.tracks() < tracks.size()) {
            LOG.warn(
                    "the session model in {} does not know {} of the catalog's {} tracks, and never recommends them; train it"
                            + " again with this catalog",
                    folder,
                    tracks.size() - scorer.tracks(),
                    tracks.size());
        }
        fingerprint.update(model.fingerprint().getBytes(StandardCharsets.US_ASCII));
        scorers.put(folder, scorer);
        return scorer;
    }

    /**
     * Neighbours among the sessions of a log.
     *
     * @throws dev.segue.event.EventLogException if the log cannot be read
     */
    SessionKnn knn(Path log) {
        return indexes.computeIfAbsent(log, path -> {
            SessionIndex index;
            try (var sessions =
                    new SessionReader(EventLogs.find(List.of(path.toString())).open(), SessionRule.DEFAULT)) {
                index = LogSessions.read(sessions, IndexLimits.DEFAULT, read -> {});
            }
            String contents = index.sessions() + " " + index.items() + " " + index.left();
            fingerprint.update(contents.getBytes(StandardCharsets.US_ASCII));
            return new SessionKnn(index, KnnSettings.LISTENS);
        });
    }

    /** A fingerprint of a catalog and the models; the catalog's own if there are no models. */
    String fingerprintWith(String catalog) {
        if (scorers.isEmpty() && indexes.isEmpty()) {
            return catalog;
        }
        fingerprint.update(catalog.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", fingerprint.getValue());
    }
}

package dev.segue.service;

import dev.segue.catalog.Tracks;
import dev.segue.embedding.EmbeddingScorer;
import dev.segue.embedding.ModelType;
import dev.segue.embedding.ServedModel;
import dev.segue.event.EventLogs;
import dev.segue.event.LogRules;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.file.FileException;
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
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models and indexes of past sessions that the recommenders of one generation use, each loaded once. */
final class LearnedModels {

    private static final Logger LOG = LoggerFactory.getLogger(LearnedModels.class);

    /** The share of missing tracks above which a warning is logged. New tracks are always missing. */
    private static final double MAX_MISSING = 0.01;

    private final Tracks tracks;
    private final Map<Path, SessionScorer> scorers = new TreeMap<>();
    private final Map<Path, EmbeddingScorer> embeddings = new TreeMap<>();
    private final Map<Path, SessionKnn> indexes = new TreeMap<>();
    private final CRC32C fingerprint = new CRC32C();

    /** @param tracks the tracks of the catalog */
    LearnedModels(Tracks tracks) {
        this.tracks = tracks;
    }

    /**
     * A scorer by the model in a folder.
     *
     * @throws FileException if the folder has no model, the model is damaged, or it has no track of the catalog
     */
    SessionScorer scorer(Path folder) {
        SessionScorer loaded = scorers.get(folder);
        if (loaded != null) {
            return loaded;
        }
        SessionModelFolder model = SessionModelFolder.read(folder);
        var scorer = new SessionScorer(model.model(), model.tracks(), model.listeners(), tracks::contains);
        requireTracks(folder, scorer.tracks());
        fingerprint.update(model.fingerprint().getBytes(StandardCharsets.US_ASCII));
        scorers.put(folder, scorer);
        return scorer;
    }

    /**
     * A scorer by the embedding model in a folder.
     *
     * @throws FileException if the folder has no model, the model is of another type or damaged, or it has no track of the catalog
     */
    EmbeddingScorer embedding(Path folder, ModelType type) {
        return embeddings.computeIfAbsent(folder, path -> {
            ServedModel served = ServedModel.read(path);
            if (served.model().type() != type) {
                throw new FileException("the model in " + path + " is of type "
                        + served.model().type().json() + ", and serves recommenders of that type alone, not "
                        + type.json());
            }
            var scorer = new EmbeddingScorer(served);
            requireTracks(path, countTracks(scorer::isTrained));
            if (Boolean.FALSE.equals(served.betterThanMean())) {
                LOG.warn("the model in {} is not better than always predicting the mean; train a better one", path);
            }
            fingerprint.update(served.fingerprint().getBytes(StandardCharsets.US_ASCII));
            return scorer;
        });
    }

    /** The number of the catalog's tracks that a model has. */
    private int countTracks(IntPredicate isInModel) {
        int count = 0;
        for (int row = 0; row < tracks.size(); row++) {
            count += isInModel.test(tracks.idAt(row)) ? 1 : 0;
        }
        return count;
    }

    /** Refuses a model that has no track of the catalog, and logs a warning if it lacks many. */
    private void requireTracks(Path folder, int count) {
        if (count == 0) {
            throw new FileException("the model in " + folder
                    + " has none of the catalog's tracks; train it with the catalog that is served");
        }
        if (tracks.size() - count > tracks.size() * MAX_MISSING) {
            LOG.warn(
                    "the model in {} lacks {} of the catalog's {} tracks, and never recommends them; train it"
                            + " again with this catalog",
                    folder,
                    tracks.size() - count,
                    tracks.size());
        }
    }

    /**
     * Neighbours among the sessions of a log.
     *
     * @throws dev.segue.event.EventLogException if the log cannot be read
     */
    SessionKnn knn(Path log) {
        return indexes.computeIfAbsent(log, path -> {
            SessionIndex index;
            try (var sessions = new SessionReader(
                    EventLogs.find(List.of(path.toString()), LogRules.SERVED).open(), SessionRule.DEFAULT)) {
                index = LogSessions.read(sessions, IndexLimits.DEFAULT, read -> {});
            }
            String contents = index.sessions() + " " + index.items() + " " + index.evicted();
            fingerprint.update(contents.getBytes(StandardCharsets.US_ASCII));
            return new SessionKnn(index, KnnSettings.LISTENS);
        });
    }

    /** A fingerprint of a catalog and the models; the catalog's own if there are no models. */
    String fingerprintWith(String catalog) {
        if (scorers.isEmpty() && embeddings.isEmpty() && indexes.isEmpty()) {
            return catalog;
        }
        fingerprint.update(catalog.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", fingerprint.getValue());
    }
}

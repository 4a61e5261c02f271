package dev.segue.serving;

import dev.segue.catalog.CatalogException;
import dev.segue.catalog.Tracks;
import dev.segue.posterior.SessionModelFolder;
import dev.segue.posterior.SessionScorer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session models that recommenders of one generation use, each loaded once. */
final class SessionModels {

    private static final Logger LOG = LoggerFactory.getLogger(SessionModels.class);

    private final Tracks tracks;
    private final Map<Path, SessionScorer> scorers = new TreeMap<>();
    private final CRC32C fingerprint = new CRC32C();

    /** @param tracks those that may be recommended */
    SessionModels(Tracks tracks) {
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

    /** A fingerprint of a catalog and the models; the catalog's own if there are no models. */
    String fingerprintWith(String catalog) {
        if (scorers.isEmpty()) {
            return catalog;
        }
        fingerprint.update(catalog.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", fingerprint.getValue());
    }
}

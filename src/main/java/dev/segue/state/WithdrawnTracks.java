package dev.segue.state;

import dev.segue.id.TrackIds;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The tracks that no listener gets until they are restored, in memory and in {@code withdrawn.jsonl}. A line is
 * {@code {"timestamp":1700000000000,"track":5,"withdrawn":true}}. Thread-safe.
 */
public final class WithdrawnTracks implements AutoCloseable {

    /** Maximum number of withdrawn tracks. */
    public static final int MAX_TRACKS = 100_000;

    /** Never modified, so that readers need no lock. */
    private volatile Set<Integer> tracks = Set.of();

    private final StateFile file;

    private WithdrawnTracks(Path folder) {
        Set<Integer> read = new LinkedHashSet<>();
        file = StateFile.open(folder.resolve("withdrawn.jsonl"), line -> read(line, read));
        tracks = read;
    }

    /**
     * Reads the withdrawn tracks of a folder; there are none if the folder does not exist.
     *
     * @throws StateException if the file is unreadable
     */
    public static WithdrawnTracks open(Path folder) {
        return new WithdrawnTracks(folder);
    }

    private static void read(JsonNode line, Set<Integer> tracks) {
        JsonNode withdrawn = line.path("withdrawn");
        if (!withdrawn.isBoolean()) {
            throw new IllegalArgumentException("the line is not a withdrawal: it needs \"track\" and \"withdrawn\"");
        }
        int track = TrackLine.track(line);
        if (withdrawn.asBoolean()) {
            tracks.add(track);
        } else {
            tracks.remove(track);
        }
    }

    /** The withdrawn tracks, in the order of their withdrawal. Another set is returned after each change. */
    @SuppressWarnings("MixedMutabilityReturnType") // never modified
    public Set<Integer> tracks() {
        return tracks;
    }

    /**
     * Withdraws or restores a track: the change is on the disk when this returns, and in effect. Waits for the disk.
     *
     * @param nowMillis time in ms since 1970
     * @throws IllegalArgumentException if there are too many
     * @throws StateException if it cannot be recorded
     */
    public synchronized void set(int track, boolean withdrawn, long nowMillis) {
        if (tracks.contains(track) == withdrawn) {
            return;
        }
        if (withdrawn && tracks.size() >= MAX_TRACKS) {
            throw new IllegalArgumentException("at most " + MAX_TRACKS
                    + " tracks can be withdrawn; remove them from the catalog instead, and restore some");
        }
        file.append(JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", nowMillis)
                .putPOJO("track", TrackIds.json(track))
                .put("withdrawn", withdrawn));
        Set<Integer> changed = new LinkedHashSet<>(tracks);
        if (withdrawn) {
            changed.add(track);
        } else {
            changed.remove(track);
        }
        tracks = changed;
    }

    @Override
    public void close() {
        file.close();
    }
}

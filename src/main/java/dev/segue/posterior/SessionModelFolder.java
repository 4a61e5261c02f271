package dev.segue.posterior;

import dev.segue.catalog.ListenerIdsFile;
import dev.segue.catalog.TrackIdsFile;
import dev.segue.file.FileException;
import dev.segue.file.InputFile;
import dev.segue.file.OutputFile;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import dev.segue.posterior.SessionModel.Constants;
import dev.segue.posterior.SessionModel.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A session model on disk. {@code model.json} is written last: if it exists, the model is complete. The other files may be gzipped
 * afterwards, with the suffix {@code .gz}. With d dimensions, D = d + 1, and P(n) = n(n + 1)/2 numbers of a symmetric matrix (the lower
 * triangle row by row), the files are:
 *
 * <ul>
 *   <li>{@code track.npy}, {@code track_covariance.npy}: float32, tracks × d and tracks × P(d), posterior of e_t
 *   <li>{@code track_artist.npy}: int32, tracks × 1, each track's artist; {@code artist.npy}: float32, artists × d
 *   <li>{@code context.npy}, {@code artist_context.npy}: float32, tracks × D and artists × D, means of C
 *   <li>{@code listener.npy}: float32, listeners × D, means of V; {@code listeners.json}: their ids, a JSON value a line
 *   <li>{@code unit.npy}, {@code unit_covariance.npy}: float32, units × D and units × P(D), posterior of w_g
 *   <li>{@code unit_sessions.npy}: int32, units × 2, each unit's listener and number of sessions
 *   <li>{@code unit_first.npy}: int32, pairs × 2, a unit and a track that started a session of it, ascending
 *   <li>{@code track_ids.json}: see {@link TrackIdsFile}
 *   <li>{@code model.json}: the constants, the covariances of the priors, and how the model was trained
 * </ul>
 *
 * @param tracks the tracks of the model's rows
 * @param listeners the ids of the model's listeners
 * @param fingerprint a checksum of the files, 8 hexadecimal digits
 * @param training how the model was trained, as information for the user; null if not given
 */
public record SessionModelFolder(
        SessionModel model,
        TrackRows tracks,
        List<ListenerId> listeners,
        String fingerprint,
        @Nullable JsonNode training) {

    /** The value of {@code model} in {@code model.json}. */
    public static final String TYPE = "session";

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DESCRIPTION = "model.json";
    private static final String TRACKS = "track.npy";
    private static final String TRACK_COVARIANCES = "track_covariance.npy";
    private static final String TRACK_ARTISTS = "track_artist.npy";
    private static final String ARTISTS = "artist.npy";
    private static final String CONTEXTS = "context.npy";
    private static final String ARTIST_CONTEXTS = "artist_context.npy";
    private static final String LISTENERS = "listener.npy";
    private static final String LISTENER_IDS = "listeners.json";
    private static final String UNITS = "unit.npy";
    private static final String UNIT_COVARIANCES = "unit_covariance.npy";
    private static final String UNIT_SESSIONS = "unit_sessions.npy";
    private static final String UNIT_FIRSTS = "unit_first.npy";

    public SessionModelFolder {
        listeners = List.copyOf(listeners);
    }

    private record Description(
            int format,
            String model,
            Constants constants,
            Spread spread,
            @Nullable JsonNode training) {}

    /** Writes a model. Its numbers are rounded to 11 binary digits, which halves the size of the compressed files.
     *
     * @param tracks the tracks of the model's rows
     * @param listeners the ids of the model's listeners
     * @param training how the model was trained, an object that Jackson can serialize; null to omit it
     * @throws FileException if a file cannot be written
     */
    public static void write(
            Path folder, SessionModel model, TrackRows tracks, List<ListenerId> listeners, @Nullable Object training) {
        int n = model.dimensions();
        write(folder, TRACKS, model.tracks().means(), model.d());
        write(folder, TRACK_COVARIANCES, model.tracks().covariances(), Packed.size(model.d()));
        int[] artistOf = model.artistOf();
        NpyFile.write(folder.resolve(TRACK_ARTISTS), new IntMatrix(artistOf.length, 1, artistOf));
        write(folder, ARTISTS, model.artists(), model.d());
        write(folder, CONTEXTS, model.contexts().means(), n);
        write(folder, ARTIST_CONTEXTS, model.artistContexts(), n);
        write(folder, LISTENERS, model.listeners().means(), n);
        TrackIdsFile.write(folder, tracks);
        ListenerIdsFile.write(folder.resolve(LISTENER_IDS), listeners);
        write(folder, UNITS, model.unitVectors().means(), n);
        write(folder, UNIT_COVARIANCES, model.unitVectors().covariances(), Packed.size(n));
        writeUnits(folder, model.units());
        byte[] json = JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(new Description(
                        FORMAT,
                        TYPE,
                        model.constants(),
                        model.spread(),
                        training == null ? null : JSON.valueToTree(training)));
        OutputFile.write(folder.resolve(DESCRIPTION), out -> out.write(json));
    }

    private static void write(Path folder, String name, double[] values, int columns) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int bits = Float.floatToRawIntBits((float) values[i]);
            rounded[i] = Float.intBitsToFloat((bits + 0x800) & 0xFFFFF000);
        }
        NpyFile.write(folder.resolve(name), new FloatMatrix(values.length / columns, columns, rounded));
    }

    private static void writeUnits(Path folder, Units units) {
        int[] sessions = IntStream.range(0, units.count())
                .flatMap(unit -> IntStream.of(units.listener(unit), units.sessions(unit)))
                .toArray();
        int[] firsts = IntStream.range(0, units.count())
                .flatMap(unit -> Arrays.stream(units.firsts(unit)).flatMap(first -> IntStream.of(unit, first)))
                .toArray();
        NpyFile.write(folder.resolve(UNIT_SESSIONS), new IntMatrix(units.count(), 2, sessions));
        NpyFile.write(folder.resolve(UNIT_FIRSTS), new IntMatrix(firsts.length / 2, 2, firsts));
    }

    /** Whether a folder contains a session model. */
    public static boolean isModel(Path folder) {
        Path file = folder.resolve(DESCRIPTION);
        try {
            return Files.exists(file)
                    && TYPE.equals(JSON.readTree(Files.readAllBytes(file))
                            .path("model")
                            .asString(""));
        } catch (IOException | JacksonException e) {
            return false;
        }
    }

    /**
     * Reads a model.
     * @throws FileException if the folder has no session model, or a damaged one
     */
    public static SessionModelFolder read(Path folder) {
        Path file = folder.resolve(DESCRIPTION);
        if (!Files.exists(file)) {
            throw new FileException(
                    folder + " holds no model (" + DESCRIPTION + "); segue train --model session makes one");
        }
        if (!isModel(folder)) {
            throw new FileException(folder + " holds a model of another kind; segue train --model session makes one");
        }
        try {
            byte[] json = Files.readAllBytes(file);
            Description description = JSON.readValue(json, Description.class);
            var reading = new Reading(folder, description.constants.d());
            SessionModel model = reading.model(description.constants, description.spread);
            List<ListenerId> listeners = ListenerIdsFile.read(file(folder, LISTENER_IDS));
            require(listeners.size() == model.listeners().count(), LISTENER_IDS);
            reading.fingerprint.update(json);
            return new SessionModelFolder(
                    model,
                    TrackIdsFile.read(folder, model.tracks().count()),
                    listeners,
                    reading.fingerprint.hexadecimal(),
                    description.training);
        } catch (IOException | JacksonException | IllegalArgumentException | ArithmeticException e) {
            throw new FileException(folder + " holds a damaged model (" + e.getMessage() + "); train it again", e);
        }
    }

    private static Path file(Path folder, String name) {
        return InputFile.find(folder, name).orElse(folder.resolve(name));
    }

    private static void require(boolean condition, String name) {
        if (!condition) {
            throw new IllegalArgumentException("the size of " + name + " does not match the other files");
        }
    }

    /** A checksum of matrices and bytes. */
    private static final class Fingerprint {
        private final CRC32C checksum = new CRC32C();

        void update(byte[] bytes) {
            checksum.update(bytes);
        }

        void update(int bits) {
            checksum.update(bits);
            checksum.update(bits >>> 8);
            checksum.update(bits >>> 16);
            checksum.update(bits >>> 24);
        }

        String hexadecimal() {
            return String.format(Locale.ROOT, "%08x", checksum.getValue());
        }
    }

    /** Reads the files of a folder, and checks that their sizes match. */
    private static final class Reading {
        private final Path folder;
        private final int d;
        private final Fingerprint fingerprint = new Fingerprint();

        Reading(Path folder, int d) {
            this.folder = folder;
            this.d = d;
        }

        SessionModel model(Constants constants, Spread spread) {
            int n = d + 1;
            double[] tracks = floats(TRACKS, d);
            int count = tracks.length / d;
            double[] covariances = floats(TRACK_COVARIANCES, Packed.size(d));
            require(covariances.length == count * Packed.size(d), TRACK_COVARIANCES);
            double[] artists = floats(ARTISTS, d);
            int[] artistOf = ints(TRACK_ARTISTS, 1);
            require(artistOf.length == count, TRACK_ARTISTS);
            require(Arrays.stream(artistOf).allMatch(a -> a >= 0 && a < artists.length / d), TRACK_ARTISTS);
            double[] contexts = floats(CONTEXTS, n);
            require(contexts.length == count * n, CONTEXTS);
            double[] artistContexts = floats(ARTIST_CONTEXTS, n);
            require(artistContexts.length / n == artists.length / d, ARTIST_CONTEXTS);
            double[] listeners = floats(LISTENERS, n);
            double[] vectors = floats(UNITS, n);
            double[] unitCovariances = floats(UNIT_COVARIANCES, Packed.size(n));
            require(unitCovariances.length / Packed.size(n) == vectors.length / n, UNIT_COVARIANCES);
            Units units = units(vectors.length / n, listeners.length / n, count);
            return SessionModel.of(
                    constants,
                    artistOf,
                    new Gaussians(d, tracks, covariances),
                    artists,
                    contexts,
                    artistContexts,
                    listeners,
                    new Gaussians(n, vectors, unitCovariances),
                    units,
                    spread);
        }

        private Units units(int count, int listeners, int tracks) {
            int[] sessions = ints(UNIT_SESSIONS, 2);
            require(sessions.length == 2 * count, UNIT_SESSIONS);
            int[] pairs = ints(UNIT_FIRSTS, 2);
            int[] listenerOf = new int[count];
            int[] sessionsOf = new int[count];
            int[][] firsts = new int[count][];
            int position = 0;
            for (int unit = 0; unit < count; unit++) {
                listenerOf[unit] = sessions[2 * unit];
                sessionsOf[unit] = sessions[2 * unit + 1];
                require(listenerOf[unit] >= 0 && listenerOf[unit] < listeners, UNIT_SESSIONS);
                int from = position;
                while (position < pairs.length && pairs[position] == unit) {
                    require(pairs[position + 1] >= 0 && pairs[position + 1] < tracks, UNIT_FIRSTS);
                    position += 2;
                }
                firsts[unit] = new int[(position - from) / 2];
                for (int i = 0; i < firsts[unit].length; i++) {
                    firsts[unit][i] = pairs[from + 2 * i + 1];
                }
                require(firsts[unit].length > 0, UNIT_FIRSTS);
            }
            require(position == pairs.length, UNIT_FIRSTS);
            return new Units(listenerOf, sessionsOf, firsts);
        }

        private double[] floats(String name, int columns) {
            FloatMatrix matrix = NpyFile.readFloats(file(folder, name));
            require(matrix.columns() == columns, name);
            double[] values = new double[matrix.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = matrix.values()[i];
                fingerprint.update(Float.floatToRawIntBits(matrix.values()[i]));
                if (!Double.isFinite(values[i])) {
                    throw new IllegalArgumentException(name + " contains a value that is not a finite number");
                }
            }
            return values;
        }

        private int[] ints(String name, int columns) {
            IntMatrix matrix = NpyFile.readInts(file(folder, name));
            require(matrix.columns() == columns, name);
            for (int value : matrix.values()) {
                fingerprint.update(value);
            }
            return matrix.values();
        }
    }
}

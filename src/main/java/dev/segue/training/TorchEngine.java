package dev.segue.training;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import dev.segue.platform.LibraryFolder;

/** Starts PyTorch. This takes about a second, and more the first time, when DJL unpacks the native library. */
final class TorchEngine {

    private static final long UNPACKED_BYTES = 450_000_000;

    private static final String REMEDY =
            "name another for it, as in: DJL_CACHE_DIR=/var/tmp/segue java -jar segue.jar train ...";

    private TorchEngine() {}

    /** Starts the engine.
     *
     * @param threads number of threads within an operation; only the first start in a process sets it. One is best for Segue's small
     *     operations; with more, two processes on the same cores slow each other down considerably
     * @throws TrainingException if the native library cannot be unpacked or loaded
     */
    static Engine start(int threads) {
        setUnlessSet("ai.djl.offline", "true"); // otherwise it sends a request to DJL's server at each start
        setUnlessSet("ai.djl.pytorch.num_threads", String.valueOf(threads));
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException | LinkageError | IllegalStateException e) {
            throw new TrainingException("PyTorch does not start: " + problem(e), e);
        }
    }

    private static String problem(Throwable e) {
        return LibraryFolder.problem(Utils.getEngineCacheDir("pytorch"), UNPACKED_BYTES, REMEDY)
                .orElseGet(() -> "its library cannot be loaded on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + " (" + rootCause(e)
                        + "); this jar holds the library of the platform it was built on: build it"
                        + " here, or set PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR to an installed one");
    }

    /** The version of DJL. */
    static String version() {
        return Engine.getDjlVersion();
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static String rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}

package dev.segue.training;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import dev.segue.platform.LibraryFolder;

/** PyTorch's start, which takes a second, and longer the first time, when the native library is unpacked. */
final class TorchEngine {

    private static final long UNPACKED_BYTES = 450_000_000;

    private static final String REMEDY =
            "name another for it, as in: DJL_CACHE_DIR=/var/tmp/segue java -jar segue.jar train ...";

    private TorchEngine() {}

    /**
     * The engine.
     *
     * @param threads within an operation; only the first start in a process decides. Segue's are small: one is best, and with
     *     more, two processes on the same cores slow each other down many times
     * @throws TrainingException if its native library cannot be unpacked or loaded; the message names the cause and a remedy
     */
    static Engine start(int threads) {
        setUnlessSet("ai.djl.offline", "true"); // else it asks a server of its makers at every start
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

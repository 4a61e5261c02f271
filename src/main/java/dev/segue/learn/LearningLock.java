package dev.segue.learn;

import dev.segue.file.Destination;
import dev.segue.file.PrivateFile;
import dev.segue.platform.FailureReason;
import dev.segue.training.TrainingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two processes from learning for one configuration, since both would prepare the same files. The system releases it with the process. */
public final class LearningLock implements AutoCloseable {

    private final FileChannel channel;

    private LearningLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks {@code learning.lock} in the folder of a configuration's state.
     *
     * @throws TrainingException if another process holds the lock, or the file cannot be written
     */
    public static LearningLock in(Path stateFolder) {
        Path file = stateFolder.resolve("learning.lock");
        try {
            Destination.createFolder(stateFolder);
            FileChannel channel = PrivateFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new TrainingException("another process learns, and holds " + file + "; wait for its end");
            }
            return new LearningLock(channel);
        } catch (IOException e) {
            throw new TrainingException(
                    "cannot lock " + file + " (" + FailureReason.of(e) + "); check the folder's permissions", e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new TrainingException("cannot release the lock on learning: " + FailureReason.of(e), e);
        }
    }
}

package dev.segue.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.segue.platform.FailureReason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Writes files atomically: a program that opens the path reads the complete old content or the complete new content.
 * Symbolic links are kept, and their target is written. Pipes and devices are written directly. The content is gzipped
 * if the name ends with {@code .gz}.
 */
public final class OutputFile {

    /** The ending of a name whose file is gzipped. */
    static final String GZIPPED = ".gz";

    private static final int BUFFER_BYTES = 1 << 16;

    /** The name of the file that is to replace another one: the name of that, a UUID, and this ending. */
    private static final String TEMPORARY = ".tmp";

    private static final Pattern TEMPORARY_NAME =
            Pattern.compile("(.+)\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}" + Pattern.quote(TEMPORARY));

    /** Writes a file's content; the stream is buffered and closed by the caller. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(OutputFile.class);

    private OutputFile() {}

    /** The name of the file that a file with a temporary name was to replace; a killed process leaves such files. Empty for other names. */
    public static Optional<String> replacedBy(String name) {
        Matcher temporary = TEMPORARY_NAME.matcher(name);
        return temporary.matches() ? Optional.of(temporary.group(1)) : Optional.empty();
    }

    /**
     * Writes a file; creates its folder if missing.
     *
     * @throws FileException if that fails; the file is then unchanged
     */
    public static void write(Path file, Content content) {
        write(file, content, false);
    }

    /**
     * The same for an existing file, which keeps its modification time. The new content is forced to the disk before it replaces the old one,
     * so that a power loss leaves one of them.
     *
     * @throws FileException if that fails; the file is then unchanged
     */
    public static void rewriteDurably(Path file, Content content) {
        write(file, content, true);
    }

    private static void write(Path file, Content content, boolean isRewritten) {
        boolean zipped = file.toString().endsWith(GZIPPED);
        try {
            Destination destination = Destination.of(file);
            if (destination.isStream()) {
                write(destination.open(), zipped, content);
            } else {
                replace(destination, zipped, content, isRewritten);
            }
        } catch (IOException e) {
            throw new FileException(
                    "cannot write " + file + " (" + FailureReason.of(e)
                            + "); check the folder, its permissions and the space left",
                    e);
        }
    }

    private static void replace(Destination destination, boolean zipped, Content content, boolean isRewritten)
            throws IOException {
        Path target = destination.path();
        Path folder = Objects.requireNonNull(target.getParent(), "the root is a folder");
        Destination.createFolder(folder);
        // In the same folder, because a move is atomic only within one file system. Not by createTempFile, whose files
        // are readable by their owner only.
        Path temporary = folder.resolve(target.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
        try {
            OutputStream raw = Files.newOutputStream(temporary, CREATE_NEW, WRITE);
            if (destination.isFile()) {
                copyPermissions(target, temporary);
            }
            write(raw, zipped, content);
            if (isRewritten) {
                Files.setLastModifiedTime(temporary, Files.getLastModifiedTime(target));
                force(temporary, WRITE);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            if (isRewritten) {
                forceFolder(folder);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void force(Path path, OpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /** Makes the new name durable. Where a folder cannot be opened (Windows), this is not necessary. */
    private static void forceFolder(Path folder) {
        try {
            force(folder, READ);
        } catch (IOException e) {
            LOG.debug("cannot force the folder {}", folder, e);
        }
    }

    private static void write(OutputStream raw, boolean zipped, Content content) throws IOException {
        try (raw;
                OutputStream out = new BufferedOutputStream(zipped ? new GZIPOutputStream(raw) : raw, BUFFER_BYTES)) {
            content.writeTo(out);
        } catch (JacksonIOException e) {
            throw e.getCause(); // a JSON generator wraps exceptions of the stream
        }
    }

    /**
     * Copies the permissions, so that a private file stays private, and the owner and the group, so that a file which an administrator
     * rewrites stays accessible to its service.
     */
    private static void copyPermissions(Path from, Path to) throws IOException {
        var source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        var target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        PosixFileAttributes attributes = source.readAttributes();
        PosixFileAttributes created = target.readAttributes();
        if (!created.owner().equals(attributes.owner()) || !created.group().equals(attributes.group())) {
            try {
                target.setOwner(attributes.owner());
                target.setGroup(attributes.group());
            } catch (FileSystemException notPermitted) {
                LOG.debug("{} gets the owner of this process", from, notPermitted);
            }
        }
        target.setPermissions(attributes.permissions());
    }
}

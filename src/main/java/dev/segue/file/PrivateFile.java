package dev.segue.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files about listeners, which other users of the machine may not read: a new file has the mode 0640 less the umask, from its
 * creation on. Where there are no modes (Windows), a new file has the permissions of its folder.
 */
public final class PrivateFile {

    private static final String MODES = "posix";

    private PrivateFile() {}

    /** Opens a file, and creates it if the options demand so. The mode of a file that exists stays. */
    public static FileChannel open(Path path, OpenOption... options) throws IOException {
        return FileChannel.open(path, Set.of(options), attributes(path));
    }

    private static FileAttribute<?>[] attributes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains(MODES)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                }
                : new FileAttribute<?>[0];
    }
}

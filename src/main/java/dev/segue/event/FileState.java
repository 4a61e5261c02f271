package dev.segue.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file at a path now: one system call.
 *
 * @param key tells the file from all others that exist (the inode); where the file system has no such key, when the file
 *     was made
 * @param size in bytes
 * @param isRegular false for a folder, a link, a pipe or a device
 */
record FileState(Object key, long size, boolean isRegular) {

    /** The state of a path itself, not of what a link leads to; null if nothing is there. */
    static @Nullable FileState of(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new FileState(key(attributes), attributes.size(), attributes.isRegularFile());
        } catch (NoSuchFileException nothing) {
            return null;
        }
    }

    static Object key(BasicFileAttributes attributes) {
        return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
    }
}

package dev.segue.catalog;

import dev.segue.file.FileException;
import dev.segue.file.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the parsed rows of large track catalogs in a folder, so that the next start need not parse files that are the same. Rows are used only
 * if all bytes of the catalog were read and have the same number and checksum as those that were parsed, by the same program, and if the rows
 * have their own checksum; otherwise the catalog is parsed. The folder has one file for each setting and may be deleted at any time.
 */
public final class RowCache {

    /** Keeps nothing. */
    public static final RowCache NONE = new RowCache(null, 0);

    /** Smaller files are parsed as fast. */
    static final int MIN_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RowCache.class);

    private final @Nullable Path folder;
    private final long program;

    /** @param program a number of the program that parses, since another one may parse otherwise */
    RowCache(@Nullable Path folder, long program) {
        this.folder = folder;
        this.program = program;
    }

    /** The cache in a folder, which is created when it is needed. Only a program in a jar has one. */
    public static RowCache in(Path folder) {
        CodeSource source = RowCache.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return NONE;
        }
        try {
            Path jar = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(jar)
                    ? new RowCache(
                            folder,
                            31 * Files.size(jar)
                                    + Files.getLastModifiedTime(jar).toMillis())
                    : NONE;
        } catch (IOException | URISyntaxException e) {
            LOG.debug("catalogs are parsed at each start", e);
            return NONE;
        }
    }

    /** Whether the rows of a file are kept: not those of a pipe, which can be read only once. */
    boolean keeps(Path file) throws IOException {
        return folder != null && Files.isRegularFile(file) && Files.size(file) >= MIN_BYTES;
    }

    /**
     * The rows of lines; empty if they are not kept.
     *
     * @param setting the setting that names the file
     * @param lines of all bytes of the file
     */
    Optional<Rows> find(String setting, LineBytes lines) {
        Path file = file(setting);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return RowFormat.read(in, Files.size(file), program, lines);
        } catch (IOException e) {
            LOG.debug("{} cannot be used", file, e);
            return Optional.empty();
        }
    }

    /** Keeps the rows of lines, if they can be kept. A failure is logged alone, since rows can be parsed again. */
    void put(String setting, LineBytes lines, List<Rows> parts) {
        if (!RowFormat.canHold(parts)) {
            return;
        }
        try {
            OutputFile.write(file(setting), out -> RowFormat.write(out, program, lines, parts));
        } catch (FileException e) {
            LOG.debug("the next start parses {} again", setting, e);
        }
    }

    private Path file(String setting) {
        if (folder == null) {
            throw new IllegalStateException("nothing is kept");
        }
        return folder.resolve(setting + ".rows");
    }
}

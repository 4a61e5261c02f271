package dev.segue.catalog;

import dev.segue.file.JointReplacement;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** New files and folders that are {@link JointReplacement#prepared} beside their targets. */
public final class PreparedFiles {

    private PreparedFiles() {}

    /**
     * The replacement of the targets by what is prepared. The scores of neighbours that are replaced are removed, since they are of the former
     * neighbours.
     *
     * @param targets the files and folders; their scores files are none of them
     * @return the sources of all targets and scores files, for {@link JointReplacement#run}
     */
    public static Map<Path, Optional<Path>> replacement(Collection<Path> targets) {
        Map<Path, Optional<Path>> sources = new LinkedHashMap<>();
        for (Path target : targets) {
            sources.put(target, Optional.of(JointReplacement.prepared(target)));
            if (ScoresFile.isBeside(target)) {
                sources.put(ScoresFile.of(target), Optional.empty());
            }
        }
        return sources;
    }
}

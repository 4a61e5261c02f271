package dev.segue.importing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The roles of a file's columns.
 *
 * @param columns the columns of each role; the first one with a value counts
 * @param completeReason the column that has {@code trackdone} if the track ended by itself; empty if there is none
 * @param timestamps the part of a playback that timestamps mark
 * @param oneListener whether the file holds one person's history if it has no column for the listener
 */
record Mapping(Map<Role, List<Column>> columns, String completeReason, TimestampMark timestamps, boolean oneListener) {

    /**
     * A column with a role.
     *
     * @param name its name in the file
     * @param unit the unit of numbers, for played times and durations
     */
    record Column(String name, DurationUnit unit) {

        static Column of(String name) {
            return new Column(name, DurationUnit.MILLISECONDS);
        }
    }

    Mapping {
        columns = Map.copyOf(columns);
    }

    boolean has(Role role) {
        return columns.containsKey(role);
    }

    List<Column> of(Role role) {
        return columns.getOrDefault(role, List.of());
    }

    /** The names of all columns with a role. */
    List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Role role : Role.values()) {
            of(role).forEach(column -> names.add(column.name()));
        }
        if (!completeReason.isEmpty()) {
            names.add(completeReason);
        }
        return List.copyOf(names);
    }

    /**
     * The mapping in words.
     *
     * @param fileColumns all columns of the file, of which those without a role are named
     */
    String text(Collection<String> fileColumns) {
        List<String> parts = new ArrayList<>();
        for (Role role : Role.values()) {
            if (has(role)) {
                parts.add(role.label() + " = "
                        + of(role).stream().map(column -> text(role, column)).collect(Collectors.joining(" or ")));
            }
        }
        List<String> unused = new ArrayList<>(fileColumns);
        unused.removeAll(names());
        return String.join(", ", parts) + (unused.isEmpty() ? "" : "; not used: " + String.join(", ", unused));
    }

    private String text(Role role, Column column) {
        return switch (role) {
            case PLAYED, DURATION -> column.name() + " (" + column.unit().symbol() + ")";
            case TIMESTAMP -> column.name() + (timestamps == TimestampMark.END ? " (end of playback)" : "");
            default -> column.name();
        };
    }
}

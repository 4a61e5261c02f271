package dev.segue.config;

import static dev.segue.config.Setting.LEARN_EVERY_HOURS;
import static dev.segue.config.Setting.LEARN_INTO;
import static dev.segue.config.Setting.LEARN_KEEP_GENERATIONS;
import static dev.segue.config.Setting.LEARN_MEMORY_MB;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * When and how a running server learns from its log. {@link Setting} describes each setting.
 *
 * @param everyHours absent for never
 * @param into the only arm whose files are learned; empty for all files
 */
public record LearnSettings(OptionalInt everyHours, int memoryMb, int keepGenerations, Optional<String> into) {

    public LearnSettings {
        everyHours.ifPresent(LEARN_EVERY_HOURS::check);
        LEARN_MEMORY_MB.check(memoryMb);
        LEARN_KEEP_GENERATIONS.check(keepGenerations);
    }

    static LearnSettings read(LayeredSettings given) {
        return new LearnSettings(
                given.optionalInteger(LEARN_EVERY_HOURS),
                given.integer(LEARN_MEMORY_MB),
                given.integer(LEARN_KEEP_GENERATIONS),
                given.optionalText(LEARN_INTO));
    }
}

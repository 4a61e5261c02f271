package dev.segue.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks combinations of options. */
final class Options {

    private Options() {}

    /** Whether an option was given. */
    static boolean isGiven(String option, CommandSpec command) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    /**
     * Refuses options that a command would ignore.
     *
     * @param ignored whether the options are ignored
     * @param reason end of the message, after the option
     * @throws ParameterException if an ignored option was given
     */
    static void refuse(boolean ignored, List<String> options, String reason, CommandSpec command) {
        for (String option : options) {
            if (ignored && isGiven(option, command)) {
                throw error(command, option + " " + reason);
            }
        }
    }

    static ParameterException error(CommandSpec command, String message) {
        return new ParameterException(command.commandLine(), message);
    }
}

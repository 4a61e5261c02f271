package dev.segue.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints a one-line message about an invalid command line, with similar names for an unknown option or command. */
final class WrongArguments implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + message(e) + " (see " + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static String message(ParameterException e) {
        CommandLine command = e.getCommandLine();
        List<String> unknown = unknownArguments(e);
        if (!unknown.isEmpty() && unknown.get(0).startsWith("-")) {
            String option = unknown.get(0).replaceFirst("=.*", "");
            return "there is no option " + option
                    + suggestion(option, command.getCommandSpec().optionsMap().keySet());
        }
        if (!unknown.isEmpty() && command.getParent() == null) {
            return unknownCommand(unknown.get(0), command);
        }
        // The value of the help command's exception is the unknown command.
        return e.getValue() != null && command.getSubcommands().containsKey("help")
                ? unknownCommand(e.getValue(), command)
                : String.valueOf(e.getMessage());
    }

    /** The unknown arguments, also of an exception about a missing option, which is often a misspelled one. */
    private static List<String> unknownArguments(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched.getUnmatched();
        }
        return e instanceof MissingParameterException ? e.getCommandLine().getUnmatchedArguments() : List.of();
    }

    private static String unknownCommand(String name, CommandLine program) {
        return "there is no command " + name
                + suggestion(name, program.getSubcommands().keySet()) + "; segue help lists all";
    }

    private static String suggestion(String unknown, Collection<String> names) {
        Set<String> nearest = nearest(unknown, names);
        return nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
    }

    /** The names with the smallest Levenshtein distance, if it is at most 3; a prefix has distance 0. */
    private static Set<String> nearest(String unknown, Collection<String> names) {
        String wanted = bare(unknown);
        int maxDistance = Math.min(3, (wanted.length() + 1) / 2);
        var levenshtein = new LevenshteinDistance(maxDistance);
        int minDistance = maxDistance;
        Set<String> nearest = new TreeSet<>();
        for (String name : names) {
            int distance =
                    wanted.length() > 1 && bare(name).startsWith(wanted) ? 0 : levenshtein.apply(wanted, bare(name));
            if (distance >= 0 && distance <= minDistance && bare(name).length() > 1) {
                if (distance < minDistance) {
                    nearest.clear();
                    minDistance = distance;
                }
                nearest.add(name);
            }
        }
        return nearest;
    }

    private static String bare(String name) {
        return name.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
    }
}

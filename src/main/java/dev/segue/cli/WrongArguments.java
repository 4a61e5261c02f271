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

/** Tells in one line what is wrong with a command line; of a name that does not exist, the ones that resemble it. */
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
        List<String> unknown = unknownWords(e);
        if (!unknown.isEmpty() && unknown.get(0).startsWith("-")) {
            String option = unknown.get(0).replaceFirst("=.*", "");
            return "there is no option " + option
                    + suggestion(option, command.getCommandSpec().optionsMap().keySet());
        }
        if (!unknown.isEmpty() && command.getParent() == null) {
            return unknownCommand(unknown.get(0), command);
        }
        // The help command's own exception carries the word that names no command.
        return e.getValue() != null && command.getSubcommands().containsKey("help")
                ? unknownCommand(e.getValue(), command)
                : String.valueOf(e.getMessage());
    }

    /** A misspelled option comes before a missing one, which is most often the same. */
    private static List<String> unknownWords(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched.getUnmatched();
        }
        return e instanceof MissingParameterException ? e.getCommandLine().getUnmatchedArguments() : List.of();
    }

    private static String unknownCommand(String word, CommandLine program) {
        return "there is no command " + word
                + suggestion(word, program.getSubcommands().keySet()) + "; segue help lists all";
    }

    private static String suggestion(String word, Collection<String> names) {
        Set<String> nearest = nearest(word, names);
        return nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
    }

    /** The names that take the fewest changes, if these are few; a beginning of a name is near as well. */
    private static Set<String> nearest(String word, Collection<String> names) {
        String wanted = bare(word);
        int most = Math.min(3, (wanted.length() + 1) / 2);
        var distance = new LevenshteinDistance(most);
        int fewest = most;
        Set<String> nearest = new TreeSet<>();
        for (String name : names) {
            int changes = wanted.length() > 1 && bare(name).startsWith(wanted) ? 0 : distance.apply(wanted, bare(name));
            if (changes >= 0 && changes <= fewest && bare(name).length() > 1) {
                if (changes < fewest) {
                    nearest.clear();
                    fewest = changes;
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

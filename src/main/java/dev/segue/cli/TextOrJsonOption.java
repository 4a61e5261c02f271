package dev.segue.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code --format} of commands that print text or JSON. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TextOrJsonOption {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "TEXT or JSON, in either case; default: ${DEFAULT-VALUE}.")
    private OutputFormat format;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    /**
     * The format.
     *
     * @throws picocli.CommandLine.ParameterException if it is CSV
     */
    OutputFormat value() {
        if (format == OutputFormat.CSV) {
            throw Options.error(command, "--format is TEXT or JSON");
        }
        return format;
    }
}

package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ServeArgumentsTest {

    private static final List<String> OPTIONS = List.of(
            "--config", "--host", "--port", "--set", "--config=a", "--port=1", "--help", "-V", "--pro", "--", "serve");
    private static final List<String> VALUES = List.of(
            "a",
            "a=1",
            "a=2",
            "b=",
            "=",
            "b=c=d",
            "b=\"c\"",
            "5000",
            "-1",
            "--port",
            "@a",
            "'a'",
            "\"a\"",
            "",
            " ",
            "a b",
            "${user.name}",
            "a=${sys:user.name}",
            "é=ü",
            "\\",
            "a=@b",
            "a=-1",
            " a = 1",
            "a,b=c",
            "a=1|b=2");

    /** The options by themselves, as picocli reads them. */
    @CommandLine.Command
    private static final class Reference {
        @CommandLine.Mixin
        private final ConfigurationOptions options = new ConfigurationOptions();
    }

    @Test
    void picocliWouldReadTheSame() {
        var random = new Random(1);
        int read = 0;
        for (int i = 0; i < 30_000; i++) {
            List<String> arguments = new ArrayList<>();
            for (int options = random.nextInt(4); options > 0; options--) {
                arguments.add(OPTIONS.get(random.nextInt(random.nextInt(4) == 0 ? OPTIONS.size() : 4)));
                arguments.add(VALUES.get(random.nextInt(VALUES.size())));
            }
            if (random.nextInt(10) == 0) {
                arguments.add("a");
            }
            read += assertSame(arguments) ? 1 : 0;
        }
        assertTrue(read > 3_000, read + " of 30,000 were read");
    }

    /** Returns whether the arguments have the usual form. */
    private static boolean assertSame(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("serve"));
        all.addAll(arguments);
        Optional<ServeArguments> read = ServeArguments.ofUsualForm(all.toArray(String[]::new), System.getenv());
        read.ifPresent(usual -> {
            var reference = new Reference();
            new CommandLine(reference).parseArgs(arguments.toArray(String[]::new));
            assertEquals(
                    new ServeArguments(reference.options.file(), reference.options.flags()),
                    usual,
                    arguments::toString);
        });
        return read.isPresent();
    }

    @Test
    void theUsualFormsAreRead() {
        String[] arguments = {
            "serve", "--set", "seed=7", "--port", "0", "--config", "c.json", "--host", "::1", "--set", "a=b=c"
        };
        assertEquals(
                Optional.of(new ServeArguments(
                        Path.of("c.json"), Map.of("seed", "7", "a", "b=c", "server.host", "::1", "server.port", "0"))),
                ServeArguments.ofUsualForm(arguments, Map.of("SEGUE_CONFIG", "d.json")));
        assertEquals(
                Optional.of(new ServeArguments(Path.of("d.json"), Map.of())),
                ServeArguments.ofUsualForm(new String[] {"serve"}, Map.of("SEGUE_CONFIG", "d.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "report",
                "serve --help",
                "serve --port",
                "serve --port 1 --port 2",
                "serve --prot 1",
                "serve --port=1",
                "serve --port @a"
            })
    void otherFormsAreLeftToPicocli(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ", -1);
        assertEquals(Optional.empty(), ServeArguments.ofUsualForm(arguments, Map.of()));
    }
}

package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerCommandTest {

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void liftGivesTheListenersOfEachArm() {
        assertEquals(0, power("--mean 1 --sd 1 --lift 50%"));
        assertEquals("""
                128 listeners detect a lift of 50.00% with a power of 80.0%:
                C              64
                T1             64
                """, output.toString());
    }

    @Test
    void percentSignAndDirectionDoNotChangeTheListeners() {
        power("--mean 1 --sd 1 --lift -50");
        assertEquals("128 listeners detect a lift of -50.00%", output.toString().substring(0, 38));
    }

    @Test
    void listenersGiveTheLift() {
        assertEquals(0, power("--mean 1 --sd 1 --listeners 128"));
        assertEquals("128 listeners detect a lift of 49.91% with a power of 80.0%.\n", output.toString());
    }

    @Test
    void bothGiveThePower() {
        assertEquals(0, power("--mean 1 --sd 1 --listeners 128 --lift 50"));
        assertEquals("128 listeners detect a lift of 50.00% with a power of 80.1%.\n", output.toString());
    }

    @Test
    void weightsAlphaAndPowerAreUsed() {
        assertEquals(0, power("--mean 10 --sd 20 --lift 10 --weights 2,1,1 --alpha 0.1 --power 0.9"));
        assertEquals("""
                25,223 listeners detect a lift of 10.00% with a power of 90.0%:
                C          12,611
                T1          6,306
                T2          6,306
                """, output.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --mean 1 --sd 1                         | give --lift to get the listeners, --listeners to get the lift, or both to get the power
            --mean 1 --lift 5                       | Missing required option: '--sd=X'
            --mean 0 --sd 1 --lift 5                | mean 0.0 is no finite number above 0
            --mean 1 --sd -1 --lift 5               | standard deviation -1.0 is no finite number above 0
            --mean 1 --sd 1 --lift 0                | a lift of 0 cannot be found with any number of listeners
            --mean 1 --sd 1 --lift five             | Invalid value for option '--lift': 'five' is not a percentage such as 5% or 5
            --mean 1 --sd 1 --lift 5 --power 0.01   | power 0.01 is not above alpha 0.05, which a test reaches without any effect; 0.8 is usual
            --mean 1 --sd 1 --lift 5 --power 80     | power 80.0 is no number between 0 and 1
            --mean 1 --sd 1 --lift 5 --alpha 0      | alpha 0.0 is no number between 0 and 1
            --mean 1 --sd 1 --lift 5 --weights 1    | there are 1 weights; give one for control and one for each treatment
            --mean 1 --sd 1 --lift 5 --weights 1,0  | weight 0 is below 1
            --mean 1 --sd 1 --listeners 3           | 3 listeners leave fewer than 2 in the smallest arm; comparing arms takes at least 2 in each
            """)
    void wrongArgumentsAreReportedInOneLine(String arguments, String message) {
        assertEquals(2, power(arguments));
        assertEquals("", output.toString());
        assertEquals("segue power: " + message + " (see segue power --help)\n", errors.toString());
    }

    @Test
    void helpShowsExamplesWithoutWarnings() {
        PrintStream standardError = System.err;
        var warnings = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, power("--help"));
        } finally {
            System.setErr(standardError);
        }
        assertEquals("", warnings.toString(StandardCharsets.UTF_8));
        assertTrue(output.toString().contains("  segue power --mean 2.97 --sd 0.93 --lift 5%\n"), output.toString());
    }

    private int power(String arguments) {
        return Segue.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(("power " + arguments).split(" "));
    }
}

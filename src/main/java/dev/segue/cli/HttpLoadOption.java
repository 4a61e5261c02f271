package dev.segue.cli;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of simulations over HTTP. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HttpLoadOption {

    /** The options that need {@code --url}. */
    static final List<String> DEPENDENT = List.of("--concurrency", "--rate", "--warm-up", "--timeout-ms");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Instead of --policy: a server that implements the Botify protocol, such as http://localhost:5000.")
    private @Nullable URI url;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "64",
            description = "Over HTTP: connections, each with one session at a time.")
    private int concurrency;

    @Option(
            names = "--rate",
            paramLabel = "R",
            converter = Rate.class,
            description =
                    "Over HTTP: arrivals of requests per second, such as 5000/s, independent of the server's speed; "
                            + "latency counts from the arrival. Default: each connection sends a request after each response.")
    private @Nullable Double rate;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "0",
            description = "Over HTTP: sessions before the counted ones.")
    private long warmUp;

    @Option(
            names = "--timeout-ms",
            paramLabel = "MS",
            defaultValue = "5000",
            description = "Over HTTP: timeout of a response.")
    private int timeoutMillis;

    /** The server; null to simulate in this process. */
    @Nullable
    URI url() {
        return url;
    }

    int concurrency() {
        return concurrency;
    }

    /** Requests per second; 0 for a closed loop. */
    double rate() {
        return rate == null ? 0 : rate;
    }

    long warmUp() {
        return warmUp;
    }

    Duration timeout() {
        return Duration.ofMillis(timeoutMillis);
    }

    /** The problem with the values; null if there is none. */
    @Nullable
    String problem() {
        return warmUp < 0 || concurrency < 1 || timeoutMillis < 1
                ? "--warm-up must be 0 or more, --concurrency and --timeout-ms 1 or more"
                : null;
    }

    /** Parses a rate such as 5000/s. */
    static final class Rate implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double value = Double.parseDouble(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
                if (value > 0 && value <= 1e9) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            throw new TypeConversionException("'" + text + "' is not a number of requests per second");
        }
    }
}

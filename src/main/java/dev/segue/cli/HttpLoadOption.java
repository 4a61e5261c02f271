package dev.segue.cli;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how a server is loaded over HTTP. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HttpLoadOption {

    /** Those that mean nothing without {@code --url}. */
    static final List<String> DEPENDENT = List.of("--concurrency", "--rate", "--warm-up", "--timeout-ms");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Instead of --policy: a server that speaks the Botify protocol, such as http://localhost:5000.")
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
                    "Over HTTP: requests a second, such as 5000/s, that begin whether or not the server keeps up; "
                            + "latency counts from there. Default: each connection asks as soon as it has its answer.")
    private @Nullable Double rate;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "0",
            description = "Over HTTP: sessions before those that count.")
    private long warmUp;

    @Option(
            names = "--timeout-ms",
            paramLabel = "MS",
            defaultValue = "5000",
            description = "Over HTTP: how long to wait for an answer.")
    private int timeoutMillis;

    /** The server; null to simulate in this process. */
    @Nullable
    URI url() {
        return url;
    }

    int concurrency() {
        return concurrency;
    }

    /** Requests a second; 0 for as many as the connections can. */
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

    /** Requests a second, as in 5000/s. */
    static final class Rate implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double value = Double.parseDouble(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
                if (value > 0 && value <= 1e9) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException("'" + text + "' is no number of requests a second");
        }
    }
}

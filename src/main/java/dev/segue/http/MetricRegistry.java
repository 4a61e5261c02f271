package dev.segue.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.IntStream;

/** Metrics by name, and their text. */
final class MetricRegistry {

    /** Bounds of buckets: six for each power of ten from 1 µs to 10 s, so that a quantile is off by at most a half. */
    private static final double[] LOG_LINEAR_SECONDS = logLinear(-6, 1);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private boolean hasJvmMetrics; // guarded by this

    private static double[] logLinear(int leastPower, int mostPower) {
        double[] steps = {1, 1.5, 2, 3, 5, 7};
        return IntStream.range(leastPower, mostPower)
                .boxed()
                .flatMapToDouble(power -> Arrays.stream(steps).map(step -> round(step, power)))
                .toArray();
    }

    /** The number that decimal notation has, such as 0.0003. */
    private static double round(double step, int power) {
        return new BigDecimal(String.valueOf(step)).scaleByPowerOfTen(power).doubleValue();
    }

    /** A counter that its owner increments. */
    Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    /** A counter with one label, whose series for these values are 0 from the start. */
    Counter counter(String name, String help, String label, List<String> values) {
        Counter counter = counter(name, help, label);
        values.forEach(counter::initLabelValues);
        return counter;
    }

    /** A histogram of durations in seconds. */
    Histogram durations(String name, String help, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicUpperBounds(LOG_LINEAR_SECONDS)
                .classicOnly()
                .register(registry);
    }

    /** A counter whose value is read when the metrics are. */
    void count(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** A counter with one label. The reader gives each value of the label with its count. */
    void count(String name, String help, String label, Consumer<ObjDoubleConsumer<String>> reader) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> reader.accept((value, count) -> callback.call(count, value)))
                .register(registry);
    }

    /** A gauge whose value is read when the metrics are. */
    void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** A gauge with one label. The reader gives each value of the label with its number. */
    void gauge(String name, String help, String label, Consumer<ObjDoubleConsumer<String>> reader) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> reader.accept((value, number) -> callback.call(number, value)))
                .register(registry);
    }

    /** A gauge that is 1 for ever, whose labels are facts. */
    void info(String name, String help, String[] labels, String[] values) {
        Info.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .register(registry)
                .setLabelValues(values);
    }

    /** All metrics in the text format of Prometheus, or in that of OpenMetrics, which has exemplars. */
    byte[] toText(boolean isOpenMetrics) throws IOException {
        registerJvm();
        var text = new ByteArrayOutputStream(1 << 14);
        if (isOpenMetrics) {
            OpenMetricsTextFormatWriter.builder().build().write(text, registry.scrape());
        } else {
            PrometheusTextFormatWriter.builder().build().write(text, registry.scrape());
        }
        return text.toByteArray();
    }

    /** With the first text, since it loads the platform's management, which a start need not wait for. */
    private synchronized void registerJvm() {
        if (!hasJvmMetrics) {
            hasJvmMetrics = true;
            JvmMetrics.builder().register(registry);
        }
    }
}

package dev.segue.training;

import dev.segue.embedding.ModelType;
import dev.segue.file.FileException;
import dev.segue.file.OutputFile;
import dev.segue.training.History.Epoch;
import java.awt.AWTError;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws the training and validation errors by epoch. */
public final class LossChart {

    private static final Color TRAINING = new Color(0x1f, 0x77, 0xb4);
    private static final Color VALIDATION = new Color(0xd6, 0x27, 0x28);

    private LossChart() {}

    /** The chart of a training; both curves are root mean squared errors. */
    public static XYChart of(History history, ModelType type) {
        List<Epoch> epochs = history.epochs();
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(500)
                .title("Model " + type.json() + ": best epoch " + history.best())
                .xAxisTitle("epoch")
                .yAxisTitle("root mean squared error of the time")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisMin(1.0).setXAxisMax((double) Math.max(2, epochs.size()));
        double[] numbers = epochs.stream().mapToDouble(Epoch::number).toArray();
        boolean squared = type == ModelType.CONTEXTUAL;
        double[] training = epochs.stream()
                .mapToDouble(epoch -> squared ? Math.sqrt(epoch.trainingLoss()) : epoch.trainingLoss())
                .toArray();
        double[] validation = epochs.stream().mapToDouble(Epoch::validation).toArray();
        chart.getStyler().setSeriesColors(new Color[] {TRAINING, VALIDATION}).setMarkerSize(0);
        chart.addSeries("training", numbers, training);
        chart.addSeries("validation", numbers, validation);
        return chart;
    }

    /** Writes the chart as a PNG file. Returns errors instead of throwing them, since a training should not fail because of its chart.
     *
     * @return the error message; empty on success
     */
    static Optional<String> write(Path file, History history, ModelType type) {
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false); // the cache would be a file in the temporary folder
        try {
            var image = BitmapEncoder.getBufferedImage(of(history, type));
            OutputFile.write(file, out -> ImageIO.write(image, "png", out));
            return Optional.empty();
        } catch (FileException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
            return Optional.of("cannot draw " + file + " (" + e.getMessage()
                    + "); Java draws text with fontconfig and a font: install both, such as Debian's fontconfig and"
                    + " fonts-dejavu-core");
        }
    }
}

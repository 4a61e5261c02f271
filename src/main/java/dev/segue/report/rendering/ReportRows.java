package dev.segue.report.rendering;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.segue.analysis.Completion;
import dev.segue.analysis.Effect;
import dev.segue.analysis.NonInferiority;
import dev.segue.report.AdjustedEffect;
import dev.segue.report.ArmQuantile;
import dev.segue.report.CappedEffect;
import dev.segue.report.DayEffect;
import dev.segue.report.HeavyListener;
import dev.segue.report.Report;
import dev.segue.report.reading.LogFacts;
import dev.segue.report.reading.ReportException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes a report for programs, in full precision. Relative figures are in percent, and figures that are not finite are null. */
public final class ReportRows {

    private static final JsonMapper JSON = new JsonMapper();

    private ReportRows() {}

    static String csv(Report report) {
        List<Map<String, @Nullable Object>> rows = effects(report);
        if (rows.isEmpty()) {
            throw new ReportException(String.join(" ", new ReportSentences(report).verdicts()));
        }
        report.capped().forEach(capped -> rows.add(csv(capped, report)));
        var text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(rows.get(0).keySet());
            rows.forEach(row -> csv.writeRecord(row.values().stream()
                    .map(value -> Objects.toString(value, ""))
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String json(Report report) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(of(report)) + "\n";
    }

    /** The members of the JSON report. */
    public static Map<String, @Nullable Object> of(Report report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("experiment", report.experiment());
        json.put("first_day", report.span().first().toString());
        json.put("last_day", report.span().last().toString());
        json.put("interval", lowerCase(report.options().interval()));
        json.put("alpha", report.options().alpha());
        json.put("primary", report.effects().primary().name());
        json.put("arms", report.arms().stream().map(ReportRows::arm).toList());
        json.put("sample_ratio_p", report.effects().sampleRatio().pValue());
        json.put("withheld", report.effects().withheld());
        json.put("effects", effects(report));
        json.put(
                "completion",
                report.completion().stream().map(ReportRows::completion).toList());
        json.put(
                "heavy_listeners",
                report.heavy().stream().map(ReportRows::heavy).toList());
        Double cap = report.options().cap();
        json.put("cap", cap == null ? null : 100 * cap);
        json.put(
                "capped",
                report.capped().stream().map(capped -> capped(capped, report)).toList());
        json.put(
                "adjusted",
                report.adjusted().stream()
                        .map(adjusted -> adjusted(adjusted, report))
                        .toList());
        json.put(
                "guardrails",
                report.guardrails().stream()
                        .map(guardrail -> guardrail(guardrail, report))
                        .toList());
        json.put("days", report.days().stream().map(day -> day(day, report)).toList());
        json.put(
                "quantiles",
                report.quantiles().stream().map(ReportRows::quantile).toList());
        json.put("session_lengths", report.lengths());
        json.put("verdicts", new ReportSentences(report).verdicts());
        json.put("standing", new ReportSentences(report).alwaysValidVerdicts());
        json.put("guardrail_verdicts", new ReportSentences(report).guardrailVerdicts());
        json.put("notes", new ReportSentences(report).notes());
        json.put("log", log(report));
        return json;
    }

    private static Map<String, @Nullable Object> log(Report report) {
        LogFacts log = report.log();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("events", log.events());
        row.put("sessions", log.sessions());
        row.put("without_last", log.left());
        row.put("open", log.open());
        row.put("late", log.late());
        row.put("stray", log.stray());
        row.put("repeated", log.repeated());
        row.put("torn_lines", log.tornLines());
        row.put("bad_lines", log.read().badLines());
        row.put("clamped_shares", log.read().clampedShares());
        row.put("switched", log.switched());
        row.put("forced", log.forced());
        row.put("unexpected", log.unexpected());
        row.put("backwards", log.backwards());
        row.put("session_timeout_minutes", report.reading().rule().silenceMillis() / 60_000.0);
        row.put("from", report.reading().from());
        row.put("window_hours", report.reading().window().toHours());
        row.put("zone", report.reading().zone().getId());
        return row;
    }

    private static Map<String, @Nullable Object> arm(Report.Arm arm) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", arm.name());
        row.put("exposed", arm.exposed());
        row.put("counted", arm.counted());
        row.put("sessions", arm.sessions());
        row.put("recommended_tracks", arm.recommended());
        row.put("catalog_coverage", finite(100 * arm.coverage()));
        return row;
    }

    private static List<Map<String, @Nullable Object>> effects(Report report) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Effect effect : report.effects().effects()) {
            Map<String, @Nullable Object> row = effect(effect, report);
            row.put("p_adjusted", report.isWithheld(effect) ? null : finite(effect.adjustedPValue()));
            row.put("verdict", lowerCase(report.verdict(effect)));
            row.put("detectable", finite(100 * report.detectable(effect)));
            rows.add(row);
        }
        return rows;
    }

    /** The row of an effect with a limit, which has the prefix {@code capped_} in the metric's name. */
    private static Map<String, @Nullable Object> csv(CappedEffect capped, Report report) {
        Map<String, @Nullable Object> row = effect(capped.effect(), report);
        row.put("metric", "capped_" + capped.effect().metric().name());
        row.put("p_adjusted", null);
        row.put("verdict", lowerCase(report.verdict(capped.effect())));
        row.put("detectable", null);
        return row;
    }

    private static Map<String, @Nullable Object> capped(CappedEffect capped, Report report) {
        Map<String, @Nullable Object> row = effect(capped.effect(), report);
        row.put("limit", capped.limit());
        row.put("listeners_above", capped.listeners());
        return row;
    }

    private static Map<String, @Nullable Object> completion(Completion completion) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("arm", completion.arm());
        row.put("control_finished", completion.controlFinished());
        row.put("control_exposed", completion.control());
        row.put("treatment_finished", completion.treatmentFinished());
        row.put("treatment_exposed", completion.treatment());
        row.put("p_value", completion.pValue());
        row.put("different", completion.isDifferent());
        return row;
    }

    private static Map<String, @Nullable Object> heavy(HeavyListener heavy) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("arm", heavy.arm());
        row.put("listener", heavy.listener().text());
        row.put("sessions", finite(100 * heavy.sessions()));
        row.put("time", finite(100 * heavy.time()));
        return row;
    }

    private static Map<String, @Nullable Object> effect(Effect effect, Report report) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("metric", effect.metric().name());
        row.put("arm", effect.arm());
        row.put("effect", finite(100 * effect.relative()));
        row.put("upper", finite(100 * effect.upper()));
        row.put("lower", finite(100 * effect.lower()));
        row.put("control_mean", effect.controlMean());
        row.put("treatment_mean", effect.treatmentMean());
        row.put("significant", report.isSignificant(effect));
        row.put("p_value", finite(effect.pValue()));
        return row;
    }

    private static Map<String, @Nullable Object> adjusted(AdjustedEffect adjusted, Report report) {
        Map<String, @Nullable Object> row = effect(adjusted.effect(), report);
        row.put("variance_reduction", finite(100 * adjusted.varianceReduction()));
        row.put("new_listeners", finite(100 * adjusted.newListeners()));
        return row;
    }

    private static Map<String, @Nullable Object> guardrail(NonInferiority guardrail, Report report) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("metric", guardrail.metric().name());
        row.put("arm", guardrail.arm());
        row.put("margin", 100 * guardrail.margin());
        row.put("bound", finite(100 * guardrail.bound()));
        row.put("p_value", finite(guardrail.pValue()));
        row.put("passed", report.isPassed(guardrail));
        return row;
    }

    private static Map<String, @Nullable Object> day(DayEffect day, Report report) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("date", day.date().toString());
        row.putAll(effect(day.effect(), report));
        row.put(
                "listeners",
                day.effect().control().size() + day.effect().treatment().size());
        return row;
    }

    private static Map<String, @Nullable Object> quantile(ArmQuantile quantile) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("what", quantile.what());
        row.put("arm", quantile.arm());
        row.put("probability", quantile.quantile().probability());
        row.put("value", finite(quantile.quantile().value()));
        row.put("upper", finite(quantile.quantile().interval().upper()));
        row.put("lower", finite(quantile.quantile().interval().lower()));
        return row;
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}

package dev.segue.http;

import dev.segue.analysis.IntervalMethod;
import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import dev.segue.event.EventLogException;
import dev.segue.event.SessionRule;
import dev.segue.experiment.Experiment;
import dev.segue.id.TrackIds;
import dev.segue.report.LiveReport;
import dev.segue.report.Report;
import dev.segue.report.ReportOptions;
import dev.segue.report.reading.ReportException;
import dev.segue.report.reading.TrackFacts;
import dev.segue.report.rendering.ReportCharts;
import dev.segue.report.rendering.ReportRows;
import dev.segue.service.NextTrackService;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The live page, and the endpoints that it uses: experiments' reports, and search for tracks by name. */
final class DashboardEndpoints implements AutoCloseable {

    private static final String PAGE = "index.html";

    /** The style sheet of the charts, which the live page shares with HTML reports. */
    private static final String CHART_STYLE = "charts.css";

    /** The folder of uPlot's webjar; the same version as in the POM. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** File of the page, relative to {@code /dashboard/} → its content type. */
    private static final Map<String, String> FILES = Map.of(
            PAGE,
            "text/html; charset=utf-8",
            CHART_STYLE,
            "text/css; charset=utf-8",
            "dashboard.css",
            "text/css; charset=utf-8",
            "dashboard.js",
            "text/javascript; charset=utf-8",
            "explorer.js",
            "text/javascript; charset=utf-8",
            "experiments.js",
            "text/javascript; charset=utf-8",
            "icon.svg",
            "image/svg+xml",
            "traffic.js",
            "text/javascript; charset=utf-8",
            "uPlot.esm.js",
            "text/javascript; charset=utf-8",
            "uPlot.min.css",
            "text/css; charset=utf-8");

    private static final int MAX_FOUND = 20;

    private final NextTrackService service;
    private final BackgroundExecutor background = new BackgroundExecutor("segue-slow-work");
    private final LiveReport live;

    /**
     * @param log the live file of the event log
     * @param sessionTimeout the silence that ends a session
     */
    DashboardEndpoints(NextTrackService service, Path log, Duration sessionTimeout) {
        this.service = service;
        TrackFacts facts = new TrackFacts(
                service.generation().catalog().tracks().size(),
                row -> service.generation().catalog().tracks().idAt(row),
                track -> service.generation().catalog().tracks().artistRow(track));
        live = new LiveReport(
                log,
                facts,
                SessionRule.of(sessionTimeout),
                LiveReport.affordableListeners(
                        service.generation().experiments().size()));
    }

    List<Endpoint> all() {
        return List.of(
                new ExperimentReport(),
                new TrackSearch(),
                new Neighbours(),
                new Page("/dashboard"),
                new Page("/dashboard/{file}"));
    }

    /** The experiment's report so far: the figures of {@code segue report --format json}, and charts. */
    private final class ExperimentReport extends Endpoint {
        ExperimentReport() {
            super("/experiments/{name}/report");
            onSafeGet(background.later((request, response) -> respondJson(response, describe(request))));
        }

        private Map<String, @Nullable Object> describe(HttpServletRequest request) {
            Experiment experiment = InformationEndpoints.experiment(service, variable(request));
            Map<String, Double> weights = new HashMap<>();
            experiment.arms().forEach(arm -> weights.put(arm.name(), (double) arm.weight()));
            var options = new ReportOptions(
                    ReportOptions.DEFAULT.primary(), IntervalMethod.FIELLER, ReportOptions.DEFAULT.alpha(), weights);
            try {
                live.catchUp();
                Report report = live.report(experiment.name(), options);
                Map<String, @Nullable Object> description = ReportRows.of(report);
                description.put("charts", charts(new ReportCharts(report)));
                return description;
            } catch (ReportException tooEarly) {
                throw Problem.of(409, String.valueOf(tooEarly.getMessage())).asException();
            } catch (EventLogException unreadable) {
                throw Problem.of(500, String.valueOf(unreadable.getMessage())).asException();
            }
        }
    }

    private static Map<String, @Nullable String> charts(ReportCharts charts) {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        members.put("effects", charts.effects());
        members.put("days", charts.days());
        return members;
    }

    /** Tracks whose id, artist and title contain all words of the query. */
    private final class TrackSearch extends Endpoint {
        TrackSearch() {
            super("/tracks");
            onSafeGet(background.later(
                    (request, response) -> respondJson(response, Map.of("tracks", find(words(request))))));
        }

        private static String[] words(HttpServletRequest request) {
            String[] values = request.getParameterValues("q");
            if (values == null
                    || values.length != 1
                    || values[0].isBlank()
                    || request.getParameterMap().size() > 1) {
                throw Problem.badRequest("exactly one parameter is required: ?q=words of artist or title")
                        .asException();
            }
            return values[0].toLowerCase(Locale.ROOT).strip().split("\\s+");
        }

        private List<Map<String, @Nullable Object>> find(String[] words) {
            Tracks tracks = service.generation().catalog().tracks();
            List<Map<String, @Nullable Object>> found = new ArrayList<>();
            for (int row = 0; row < tracks.size() && found.size() < MAX_FOUND; row++) {
                int track = tracks.idAt(row);
                String name = (TrackIds.text(track) + " " + tracks.artist(track) + " " + tracks.title(track))
                        .toLowerCase(Locale.ROOT);
                boolean matches = true;
                for (String word : words) {
                    matches &= name.contains(word);
                }
                if (matches) {
                    found.add(describe(tracks, track));
                }
            }
            return found;
        }
    }

    private static Map<String, @Nullable Object> describe(Tracks tracks, int track) {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("track", TrackIds.json(track));
        description.put("artist", tracks.artist(track));
        description.put("title", tracks.title(track));
        return description;
    }

    /** A track with its neighbours in both catalogs, by name. */
    private final class Neighbours extends Endpoint {
        Neighbours() {
            super("/tracks/{id}/neighbours");
            onSafeGet((request, response) -> respondJson(response, describe(variable(request))));
        }

        private Map<String, @Nullable Object> describe(String text) {
            var catalog = service.generation().catalog();
            int track = InformationEndpoints.track(catalog.tracks(), text);
            Map<String, @Nullable Object> description = DashboardEndpoints.describe(catalog.tracks(), track);
            description.put("contextual", named(catalog.tracks(), catalog.neighbours(), track));
            description.put("new", named(catalog.tracks(), catalog.treatmentNeighbours(), track));
            return description;
        }

        private static List<Map<String, @Nullable Object>> named(Tracks tracks, IdLists lists, int track) {
            return InformationEndpoints.list(lists, track).stream()
                    .map(neighbour -> DashboardEndpoints.describe(tracks, neighbour))
                    .toList();
        }
    }

    /** The page's files, from the jar. */
    private static final class Page extends Endpoint {

        private final transient Map<String, byte[]> contents = new LinkedHashMap<>();

        Page(String path) {
            super(path);
            FILES.keySet().forEach(file -> contents.put(file, JarFile.read(folder(file) + file)));
            onSafeGet((request, response) -> {
                String file = path.contains("{") ? file(request) : PAGE;
                if (path.contains("{") && (file.isEmpty() || file.equals(PAGE))) {
                    response.setStatus(HttpServletResponse.SC_FOUND);
                    response.setHeader("Location", "../dashboard"); // the page's links are relative to this path
                    return;
                }
                byte[] content = contents.get(file);
                if (content == null) {
                    throw Problem.notFound(request.getRequestURI()).asException();
                }
                response.setHeader("Content-Security-Policy", "default-src 'self'");
                response.setHeader("Cache-Control", "no-cache");
                write(response, Objects.requireNonNull(FILES.get(file)), content);
            });
        }

        private static String folder(String file) {
            if (file.equals(CHART_STYLE)) {
                return "/dev/segue/report/rendering/";
            }
            return file.startsWith("uPlot") ? UPLOT : "dashboard/";
        }

        private String file(HttpServletRequest request) {
            return "/".equals(request.getPathInfo()) ? "" : variable(request);
        }
    }

    @Override
    public void close() {
        background.close();
        live.close();
    }
}

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints that the pages for browsers use: experiments' reports, tracks by name or id, and neighbours. */
final class DashboardEndpoints implements AutoCloseable {

    private static final int MAX_FOUND = 20;

    /** The maximum number of ids in a request for tracks. */
    private static final int MAX_IDS = 100;

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
        return List.of(new ExperimentReport(), new TrackSearch(), new Neighbours());
    }

    /** Makes the next report read the log from its beginning. */
    void readLogAgain() {
        live.readAgain();
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

    /** Tracks by their ids, or tracks whose id, artist and title contain all words of a query. */
    private final class TrackSearch extends Endpoint {
        TrackSearch() {
            super("/tracks");
            Action search = background.later(
                    (request, response) -> respondJson(response, Map.of("tracks", find(words(request)))));
            onSafeGet((request, response) -> {
                String[] ids = request.getParameterMap().get("id");
                if (ids != null && request.getParameterMap().size() == 1) {
                    respondJson(response, Map.of("tracks", named(ids)));
                } else {
                    search.run(request, response);
                }
            });
        }

        private static String[] words(HttpServletRequest request) {
            String[] values = request.getParameterValues("q");
            if (values == null
                    || values.length != 1
                    || values[0].isBlank()
                    || request.getParameterMap().size() > 1) {
                throw Problem.badRequest("exactly one parameter is required: ?q=words of artist or title; or ids alone:"
                                + " ?id=1&id=2")
                        .asException();
            }
            return values[0].toLowerCase(Locale.ROOT).strip().split("\\s+");
        }

        private List<Map<String, @Nullable Object>> named(String[] ids) {
            if (ids.length > MAX_IDS) {
                throw Problem.badRequest("id is given " + ids.length + " times; give it at most " + MAX_IDS + " times")
                        .asException();
            }
            Tracks tracks = service.generation().catalog().tracks();
            return Arrays.stream(ids)
                    .map(id -> describe(tracks, InformationEndpoints.track(tracks, id)))
                    .toList();
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

    @Override
    public void close() {
        background.close();
        live.close();
    }
}

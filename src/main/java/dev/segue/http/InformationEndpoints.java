package dev.segue.http;

import dev.segue.catalog.IdLists;
import dev.segue.catalog.Tracks;
import dev.segue.experiment.Arm;
import dev.segue.experiment.Experiment;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.platform.Build;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackService;
import dev.segue.service.ServedExperiment;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The endpoints that only look: tracks, experiments, health, traffic and the API's own description. */
final class InformationEndpoints {

    private final NextTrackService service;
    private final Readiness readiness;
    private final GenerationList generations;
    private final TrafficHistory traffic;
    private final Instant started = Instant.now();
    private final long startNanos = System.nanoTime();

    InformationEndpoints(
            NextTrackService service, Readiness readiness, GenerationList generations, TrafficHistory traffic) {
        this.service = service;
        this.readiness = readiness;
        this.generations = generations;
        this.traffic = traffic;
    }

    /** One of the experiments that are served, or a problem that lists them. */
    static Experiment experiment(NextTrackService service, String name) {
        List<Experiment> experiments = service.generation().experiments().stream()
                .map(ServedExperiment::experiment)
                .toList();
        return experiments.stream()
                .filter(experiment -> experiment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                404,
                                "no such experiment; there are: "
                                        + String.join(
                                                ", ",
                                                experiments.stream()
                                                        .map(Experiment::name)
                                                        .toList()))
                        .asException());
    }

    /** A track of the catalog; otherwise a problem with the reason. */
    static int track(Tracks tracks, String text) {
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        int track = FieldValues.track(text, "track " + shown, tracks::contains);
        if (!tracks.contains(track)) {
            throw Problem.of(404, "no track " + shown + " in the catalog").asException();
        }
        return track;
    }

    /** The list of a track; empty if there is none. */
    static List<Integer> list(IdLists lists, int track) {
        int row = lists.row(track);
        List<Integer> list = new ArrayList<>();
        for (int i = 0; row >= 0 && i < lists.size(row); i++) {
            list.add(lists.get(row, i));
        }
        return list;
    }

    List<Endpoint> all() {
        return List.of(
                new Server(),
                new TrackInformation(),
                new Experiments(),
                new Assignment(),
                new Live(),
                new Ready(),
                new Traffic(),
                new Document("/openapi.json", "openapi.json"),
                new Document("/config.schema.json", "/dev/segue/config/config.schema.json"));
    }

    /** Version, start and contents of the server: the first view of the live page. */
    private final class Server extends Endpoint {
        Server() {
            super("/server");
            onSafeGet((request, response) -> respondJson(response, describe(service.generation())));
        }

        private Map<String, @Nullable Object> describe(Generation served) {
            var description = new LinkedHashMap<String, @Nullable Object>();
            description.put("version", Build.current().version());
            description.put("revision", Build.current().revision());
            description.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
            description.put("uptime_seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos));
            description.put("generation", served.id());
            description.put("generations", generations.describe());
            description.put("last_learning", generations.lastLearning());
            description.put("tracks", served.catalog().tracks().size());
            description.put("experiment", served.serving().experiment().name());
            return description;
        }
    }

    private final class TrackInformation extends Endpoint {
        TrackInformation() {
            super("/track/{id}");
            onSafeGet((request, response) -> respondJson(response, describe(variable(request))));
        }

        private Map<String, @Nullable Object> describe(String text) {
            var catalog = service.generation().catalog();
            Tracks tracks = catalog.tracks();
            int track = track(tracks, text);
            var description = new LinkedHashMap<String, @Nullable Object>();
            description.put("track", TrackIds.json(track));
            description.put("artist", tracks.artist(track));
            description.put("title", tracks.title(track));
            description.put("recommendations", Json.ids(list(catalog.neighbours(), track)));
            return description;
        }
    }

    private final class Experiments extends Endpoint {
        Experiments() {
            super("/experiments");
            onSafeGet((request, response) ->
                    respondJson(response, Map.of("experiments", describe(service.generation()))));
        }

        private static List<Map<String, Object>> describe(Generation served) {
            return served.experiments().stream()
                    .map(each ->
                            describe(each, each.experiment() == served.serving().experiment()))
                    .toList();
        }

        private static Map<String, Object> describe(ServedExperiment served, boolean serves) {
            Experiment experiment = served.experiment();
            var description = new LinkedHashMap<String, Object>();
            description.put("name", experiment.name());
            description.put("serves", serves);
            description.put("traffic", experiment.traffic());
            description.put(
                    "arms",
                    experiment.arms().stream().map(arm -> describe(served, arm)).toList());
            return description;
        }

        private static Map<String, Object> describe(ServedExperiment served, Arm arm) {
            var description = new LinkedHashMap<String, Object>();
            description.put("name", arm.name());
            description.put("recommender", served.recommender(arm).name());
            description.put("weight", arm.weight());
            return description;
        }
    }

    private final class Assignment extends Endpoint {
        Assignment() {
            super("/experiments/{name}/assignment");
            onSafeGet((request, response) -> respondJson(response, describe(request)));
        }

        private Map<String, @Nullable Object> describe(HttpServletRequest request) {
            Experiment experiment = experiment(service, variable(request));
            Map<String, String[]> parameters = request.getParameterMap();
            String[] users = parameters.get("user");
            if (!parameters.keySet().equals(Set.of("user")) || users == null || users.length != 1) {
                throw Problem.badRequest("exactly one parameter is required: ?user=…")
                        .asException();
            }
            ListenerId user = RequestReader.listener(users[0]);
            Arm arm = experiment.assign(user);
            var description = new LinkedHashMap<String, @Nullable Object>();
            description.put("user", user.json());
            description.put("experiment", experiment.name());
            description.put("treatment", arm == null ? null : arm.name());
            return description;
        }
    }

    private static final class Live extends Endpoint {
        Live() {
            super("/health/live");
            onSafeGet((request, response) -> respondJson(response, Map.of("status", "live")));
        }
    }

    private final class Ready extends Endpoint {
        Ready() {
            super("/health/ready");
            onSafeGet((request, response) -> {
                Problem problem = readiness.problem();
                if (problem != null) {
                    throw problem.asException();
                }
                respondJson(
                        response,
                        Map.of(
                                "status",
                                "ready",
                                "generation",
                                service.generation().id()));
            });
        }
    }

    /** The traffic since the start, for the live page. */
    private final class Traffic extends Endpoint {
        Traffic() {
            super("/traffic");
            onSafeGet((request, response) -> respondJson(response, Map.of("samples", traffic.samples())));
        }
    }

    /** A document of the jar. */
    private static final class Document extends Endpoint {
        Document(String path, String resource) {
            super(path);
            byte[] content = JarFile.read(resource);
            onSafeGet((request, response) -> writeAsTyped(response, "application/json", content));
        }
    }
}

package dev.segue.http;

import dev.segue.state.LearningRuns;
import dev.segue.upkeep.Upkeep;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Begins a learning, and describes the learnings. */
final class LearningEndpoint extends Endpoint {

    private final transient Upkeep upkeep;

    LearningEndpoint(Upkeep upkeep) {
        super("/admin/learn");
        this.upkeep = upkeep;
        onSafeGet((request, response) -> respondJson(response, describe()));
        on("POST", this::begin);
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!upkeep.begin()) {
            throw Problem.of(409, "a learning is in progress; GET /admin/learn has its state")
                    .asException();
        }
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        respondJson(response, describe());
    }

    /** Whether a learning is in progress, when the next one begins, and the latest ones, the last first. */
    private Map<String, @Nullable Object> describe() {
        var description = new LinkedHashMap<String, @Nullable Object>();
        description.put("running", upkeep.isRunning());
        OptionalLong next = upkeep.next(); // once, because a stop empties it
        description.put("next", next.isPresent() ? next.getAsLong() : null);
        List<JsonNode> learnings = new ArrayList<>();
        upkeep.runs().all().forEach(run -> learnings.add(LearningRuns.json(run)));
        Collections.reverse(learnings);
        description.put("learnings", learnings);
        return description;
    }
}

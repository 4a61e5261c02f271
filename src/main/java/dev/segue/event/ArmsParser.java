package dev.segue.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import dev.segue.json.TextCache;
import dev.segue.play.Arms;
import java.util.ArrayList;
import java.util.List;

/** Makes a line's arms of its fields {@code experiments} and {@code forced}. For one thread. */
final class ArmsParser {

    private final TextCache texts;
    private final List<String> experiments = new ArrayList<>();
    private final List<String> arms = new ArrayList<>();
    private final List<String> forced = new ArrayList<>();
    private Arms lastArms = Arms.NONE;

    ArmsParser(TextCache texts) {
        this.texts = texts;
    }

    /** Begins a new line. */
    void clear() {
        experiments.clear();
        arms.clear();
        forced.clear();
    }

    /** An object; or a text that is one, as programs write it whose tables have no objects. */
    void read(JsonCursor line, EventField field) {
        if (!line.atString()) {
            object(line, field);
            return;
        }
        byte[] object = (line.text(texts, field.otherwise()).replace('\n', ' ') + "\n").getBytes(UTF_8);
        var inner = new JsonCursor(object, object.length);
        try {
            object(inner, field);
            inner.endLine();
        } catch (JsonProblem e) {
            throw line.problem(field.otherwise());
        }
    }

    private void object(JsonCursor object, EventField field) {
        if (object.peek() != '{') {
            throw object.problem(field.otherwise());
        }
        object.beginObject();
        while (object.nextName()) {
            String name = object.name(texts);
            if (experiments.contains(name)) {
                throw new IllegalArgumentException("experiment \"" + name + "\" comes twice in the line; keep one");
            }
            if (!object.skipNull()) { // a column of an experiment that the listener was not in
                experiments.add(name);
                arms.add(object.text(texts, field.otherwise()));
            }
        }
    }

    void addForced(String experiment) {
        forced.add(experiment);
    }

    /** Few listeners' arms differ from those of the one before. */
    Arms arms() {
        if (!lastArms.experiments().equals(experiments)
                || !lastArms.arms().equals(arms)
                || !lastArms.forced().equals(forced)) {
            lastArms = new Arms(experiments, arms, forced);
        }
        return lastArms;
    }
}

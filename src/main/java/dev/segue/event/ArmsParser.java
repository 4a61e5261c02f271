package dev.segue.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import dev.segue.json.TextCache;
import dev.segue.play.Arms;
import java.util.ArrayList;
import java.util.List;

/** Parses the fields {@code experiments} and {@code forced} of a line. Not thread-safe. */
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

    /**
     * Reads the value of {@code experiments}: an object, or a string that contains one, as tools without nested columns
     * write it.
     */
    void read(JsonCursor line, EventField field) {
        if (!line.atString()) {
            readObject(line, field);
            return;
        }
        byte[] object = (line.text(texts, field.typeError()).replace('\n', ' ') + "\n").getBytes(UTF_8);
        var inner = new JsonCursor(object, object.length);
        try {
            readObject(inner, field);
            inner.endLine();
        } catch (JsonProblem e) {
            throw line.problem(field.typeError());
        }
    }

    private void readObject(JsonCursor object, EventField field) {
        if (object.peek() != '{') {
            throw object.problem(field.typeError());
        }
        object.beginObject();
        while (object.nextName()) {
            String name = object.name(texts);
            if (experiments.contains(name)) {
                throw new IllegalArgumentException("experiment \"" + name + "\" appears twice in the line; keep one");
            }
            if (!object.skipNull()) { // the column of an experiment that does not include the listener
                experiments.add(name);
                arms.add(object.text(texts, field.typeError()));
            }
        }
    }

    void addForced(String experiment) {
        forced.add(experiment);
    }

    /** Returns the arms of the line. Reuses the last object if it is equal, which it usually is. */
    Arms arms() {
        if (!lastArms.experiments().equals(experiments)
                || !lastArms.arms().equals(arms)
                || !lastArms.forced().equals(forced)) {
            lastArms = new Arms(experiments, arms, forced);
        }
        return lastArms;
    }
}

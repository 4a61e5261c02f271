package dev.segue.evaluation;

import dev.segue.random.KeyedRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A value for each parameter of a recommender. */
public final class Values {

    private final Map<String, Double> values;

    private Values(Map<String, Double> values) {
        this.values = values;
    }

    /**
     * The standard values, but for those that are given.
     *
     * @throws EvaluationException if one is given that the recommender does not have, or that is not a whole number where one is needed
     */
    public static Values of(RecommenderKind kind, Map<String, Double> given) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Parameter parameter : kind.parameters()) {
            double value = given.getOrDefault(parameter.name(), parameter.standard());
            if (parameter.isInteger() && value != Math.rint(value)) {
                throw new EvaluationException(
                        "parameter " + parameter.name() + " must be a whole number, and is " + value);
            }
            values.put(parameter.name(), value);
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                throw new EvaluationException("the recommender " + kind.name() + " has no parameter " + name
                        + (values.isEmpty() ? "" : "; it has " + String.join(", ", values.keySet())));
            }
        }
        return new Values(values);
    }

    /** The values of a trial of a search: those that are given, and others that depend on seed and trial alone. */
    static Values drawn(RecommenderKind kind, Map<String, Double> given, long seed, int trial) {
        Map<String, Double> values = new LinkedHashMap<>(given);
        List<Parameter> parameters = kind.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            values.putIfAbsent(parameter.name(), parameter.draw(new KeyedRandom(seed, trial, i, 0)));
        }
        return of(kind, values);
    }

    /** The value of a parameter that the recommender has. */
    public double get(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** The value of a parameter that is a whole number. */
    public int integer(String name) {
        return (int) get(name);
    }

    /** All values by name, in the order of the parameters. */
    public Map<String, Double> all() {
        return new LinkedHashMap<>(values);
    }
}

package dev.segue.evaluation;

import dev.segue.random.KeyedRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The values of a recommender's parameters. */
public final class Values {

    private final Map<String, Double> values;

    private Values(Map<String, Double> values) {
        this.values = values;
    }

    /** The given values, and the default values of the other parameters.
     *
     * @throws EvaluationException if the recommender does not have a given parameter, or the given value of an integer parameter is not an
     *     integer
     */
    public static Values of(RecommenderKind kind, Map<String, Double> given) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Parameter parameter : kind.parameters()) {
            double value = given.getOrDefault(parameter.name(), parameter.defaultValue());
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

    /** The values of a trial of a search: the given values, and random values that depend only on the seed and the trial. */
    static Values random(RecommenderKind kind, Map<String, Double> given, long seed, int trial) {
        Map<String, Double> values = new LinkedHashMap<>(given);
        List<Parameter> parameters = kind.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            values.putIfAbsent(parameter.name(), parameter.draw(new KeyedRandom(seed, trial, i, 0)));
        }
        return of(kind, values);
    }

    /** The value of a parameter. The recommender must have it. */
    public double get(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** The value of an integer parameter. */
    public int integer(String name) {
        return (int) get(name);
    }

    /** All values by name, in the order of the parameters. */
    public Map<String, Double> all() {
        return new LinkedHashMap<>(values);
    }
}

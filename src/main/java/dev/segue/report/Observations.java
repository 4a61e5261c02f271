package dev.segue.report;

import dev.segue.analysis.ListenerValues;
import java.util.Arrays;
import java.util.List;

/** Single observations, such as latencies, each of one of an experiment's listeners; 8 bytes each. */
final class Observations {

    private float[] values = new float[1 << 10];
    private int[] listeners = new int[1 << 10];
    private int size;

    void add(int listener, double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            listeners = Arrays.copyOf(listeners, 2 * size);
        }
        values[size] = (float) value;
        listeners[size++] = listener;
    }

    /** The observations of these listeners. */
    ListenerValues of(List<ExposedListener> chosen) {
        int most = chosen.stream().mapToInt(ExposedListener::number).max().orElse(-1);
        int[] position = new int[most + 1];
        Arrays.fill(position, -1);
        for (int i = 0; i < chosen.size(); i++) {
            position[chosen.get(i).number()] = i;
        }
        double[] found = new double[size];
        int[] whose = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (listeners[i] <= most && position[listeners[i]] >= 0) {
                found[count] = values[i];
                whose[count++] = position[listeners[i]];
            }
        }
        return new ListenerValues(Arrays.copyOf(found, count), Arrays.copyOf(whose, count), chosen.size());
    }
}

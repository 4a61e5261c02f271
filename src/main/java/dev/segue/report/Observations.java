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
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += isOf(listeners[i], position) ? 1 : 0;
        }
        double[] found = new double[count];
        int[] whose = new int[count];
        int next = 0;
        for (int i = 0; i < size; i++) {
            if (isOf(listeners[i], position)) {
                found[next] = values[i];
                whose[next++] = position[listeners[i]];
            }
        }
        return new ListenerValues(found, whose, chosen.size());
    }

    private static boolean isOf(int listener, int[] position) {
        return listener < position.length && position[listener] >= 0;
    }
}

package dev.segue.report.reading;

import dev.segue.analysis.ListenerValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Single observations of listeners, such as latencies. They are kept in blocks and take 8 bytes each. */
public final class Observations {

    private static final int BLOCK = 1 << 14;

    /** A block of observations. */
    private static final class Block {
        private final float[] values = new float[BLOCK];
        private final int[] listeners = new int[BLOCK];
        private int size;
    }

    private final List<Block> blocks = new ArrayList<>();

    void add(int listener, double value) {
        Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last == null || last.size == BLOCK) {
            last = new Block();
            blocks.add(last);
        }
        last.values[last.size] = (float) value;
        last.listeners[last.size++] = listener;
    }

    /** Moves the observations of another object to this one. */
    void addAll(Observations others) {
        blocks.addAll(0, others.blocks); // the last block stays last, because it may have room
    }

    /** The observations of the listeners with these numbers. */
    public ListenerValues of(int[] chosen) {
        int[] position = new int[Arrays.stream(chosen).max().orElse(-1) + 1];
        Arrays.fill(position, -1);
        for (int i = 0; i < chosen.length; i++) {
            position[chosen[i]] = i;
        }
        int count = 0;
        for (Block block : blocks) {
            for (int i = 0; i < block.size; i++) {
                count += isOf(block.listeners[i], position) ? 1 : 0;
            }
        }
        double[] found = new double[count];
        int[] whose = new int[count];
        int next = 0;
        for (Block block : blocks) {
            for (int i = 0; i < block.size; i++) {
                if (isOf(block.listeners[i], position)) {
                    found[next] = block.values[i];
                    whose[next++] = position[block.listeners[i]];
                }
            }
        }
        return new ListenerValues(found, whose, chosen.length);
    }

    private static boolean isOf(int listener, int[] position) {
        return listener < position.length && position[listener] >= 0;
    }
}

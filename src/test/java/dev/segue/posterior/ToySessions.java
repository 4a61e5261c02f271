package dev.segue.posterior;

import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Simulated sessions with a known structure. The 60 tracks are by 20 artists, three each; tracks of artists with even numbers are of the
 * even kind, the others of the odd kind. Each session has a kind, and most sessions of a listener have the same one. Four of five sessions
 * start with a track of their kind. The played share is 0.9 for tracks of the session's kind and 0.05 for others, times 0.7 for each
 * earlier track of the artist.
 */
public final class ToySessions {

    public static final int TRACKS = 60;
    public static final int LISTENERS = 40;
    public static final double GAMMA = 0.7;

    private static final int ARTISTS = 20;

    private ToySessions() {}

    /** A model trained on 800 sessions of eight tracks. */
    public static SessionModel model() {
        SessionData data = data(800);
        var training = new SessionTraining(data, FitSettings.of(3, 1));
        TrainedStage stage = null;
        for (int i = 0; i < SessionTraining.stages(); i++) {
            stage = training.next(stage, sweep -> {});
        }
        if (stage == null) {
            throw new IllegalStateException("no stages");
        }
        return stage.model();
    }

    /** Writes {@link #model} to a folder. */
    public static void write(Path folder) {
        SessionModelFolder.write(folder, model(), rows(), listeners(), null);
    }

    /** The tracks of the model's rows: 0, 1, 2, … */
    public static TrackRows rows() {
        return TrackRows.identity(model().tracks().count());
    }

    /** The model's listeners: 0, 1, 2, … */
    public static List<ListenerId> listeners() {
        return IntStream.range(0, LISTENERS).mapToObj(ListenerId::of).toList();
    }

    public static int artist(int track) {
        return track % ARTISTS;
    }

    public static boolean isEven(int track) {
        return artist(track) % 2 == 0;
    }

    static SessionData data(int sessions) {
        var data = new SessionData(
                IntStream.range(0, TRACKS).map(ToySessions::artist).toArray());
        var random = new Random(7);
        for (int session = 0; session < sessions; session++) {
            int listener = session % LISTENERS;
            boolean even = random.nextInt(10) < 8 == (listener % 2 == 0);
            int[] played = new int[8];
            double[] shares = new double[played.length];
            boolean startsWithItsKind = random.nextInt(5) < 4;
            played[0] = 2 * random.nextInt(TRACKS / 2) + (even == startsWithItsKind ? 0 : 1);
            shares[0] = 1;
            for (int i = 1; i < played.length; i++) {
                played[i] = random.nextInt(TRACKS);
                shares[i] = share(played, i, even);
            }
            data.add(listener, played, shares);
        }
        return data;
    }

    private static double share(int[] played, int position, boolean even) {
        double share = isEven(played[position]) == even ? 0.9 : 0.05;
        for (int i = 0; i < position; i++) {
            share *= artist(played[i]) == artist(played[position]) ? GAMMA : 1;
        }
        return share;
    }
}

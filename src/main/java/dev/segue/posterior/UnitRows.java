package dev.segue.posterior;

/**
 * The rows that a fit uses, sorted by unit, with an index by track. A playback after k tracks of its artist has κ·γᵏ pseudo-trials with
 * target min(1, share/γᵏ). Each first track of a unit is a row, too: a playback with target {@code firstShare} and {@code firstWeight}·κ
 * pseudo-trials.
 */
final class UnitRows {

    private final int[] from;
    private final int[] unitOf;
    private final int[] trackOf;
    private final double[] targetOf;
    private final double[] trialsOf;
    private final int[] trackFrom;
    private final int[] byTrack;

    /** λ(ξ) of each row, see {@link JaakkolaJordan}. */
    final double[] lambda;

    UnitRows(
            SessionData data,
            Grouping grouping,
            boolean withArtistRepeats,
            FitSettings settings,
            double gamma,
            double firstShare) {
        Units units = grouping.units();
        from = new int[units.count() + 1];
        int[] sizes = new int[units.count()];
        for (int unit = 0; unit < sizes.length; unit++) {
            sizes[unit] = settings.firstWeight() > 0 ? units.firsts(unit).length : 0;
        }
        for (int session = 0; session < data.sessions(); session++) {
            for (int row = data.firstRow(session); row < data.firstRow(session + 1); row++) {
                sizes[grouping.unit(session)] += withArtistRepeats || data.artistRepeats(row) == 0 ? 1 : 0;
            }
        }
        for (int unit = 0; unit < sizes.length; unit++) {
            from[unit + 1] = from[unit] + sizes[unit];
        }
        int rows = from[sizes.length];
        unitOf = new int[rows];
        trackOf = new int[rows];
        targetOf = new double[rows];
        trialsOf = new double[rows];
        lambda = new double[rows];
        int[] next = from.clone();
        double[] powers = powers(gamma);
        for (int session = 0; session < data.sessions(); session++) {
            int unit = grouping.unit(session);
            for (int row = data.firstRow(session); row < data.firstRow(session + 1); row++) {
                int repeats = data.artistRepeats(row);
                if (withArtistRepeats || repeats == 0) {
                    double power = powers[repeats];
                    set(
                            next[unit]++,
                            unit,
                            data.track(row),
                            Math.min(1, data.share(row) / power),
                            settings.kappa() * power);
                }
            }
        }
        if (settings.firstWeight() > 0) {
            for (int unit = 0; unit < units.count(); unit++) {
                for (int first : units.firsts(unit)) {
                    set(next[unit]++, unit, first, firstShare, settings.kappa() * settings.firstWeight());
                }
            }
        }
        trackFrom = new int[data.tracks() + 1];
        byTrack = new int[rows];
        sortByTrack();
    }

    /** max(γᵏ, 10⁻⁶) for k = 0 to 127 earlier tracks of an artist. */
    static double[] powers(double gamma) {
        double[] powers = new double[Byte.MAX_VALUE + 1];
        powers[0] = 1;
        for (int k = 1; k < powers.length; k++) {
            powers[k] = Math.max(1e-6, powers[k - 1] * gamma);
        }
        return powers;
    }

    private void set(int row, int unit, int track, double target, double trials) {
        unitOf[row] = unit;
        trackOf[row] = track;
        targetOf[row] = target;
        trialsOf[row] = trials;
        lambda[row] = 0.1;
    }

    private void sortByTrack() {
        for (int track : trackOf) {
            trackFrom[track + 1]++;
        }
        for (int track = 1; track < trackFrom.length; track++) {
            trackFrom[track] += trackFrom[track - 1];
        }
        int[] next = trackFrom.clone();
        for (int row = 0; row < trackOf.length; row++) {
            byTrack[next[trackOf[row]]++] = row;
        }
    }

    int from(int unit) {
        return from[unit];
    }

    int trackFrom(int track) {
        return trackFrom[track];
    }

    /** The row at a position of the index by track. */
    int byTrack(int position) {
        return byTrack[position];
    }

    int unit(int row) {
        return unitOf[row];
    }

    int track(int row) {
        return trackOf[row];
    }

    double trials(int row) {
        return trialsOf[row];
    }

    double target(int row) {
        return targetOf[row];
    }
}

package dev.segue.posterior;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Groups a listener's sessions into units, greedily, as long as the Bayes factor of "one taste" against "two" exceeds 1.
 *
 * <p>Sessions that began with the same track are a node from the start. A node's playbacks and its first track are Gaussian messages about its
 * vector, with precision M and M·mean = H. With the prior (P₀, H₀) and F(M, H) = ½ HᵀM⁻¹H − ½ log|M|, joining nodes i and j gains
 * F(P₀+Mᵢ+Mⱼ, H₀+Hᵢ+Hⱼ) − F(P₀+Mᵢ, H₀+Hᵢ) − F(P₀+Mⱼ, H₀+Hⱼ) + F(P₀, H₀).
 */
final class UnitMerging {

    /** Pairs of so many nodes are compared; a listener's further nodes join the group that gains most. */
    private static final int MOST_COMPARED = 300;

    private final SessionData data;
    private final SessionModel model;
    private final Grouping grouping;
    private final int n;
    private final int size;
    private final double kappa;
    private final double gamma;
    private final boolean withArtistRepeats;
    private final double[] prior;
    /** Sessions in the order of listener, then first track. */
    private final int[] order;

    private UnitMerging(
            SessionData data,
            SessionModel model,
            Grouping grouping,
            double kappa,
            double gamma,
            boolean withArtistRepeats) {
        this.data = data;
        this.model = model;
        this.grouping = grouping;
        this.kappa = kappa;
        this.gamma = gamma;
        this.withArtistRepeats = withArtistRepeats;
        n = model.dimensions();
        size = Packed.size(n);
        prior = Packed.inverse(model.spread().all());
        order = IntStream.range(0, data.sessions())
                .boxed()
                .sorted((s, t) -> data.listener(s) != data.listener(t)
                        ? Integer.compare(data.listener(s), data.listener(t))
                        : Integer.compare(data.first(s), data.first(t)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Groups the sessions anew.
     *
     * @param model fitted to {@code grouping}
     */
    static Grouping merge(
            SessionData data,
            SessionModel model,
            Grouping grouping,
            double kappa,
            double gamma,
            boolean withArtistRepeats) {
        return new UnitMerging(data, model, grouping, kappa, gamma, withArtistRepeats).merge();
    }

    private Grouping merge() {
        int[] begins = IntStream.rangeClosed(0, order.length)
                .filter(i -> i == 0 || i == order.length || data.listener(order[i]) != data.listener(order[i - 1]))
                .toArray();
        int[] groupOf = new int[order.length];
        int[] groups = new int[begins.length];
        IntStream.range(0, begins.length - 1)
                .parallel()
                .forEach(i -> groups[i + 1] = mergeListener(begins[i], begins[i + 1], groupOf));
        Arrays.parallelPrefix(groups, Integer::sum);
        for (int i = 0; i + 1 < begins.length; i++) {
            for (int at = begins[i]; at < begins[i + 1]; at++) {
                groupOf[order[at]] += groups[i];
            }
        }
        return Grouping.of(data, groupOf, groups[groups.length - 1]);
    }

    /** Writes each session's group, from 0; how many groups there are. */
    private int mergeListener(int from, int to, int[] groupOf) {
        int[] nodeOf = new int[to - from];
        int nodes = 0;
        for (int at = from; at < to; at++) {
            if (at > from && data.first(order[at]) != data.first(order[at - 1])) {
                nodes++;
            }
            nodeOf[at - from] = nodes;
        }
        nodes++;
        var tree = new Nodes(nodes, data.listener(order[from]));
        for (int at = from; at < to; at++) {
            tree.add(nodeOf[at - from], order[at]);
        }
        tree.addFirsts(nodeOf, from);
        int[] groups = tree.merge();
        for (int at = from; at < to; at++) {
            groupOf[order[at]] = groups[nodeOf[at - from]];
        }
        return Arrays.stream(groups).max().orElse(-1) + 1;
    }

    /** A listener's nodes. */
    private final class Nodes {
        private final int count;
        private final int listener;
        private final double[] precisions;
        private final double[] pulls;
        private final double[] priorPull = new double[n];
        private final double[] m = new double[size];
        private final double[] h = new double[n];

        Nodes(int count, int listener) {
            this.count = count;
            this.listener = listener;
            precisions = new double[count * size];
            pulls = new double[count * n];
            double[] mean = model.spread().mean().clone();
            Packed.add(mean, 0, 1, model.listeners().means(), listener * n, n);
            Packed.multiply(prior, 0, mean, 0, priorPull, 0, n);
        }

        /** Adds a session's playbacks, linearised where its unit stands. */
        void add(int node, int session) {
            double[] powers = UnitRows.powers(gamma);
            int unit = grouping.unit(session);
            double[] moments = Arrays.copyOfRange(model.unitVectors().covariances(), unit * size, (unit + 1) * size);
            Packed.addOuter(moments, 0, 1, model.unitVectors().means(), unit * n, n);
            Packed.scaleOffDiagonal(moments, 0, n, 2);
            double[] x = new double[n];
            double[] xx = new double[size];
            for (int row = data.rowsFrom(session); row < data.rowsFrom(session + 1); row++) {
                int repeats = data.artistRepeats(row);
                if (!withArtistRepeats && repeats > 0) {
                    continue;
                }
                int t = data.track(row);
                trackMoments(t, x, xx);
                double trials = kappa * powers[repeats];
                double lambda = JaakkolaJordan.lambda(Packed.dot(moments, 0, xx, 0, size));
                Packed.add(precisions, node * size, 2 * trials * lambda, xx, 0, size);
                double target = Math.min(1, data.share(row) / powers[repeats]);
                Packed.add(pulls, node * n, trials * (target - 0.5), x, 0, n);
            }
        }

        private void trackMoments(int t, double[] x, double[] xx) {
            int d = model.d();
            System.arraycopy(model.tracks().means(), t * d, x, 0, d);
            x[d] = 1;
            Arrays.fill(xx, 0);
            System.arraycopy(model.tracks().covariances(), t * Packed.size(d), xx, 0, Packed.size(d));
            Packed.addOuter(xx, 0, 1, x, 0, n);
        }

        /** Adds what each node's first track suggests. */
        void addFirsts(int[] nodeOf, int from) {
            double[] mean = new double[n];
            double[] pull = new double[n];
            for (int i = 0; i < nodeOf.length; i++) {
                if (i > 0 && nodeOf[i] == nodeOf[i - 1]) {
                    continue;
                }
                int first = data.first(order[from + i]);
                double[] covariance = model.spread().unit().clone();
                Packed.add(covariance, 0, 1, model.contexts().covariances(), first * size, size);
                double[] precision = Packed.inverse(covariance);
                System.arraycopy(model.contexts().means(), first * n, mean, 0, n);
                Packed.add(mean, 0, 1, model.listeners().means(), listener * n, n);
                Packed.multiply(precision, 0, mean, 0, pull, 0, n);
                Packed.add(precisions, nodeOf[i] * size, 1, precision, 0, size);
                Packed.add(pulls, nodeOf[i] * n, 1, pull, 0, n);
            }
        }

        /** F(P₀ + the messages of one or two nodes); -1 for none. */
        private double evidence(int i, int j) {
            System.arraycopy(prior, 0, m, 0, size);
            System.arraycopy(priorPull, 0, h, 0, n);
            for (int node : new int[] {i, j}) {
                if (node >= 0) {
                    Packed.add(m, 0, 1, precisions, node * size, size);
                    Packed.add(h, 0, 1, pulls, node * n, n);
                }
            }
            Packed.factor(m, 0, n);
            Packed.solveLower(m, 0, n, h, 0);
            return 0.5 * Packed.dot(h, 0, h, 0, n) - 0.5 * Packed.logDeterminant(m, 0, n);
        }

        /** Each node's group, numbered from 0 in the order of the groups' first nodes. */
        int[] merge() {
            int compared = Math.min(count, MOST_COMPARED);
            int[] root = new int[count];
            Arrays.setAll(root, i -> i);
            double none = evidence(-1, -1);
            double[] alone = new double[count];
            Arrays.setAll(alone, i -> evidence(i, -1));
            double[][] gain = new double[compared][];
            for (int i = 0; i < compared; i++) {
                gain[i] = new double[i];
                for (int j = 0; j < i; j++) {
                    gain[i][j] = evidence(i, j) - alone[i] - alone[j] + none;
                }
            }
            mergePairs(compared, root, alone, gain, none);
            for (int i = compared; i < count; i++) {
                joinBest(i, root, alone, none);
            }
            return numbered(root);
        }

        private void mergePairs(int compared, int[] root, double[] alone, double[][] gain, double none) {
            while (true) {
                double best = 0;
                int into = -1;
                int merged = -1;
                for (int i = 0; i < compared; i++) {
                    for (int j = 0; root[i] == i && j < i; j++) {
                        if (root[j] == j && gain[i][j] > best) {
                            best = gain[i][j];
                            merged = i;
                            into = j;
                        }
                    }
                }
                if (merged < 0) {
                    return;
                }
                join(merged, into, root, alone);
                for (int i = 0; i < compared; i++) {
                    if (root[i] == i && i != into) {
                        gain[Math.max(i, into)][Math.min(i, into)] = evidence(i, into) - alone[i] - alone[into] + none;
                    }
                }
            }
        }

        private void joinBest(int node, int[] root, double[] alone, double none) {
            double best = 0;
            int into = -1;
            for (int i = 0; i < node; i++) {
                if (root[i] == i) {
                    double gain = evidence(node, i) - alone[node] - alone[i] + none;
                    if (gain > best) {
                        best = gain;
                        into = i;
                    }
                }
            }
            if (into >= 0) {
                join(node, into, root, alone);
            }
        }

        private void join(int node, int into, int[] root, double[] alone) {
            Packed.add(precisions, into * size, 1, precisions, node * size, size);
            Packed.add(pulls, into * n, 1, pulls, node * n, n);
            for (int i = 0; i < count; i++) {
                root[i] = root[i] == node ? into : root[i];
            }
            alone[into] = evidence(into, -1);
        }

        private int[] numbered(int[] root) {
            int[] groups = new int[count];
            int next = 0;
            for (int i = 0; i < count; i++) {
                groups[i] = root[i] == i ? next++ : groups[root[i]];
            }
            return groups;
        }
    }
}

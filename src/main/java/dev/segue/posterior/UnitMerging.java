package dev.segue.posterior;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Groups each listener's sessions into units: greedily merges the pair with the largest Bayes factor of "one taste" against "two tastes",
 * while it exceeds 1.
 *
 * <p>Initially, the sessions with the same first track are a node. A node's playbacks and its first track are Gaussian messages about its
 * vector, with precision M and M·mean = H. With the prior (P₀, H₀) and F(M, H) = ½ HᵀM⁻¹H − ½ log|M|, the log Bayes factor of merging
 * nodes i and j is F(P₀+Mᵢ+Mⱼ, H₀+Hᵢ+Hⱼ) − F(P₀+Mᵢ, H₀+Hᵢ) − F(P₀+Mⱼ, H₀+Hⱼ) + F(P₀, H₀).
 */
final class UnitMerging {

    /** The maximum number of a listener's nodes that are compared pairwise; each further node joins the group with the largest gain. */
    private static final int MAX_COMPARED = 300;

    private final SessionData data;
    private final SessionModel model;
    private final Grouping grouping;
    private final int n;
    private final int size;
    private final double kappa;
    private final double gamma;
    private final boolean withArtistRepeats;
    private final double[] prior;
    /** The sessions, sorted by listener, then by first track. */
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

    /** Computes a new grouping of the sessions.
     *
     * @param model the model that was fitted to {@code grouping}
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
        int[] listenerStarts = IntStream.rangeClosed(0, order.length)
                .filter(i -> i == 0 || i == order.length || data.listener(order[i]) != data.listener(order[i - 1]))
                .toArray();
        int[] groupOf = new int[order.length];
        int[] groups = new int[listenerStarts.length];
        IntStream.range(0, listenerStarts.length - 1)
                .parallel()
                .forEach(i -> groups[i + 1] = mergeListener(listenerStarts[i], listenerStarts[i + 1], groupOf));
        Arrays.parallelPrefix(groups, Integer::sum);
        for (int i = 0; i + 1 < listenerStarts.length; i++) {
            for (int position = listenerStarts[i]; position < listenerStarts[i + 1]; position++) {
                groupOf[order[position]] += groups[i];
            }
        }
        return Grouping.of(data, groupOf, groups[groups.length - 1]);
    }

    /** Writes the group of each session of a listener, from 0, and returns the number of groups. */
    private int mergeListener(int from, int to, int[] groupOf) {
        int[] nodeOf = new int[to - from];
        int nodeCount = 0;
        for (int position = from; position < to; position++) {
            if (position > from && data.first(order[position]) != data.first(order[position - 1])) {
                nodeCount++;
            }
            nodeOf[position - from] = nodeCount;
        }
        nodeCount++;
        var nodes = new Nodes(nodeCount, data.listener(order[from]));
        for (int position = from; position < to; position++) {
            nodes.add(nodeOf[position - from], order[position]);
        }
        nodes.addFirsts(nodeOf, from);
        int[] groups = nodes.merge();
        for (int position = from; position < to; position++) {
            groupOf[order[position]] = groups[nodeOf[position - from]];
        }
        return Arrays.stream(groups).max().orElse(-1) + 1;
    }

    /** The nodes of a listener. */
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

        /** Adds the messages of a session's playbacks, linearised at its unit's vector. */
        void add(int node, int session) {
            double[] powers = UnitRows.powers(gamma);
            int unit = grouping.unit(session);
            double[] moments = Arrays.copyOfRange(model.unitVectors().covariances(), unit * size, (unit + 1) * size);
            Packed.addOuter(moments, 0, 1, model.unitVectors().means(), unit * n, n);
            Packed.scaleOffDiagonal(moments, 0, n, 2);
            double[] x = new double[n];
            double[] xx = new double[size];
            for (int row = data.firstRow(session); row < data.firstRow(session + 1); row++) {
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

        /** Adds the messages of the nodes' first tracks. */
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

        /** F of the prior and the messages of up to two nodes; -1 for none. */
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

        /** Merges the nodes and returns each node's group, numbered from 0 in the order of the groups' first nodes. */
        int[] merge() {
            int compared = Math.min(count, MAX_COMPARED);
            int[] root = new int[count];
            Arrays.setAll(root, i -> i);
            double priorEvidence = evidence(-1, -1);
            double[] singleEvidence = new double[count];
            Arrays.setAll(singleEvidence, i -> evidence(i, -1));
            double[][] gain = new double[compared][];
            for (int i = 0; i < compared; i++) {
                gain[i] = new double[i];
                for (int j = 0; j < i; j++) {
                    gain[i][j] = evidence(i, j) - singleEvidence[i] - singleEvidence[j] + priorEvidence;
                }
            }
            mergePairs(compared, root, singleEvidence, gain, priorEvidence);
            for (int i = compared; i < count; i++) {
                joinBest(i, root, singleEvidence, priorEvidence);
            }
            return groupNumbers(root);
        }

        private void mergePairs(
                int compared, int[] root, double[] singleEvidence, double[][] gain, double priorEvidence) {
            while (true) {
                double best = 0;
                int target = -1;
                int merged = -1;
                for (int i = 0; i < compared; i++) {
                    for (int j = 0; root[i] == i && j < i; j++) {
                        if (root[j] == j && gain[i][j] > best) {
                            best = gain[i][j];
                            merged = i;
                            target = j;
                        }
                    }
                }
                if (merged < 0) {
                    return;
                }
                join(merged, target, root, singleEvidence);
                for (int i = 0; i < compared; i++) {
                    if (root[i] == i && i != target) {
                        gain[Math.max(i, target)][Math.min(i, target)] =
                                evidence(i, target) - singleEvidence[i] - singleEvidence[target] + priorEvidence;
                    }
                }
            }
        }

        private void joinBest(int node, int[] root, double[] singleEvidence, double priorEvidence) {
            double best = 0;
            int target = -1;
            for (int i = 0; i < node; i++) {
                if (root[i] == i) {
                    double gain = evidence(node, i) - singleEvidence[node] - singleEvidence[i] + priorEvidence;
                    if (gain > best) {
                        best = gain;
                        target = i;
                    }
                }
            }
            if (target >= 0) {
                join(node, target, root, singleEvidence);
            }
        }

        private void join(int node, int target, int[] root, double[] singleEvidence) {
            Packed.add(precisions, target * size, 1, precisions, node * size, size);
            Packed.add(pulls, target * n, 1, pulls, node * n, n);
            for (int i = 0; i < count; i++) {
                root[i] = root[i] == node ? target : root[i];
            }
            singleEvidence[target] = evidence(target, -1);
        }

        private int[] groupNumbers(int[] root) {
            int[] groups = new int[count];
            int next = 0;
            for (int i = 0; i < count; i++) {
                groups[i] = root[i] == i ? next++ : groups[root[i]];
            }
            return groups;
        }
    }
}

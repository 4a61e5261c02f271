package dev.segue.knn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A straightforward implementation of the predictions, as a reference. */
final class PlainKnn {

    /** A session with distinct items. */
    record Past(List<Long> items, List<Float> shares, long end, int number) {}

    private record Neighbour(Past past, double similarity, int matchBack, long match) {}

    private final List<Past> newestFirst;
    private final KnnSettings settings;

    PlainKnn(List<Past> sessions, KnnSettings settings) {
        newestFirst = sessions.stream()
                .sorted(Comparator.comparingLong(Past::end)
                        .thenComparingInt(Past::number)
                        .reversed())
                .toList();
        this.settings = settings;
    }

    private double shareWeight(float share) {
        return (share - settings.neutralShare()) / (1 - settings.neutralShare());
    }

    private double idf(long item) {
        long plays = newestFirst.stream().mapToLong(past -> past.items().size()).sum();
        long sessions =
                newestFirst.stream().filter(past -> past.items().contains(item)).count();
        return Math.log((double) plays / sessions);
    }

    /** The items' scores that are above 0. */
    Map<Long, Double> scores(List<Long> session, List<Float> shares) {
        List<Neighbour> neighbours = new ArrayList<>();
        Map<Long, Integer> backs = new LinkedHashMap<>();
        for (int back = 0; back < Math.min(settings.history(), session.size()); back++) {
            if (shareWeight(shares.get(shares.size() - 1 - back)) != 0) {
                backs.putIfAbsent(session.get(session.size() - 1 - back), back);
            }
        }
        newestFirst.stream()
                .filter(past -> past.items().stream().anyMatch(backs::containsKey))
                .limit(settings.recent())
                .map(past -> neighbour(past, backs, shares))
                .filter(neighbour -> neighbour.similarity > 0)
                .sorted(Comparator.comparingDouble(
                        neighbour -> -neighbour.similarity)) // stable: ties keep the newer first
                .limit(settings.neighbours())
                .forEach(neighbours::add);
        Map<Long, Double> scores = new TreeMap<>();
        neighbours.forEach(neighbour -> score(neighbour, scores));
        scores.replaceAll((item, score) ->
                score * (1 + settings.itemIdf() * idf(item)) * (session.contains(item) ? settings.seen() : 1));
        scores.values().removeIf(score -> score <= 0);
        return scores;
    }

    private Neighbour neighbour(Past past, Map<Long, Integer> backs, List<Float> shares) {
        double similarity = 0;
        int matchBack = Integer.MAX_VALUE;
        long match = 0;
        for (int i = 0; i < past.items().size(); i++) {
            long item = past.items().get(i);
            Integer back = backs.get(item);
            if (back != null) {
                similarity += shareWeight(shares.get(shares.size() - 1 - back))
                        * shareWeight(past.shares().get(i))
                        * Math.exp(-settings.positionDecay() * back)
                        * (1 + settings.queryIdf() * idf(item));
                if (back < matchBack) {
                    matchBack = back;
                    match = item;
                }
            }
        }
        double days = (newestFirst.get(0).end() - past.end()) / 86_400_000.0;
        similarity *=
                Math.pow(past.items().size(), -settings.lengthExponent()) * Math.exp(-settings.recencyDecay() * days);
        return new Neighbour(past, similarity, matchBack, match);
    }

    private void score(Neighbour neighbour, Map<Long, Double> scores) {
        Past past = neighbour.past;
        int place = past.items().indexOf(neighbour.match);
        for (int i = 0; i < past.items().size(); i++) {
            double step = 1;
            if (i > place) {
                step = Math.exp(-settings.forwardDecay() * (i - place - 1));
            } else if (i < place) {
                step = settings.backward() * Math.exp(-settings.backwardDecay() * (place - i - 1));
            }
            double score = neighbour.similarity
                    * Math.exp(-settings.matchDecay() * neighbour.matchBack)
                    * step
                    * shareWeight(past.shares().get(i));
            scores.merge(past.items().get(i), score, Double::sum);
        }
    }
}

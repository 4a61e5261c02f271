package dev.segue.cli;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.event.SessionReader;
import dev.segue.history.HistoryLimits;
import dev.segue.offpolicy.EstimateOptions;
import dev.segue.offpolicy.ItemProbabilities;
import dev.segue.offpolicy.OffPolicyException;
import dev.segue.offpolicy.OpenBanditData;
import dev.segue.offpolicy.SessionLog;
import dev.segue.offpolicy.TargetPolicy;
import dev.segue.service.ServingPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code segue evaluate --log} and {@code --open-bandit}: estimates the value of policies. */
final class OffPolicyRun {

    /** The policy of {@code --open-bandit} that needs no file. */
    private static final String RANDOM = "random";

    private final OffPolicyOption given;
    private final EstimateOptions options;
    private final CommandLine command;

    OffPolicyRun(OffPolicyOption given, long seed, CommandLine command) {
        this.given = given;
        this.command = command;
        options = new EstimateOptions(EstimateOptions.ALPHA, given.horizon, seed);
    }

    /** Evaluates recommenders on event logs. */
    OffPolicyTable ofLogs() {
        Configuration configuration = Configuration.load(given.config, System.getenv(), Map.of());
        given.policies.forEach(name -> requireRecommender(configuration, name));
        Catalog catalog = Catalog.load(ServingPlan.catalogFiles(configuration));
        SessionLog log = given.read("read", (events, progress) -> {
            var sessions = new SessionReader(events, given.sessionRule());
            return SessionLog.read(sessions, catalog.tracks()::contains, given.arm);
        });
        if (log.counts().decisions() == 0) {
            throw new OffPolicyException("the log has no recommendation"
                    + (given.arm == null ? "" : " in a session that is in arm " + given.arm + " throughout")
                    + "; name a log of segue serve or segue simulate"
                    + (given.arm == null ? "" : ", or another --arm"));
        }
        HistoryLimits limits = ServingPlan.historyLimits(configuration);
        var table = OffPolicyTable.ofLog(log.counts(), log.units());
        for (String name : given.policies) {
            if (Objects.requireNonNull(configuration.recommenders().get(name))
                    .type()
                    .isLearned()) {
                table.noteLearned(name);
            }
            var policy = new TargetPolicy(ServingPlan.recommender(configuration, catalog, name), limits);
            try (var progress = new Progress("evaluate " + name, log.counts().sessions(), " sessions")) {
                table.add(name, policy.evaluate(log, options, progress), options.horizon());
            }
        }
        return table;
    }

    private void requireRecommender(Configuration configuration, String name) {
        if (!configuration.recommenders().containsKey(name)) {
            throw new ParameterException(
                    command,
                    "--policy " + name + ": " + given.config + " has no such recommender; it has "
                            + String.join(", ", configuration.recommenders().keySet()));
        }
    }

    /** Evaluates fixed probabilities on data in the format of the Open Bandit data. */
    OffPolicyTable ofOpenBandit(Path path) {
        OpenBanditData data = OpenBanditData.read(path);
        var table = OffPolicyTable.ofOpenBandit(data);
        for (String name : given.policies) {
            ItemProbabilities policy = name.equals(RANDOM) ? data.uniform() : ItemProbabilities.read(Path.of(name));
            table.add(name, data.evaluate(policy, options), data.size());
        }
        return table;
    }
}

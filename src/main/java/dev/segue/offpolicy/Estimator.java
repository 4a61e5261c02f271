package dev.segue.offpolicy;

/**
 * Estimators of the mean reward of a target policy from logged decisions with importance weights w and rewards r, and a model that predicts
 * the reward q for the logged action and v for the target policy's choice. The contribution of a decision is v + u · (r − q), or u · r
 * without a model; the estimators differ in the weight u.
 */
public enum Estimator {
    /** Inverse propensity scores (Horvitz and Thompson 1952): mean of w·r. Unbiased. */
    IPS("IPS", true, false),

    /** Self-normalised IPS (Swaminathan and Joachims 2015): Σ w·r / Σ w. Consistent; always in the range of the rewards. */
    SNIPS("SNIPS", true, false),

    /** Direct method: mean of v. Has the bias of the model. */
    DM("DM", false, true),

    /** Doubly robust (Dudík, Langford and Li 2011): mean of v + w·(r − q). Unbiased. */
    DR("DR", true, true),

    /** Switch-DR (Wang, Agarwal and Dudík 2017): DR with u = 0, only the model, for weights above τ. */
    SWITCH_DR("Switch-DR", true, true) {
        @Override
        double weight(double importance, double parameter) {
            return importance <= parameter ? importance : 0;
        }

        @Override
        String parameterName() {
            return "tau";
        }
    },

    /** DR with optimistic shrinkage (Su, Dimakopoulou, Krishnamurthy and Dudík 2020): u = λw / (w² + λ). */
    DROS("DRos", true, true) {
        @Override
        double weight(double importance, double parameter) {
            if (Double.isInfinite(parameter)) {
                return importance;
            }
            return importance == 0 ? 0 : parameter * importance / (importance * importance + parameter);
        }

        @Override
        String parameterName() {
            return "lambda";
        }
    };

    private final String label;
    private final boolean usesWeights;
    private final boolean usesModel;

    Estimator(String label, boolean usesWeights, boolean usesModel) {
        this.label = label;
        this.usesWeights = usesWeights;
        this.usesModel = usesModel;
    }

    /** The name in results. */
    public String label() {
        return label;
    }

    /** Whether the estimator uses importance weights, which need propensities. */
    public boolean usesWeights() {
        return usesWeights;
    }

    /** The name of the parameter; empty if there is none. */
    String parameterName() {
        return "";
    }

    /** Whether the weight depends on a parameter, which is chosen by the data. */
    boolean hasParameter() {
        return !parameterName().isEmpty();
    }

    /** The weight u of a reward.
     *
     * @param importance the importance weight w
     * @param parameter τ or λ, 0 to ∞; ignored by estimators without a parameter
     */
    double weight(double importance, double parameter) {
        return usesWeights ? importance : 0;
    }

    /** The contribution of a decision to the estimate's numerator. */
    double contribution(Decision decision, double parameter) {
        if (this == DM) {
            return decision.targetModel();
        }
        double weight = weight(decision.weight(), parameter);
        return usesModel
                ? decision.targetModel() + weight * (decision.reward() - decision.model())
                : weight * decision.reward();
    }
}

package dev.segue.offpolicy;

/**
 * How the mean reward of a target policy is estimated from logged decisions with the importance weights w, rewards r, and a model that
 * expects q of the logged action and v of the target policy's choice. A decision contributes v + u · (r − q), or u · r without a model;
 * the estimators differ in the weight u.
 */
public enum Estimator {
    /** Inverse propensity scores (Horvitz and Thompson 1952): mean of w·r. Unbiased. */
    IPS("IPS", true, false),

    /** Self-normalised IPS (Swaminathan and Joachims 2015): Σ w·r / Σ w. Consistent, and within the range of the rewards. */
    SNIPS("SNIPS", true, false),

    /** The direct method: mean of v. As biased as the model. */
    DM("DM", false, true),

    /** Doubly robust (Dudík, Langford and Li 2011): mean of v + w·(r − q). Unbiased. */
    DR("DR", true, true),

    /** Switch-DR (Wang, Agarwal and Dudík 2017): as DR, but weights above τ count as 0, which leaves the model. */
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

    /** DR with optimistic shrinkage (Su, Dimakopoulou, Krishnamurthy and Dudík 2020): the weights are λw / (w² + λ). */
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

    /** The usual name. */
    public String label() {
        return label;
    }

    /** Whether it needs propensities. */
    public boolean usesWeights() {
        return usesWeights;
    }

    /** The name of the parameter, or the empty text if there is none. */
    String parameterName() {
        return "";
    }

    /** Whether the weights depend on a parameter that is chosen by the data. */
    boolean hasParameter() {
        return !parameterName().isEmpty();
    }

    /**
     * The weight of a reward.
     *
     * @param importance the importance weight
     * @param parameter τ or λ, 0 to ∞; ignored by the others
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

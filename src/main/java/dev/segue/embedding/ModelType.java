package dev.segue.embedding;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The two models of listened time. */
public enum ModelType {
    /** Σ C[c]⊙T[t]: what follows well on the context. Loss: mean squared error. */
    CONTEXTUAL,
    /** sigmoid(Linear(U[u]⊙T[t]) + Σ C[c]⊙T[t]): and what suits the listener. Loss: root of the mean squared error. */
    NEW;

    /** Whether listeners have embeddings. */
    public boolean knowsListeners() {
        return this == NEW;
    }

    /** The name in files and on the command line. */
    @JsonValue
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}

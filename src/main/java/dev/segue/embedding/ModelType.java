package dev.segue.embedding;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The two embedding models of the played share. C[c], T[t] and U[u] are the embeddings of context, track and listener. */
public enum ModelType {
    /** Σ C[c]⊙T[t]: depends on the context and the track. Loss: mean squared error. */
    CONTEXTUAL,
    /** sigmoid(Linear(U[u]⊙T[t]) + Σ C[c]⊙T[t]): depends on the listener, too. Loss: root mean squared error. */
    NEW;

    /** Whether the model has embeddings of listeners. */
    public boolean hasListeners() {
        return this == NEW;
    }

    /** The name in files and on the command line. */
    @JsonValue
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.segue.world;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.HashSet;
import java.util.List;

/**
 * A simulated listener: one line of {@code users.json}, with the field names of the reference simulator.
 *
 * @param user the listener's id, ≥ 0
 * @param interests distinct track ids, at least one; each session is about one of them
 * @param consumeBias b in the playback formula: the affinity at which half of a track is played; 0 to 10 in a synthetic
 *     world
 * @param consumeSharpness s in the playback formula, &gt; 0: the steepness of the played share around b; 1/2 to 2 in a
 *     synthetic world
 */
@JsonPropertyOrder({"user", "interests", "consume_bias", "consume_sharpness"})
public record Listener(
        int user,
        List<Integer> interests,
        @JsonProperty("consume_bias") double consumeBias,
        @JsonProperty("consume_sharpness") double consumeSharpness) {

    public Listener {
        interests = List.copyOf(interests);
        if (user < 0) {
            throw new IllegalArgumentException("user " + user + " is negative");
        }
        if (interests.isEmpty() || new HashSet<>(interests).size() < interests.size()) {
            throw new IllegalArgumentException("user " + user + " needs distinct interests, not " + interests);
        }
        if (!Double.isFinite(consumeBias)) {
            throw new IllegalArgumentException("user " + user + ": consume_bias " + consumeBias + " is not finite");
        }
        if (!(consumeSharpness > 0 && consumeSharpness < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "user " + user + ": consume_sharpness " + consumeSharpness + " is not a positive number");
        }
    }
}

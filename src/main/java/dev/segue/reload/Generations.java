package dev.segue.reload;

import java.util.List;

/**
 * The generations of this process.
 *
 * @param periods the last periods, the present one first
 * @param hasPrevious whether the generation of the second period can be returned to
 */
public record Generations(List<InService> periods, boolean hasPrevious) {}

package dev.segue.config;

/** The integers from {@code least} to {@code most}, both included. */
record Range(long least, long most) implements Values<Integer> {

    /** Reads an integer of 32 bits; {@link ConfigNode#integer} reads longer ones. */
    @Override
    public Integer read(ConfigNode at) {
        return Math.toIntExact(at.integer(this));
    }

    @Override
    public boolean contains(Number value) {
        return least <= value.longValue() && value.longValue() <= most;
    }

    /** The words for the range in messages. */
    @Override
    public String toString() {
        return "integer from " + least + " to " + most;
    }
}

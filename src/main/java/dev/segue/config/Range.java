package dev.segue.config;

/** The integers from {@code least} to {@code most}, both included. */
record Range(long least, long most) {

    boolean contains(long value) {
        return least <= value && value <= most;
    }

    /**
     * The value, if it is in range.
     *
     * @throws IllegalArgumentException if it is not; the message begins with the place
     */
    void check(String place, long value) {
        if (!contains(value)) {
            throw new IllegalArgumentException(place + ": " + value + " is no " + this);
        }
    }

    /** As messages say it. */
    @Override
    public String toString() {
        return "integer from " + least + " to " + most;
    }
}

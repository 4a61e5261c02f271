package dev.segue.simulation;

import org.jspecify.annotations.Nullable;

/** Where sessions come from: which listener is next. For any number of threads; a listener has one session at a time. */
public interface Visitors {

    /**
     * The visit that comes next; its listener is there from now on.
     *
     * @return null when nobody is due any more unless somebody who is there returns
     */
    @Nullable
    Visit next();

    /**
     * A listener's session has ended.
     *
     * @param millis when, in ms since 1970
     * @param totalTime of its playbacks, in track lengths
     */
    void ended(int listener, long millis, double totalTime);
}

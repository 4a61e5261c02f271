package dev.segue.service;

/** No track of the catalog is left for a request. */
public final class EverythingExcludedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param accepted the number of tracks that the filter accepts; {@link Explanation#NO_FILTER} without a filter */
    EverythingExcludedException(int tracks, NextTrackQuery query, int accepted) {
        super(reason(tracks, query, accepted));
    }

    private static String reason(int tracks, NextTrackQuery query, int accepted) {
        if (accepted == 0) {
            return "filter accepts none of the catalog's " + tracks + " tracks; correct its tags and years";
        }
        boolean isByRequest =
                accepted == Explanation.NO_FILTER && !query.exclude().isEmpty();
        return (isByRequest ? "exclude leaves" : "exclude, filter, the listener's feedback and withdrawn tracks leave")
                + " none of the catalog's " + tracks + " tracks; exclude fewer tracks or artists";
    }
}

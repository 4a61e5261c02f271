package dev.segue.recommend;

/** Leaves out the tracks that the session has had, as far back as the history goes. */
public final class NoRepeat implements SessionRule {

    @Override
    public String name() {
        return "no-repeat";
    }

    @Override
    public void apply(NextTrackRequest request, Exclusions exclusions) {
        for (int back = 0; back < request.history().size(); back++) {
            exclusions.addTrack(request.history().track(back));
        }
    }
}

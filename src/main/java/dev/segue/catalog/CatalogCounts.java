package dev.segue.catalog;

/**
 * The sizes of a catalog.
 *
 * @param tracks number of playable tracks
 * @param neighbours lists of the track catalog
 * @param treatmentNeighbours lists of the other model's catalog
 * @param topTracks number of top tracks that are in the catalog
 * @param listenerLists lists of listeners
 */
public record CatalogCounts(
        int tracks, Lists neighbours, Lists treatmentNeighbours, int topTracks, Lists listenerLists) {

    /** The share of tracks without neighbours in one of the catalogs, in percent. */
    double percentWithout(Lists catalog) {
        return tracks == 0 ? 0 : 100.0 * Math.max(0, tracks - catalog.filled()) / tracks;
    }

    /**
     * The sizes of the lists of one file.
     *
     * @param filled number of lists with at least one playable track
     * @param references number of track ids in the lists
     * @param unknown number of these ids that no file describes, which are not served
     */
    public record Lists(int filled, int references, int unknown) {

        static Lists of(ListFilter.Filtered<IdLists> file) {
            IdLists lists = file.lists();
            int filled = 0;
            for (int row = 0; row < lists.rows(); row++) {
                filled += lists.size(row) > 0 ? 1 : 0;
            }
            return new Lists(filled, file.references(), file.unknown());
        }

        /** The share of unknown references, in percent. */
        double percentUnknown() {
            return references == 0 ? 0 : 100.0 * unknown / references;
        }
    }
}

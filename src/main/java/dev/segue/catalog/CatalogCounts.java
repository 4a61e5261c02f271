package dev.segue.catalog;

/**
 * How much a catalog holds.
 *
 * @param tracks that can be played
 * @param neighbours lists of the track catalog
 * @param treatmentNeighbours lists of the other model's catalog
 * @param topTracks that are tracks of the catalog
 * @param listenerLists lists of listeners
 */
public record CatalogCounts(
        int tracks, Lists neighbours, Lists treatmentNeighbours, int topTracks, Lists listenerLists) {

    /**
     * How much the lists of one file hold.
     *
     * @param filled lists with at least one track that can be played
     * @param references tracks that the file names in its lists
     * @param unknown those of them that no file describes, which are not served
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

        /** Unknown references of a hundred. */
        double percentUnknown() {
            return references == 0 ? 0 : 100.0 * unknown / references;
        }
    }
}

/**
 * Session k-nearest neighbours: predicts the next items of a session from similar past sessions. A {@link dev.segue.knn.SessionIndex}
 * holds past sessions, {@link dev.segue.knn.SessionKnn} predicts from it, and {@link dev.segue.knn.LogSessions} fills it from an event
 * log.
 *
 * <p>The algorithm is VMIS-kNN (Kersbergen, Sprangers, Schelter: Serenade, SIGMOD 2022) with the weights of STAN (Garg et al.,
 * SIGIR 2019) and VSTAN (Ludewig et al., UMUAI 2021).
 */
@NullMarked
package dev.segue.knn;

import org.jspecify.annotations.NullMarked;

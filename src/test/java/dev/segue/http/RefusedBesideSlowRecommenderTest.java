package dev.segue.http;

import java.io.IOException;
import java.nio.file.Path;

/** The same attacks while recommendations are computed off the selectors' threads. */
class RefusedBesideSlowRecommenderTest extends RefusedInPipelineTest {

    @Override
    TestServer serverIn(Path where) throws IOException {
        return SlowRecommenderTest.serverIn(where);
    }
}

package dev.segue.http;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fixture: a server of its own for each test, which the test configures and starts. */
abstract class WithServer {

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // created before each test
    TestServer server;

    @BeforeEach
    void create() throws IOException {
        server = TestServer.in(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }
}

package dev.segue.http;

import org.junit.jupiter.api.BeforeEach;

/** A fixture: a server of its own for each test, started with its defaults. */
abstract class WithStartedServer extends WithServer {

    @BeforeEach
    void start() {
        server.start();
    }
}

package dev.segue.http;

/** The ports that a server can have. */
enum PortKind {
    MAIN("--port", "--host"),
    HEALTH("server.health_port", "--host"),
    ADMIN("admin.port", "admin.host");

    private final String port;
    private final String host;

    PortKind(String port, String host) {
        this.port = port;
        this.host = host;
    }

    /** The setting or option of its number. */
    String port() {
        return port;
    }

    /** The setting or option of its address. */
    String host() {
        return host;
    }
}

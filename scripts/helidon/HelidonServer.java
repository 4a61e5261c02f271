import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;

/**
 * A server of scripts/bench-http: Helidon reads the whole request in a virtual thread and returns a constant. Its class files need
 * Java 21.
 *
 * <p>Argument: the port.
 */
final class HelidonServer {

    private static final byte[] RESPONSE = "{\"user\":9637,\"track\":36466}".getBytes(US_ASCII);

    private HelidonServer() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: HelidonServer PORT");
            System.exit(2);
        }
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .routing(routes -> routes.post("/next/{user}", (request, response) -> {
                    request.content().as(byte[].class);
                    response.header(HeaderValues.CONTENT_TYPE_JSON);
                    response.send(RESPONSE);
                }))
                .build()
                .start();
    }
}

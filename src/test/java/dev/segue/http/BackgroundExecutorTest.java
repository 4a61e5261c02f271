package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for slow actions is bounded. */
@Timeout(600)
class BackgroundExecutorTest {

    private static final int QUEUED = 100;

    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private final class Slow extends Endpoint {
        Slow(BackgroundExecutor executor) {
            super("/slow");
            onSafeGet(executor.later((request, response) -> {
                began.countDown();
                try {
                    released.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                respondJson(response, List.of());
            }));
        }
    }

    @Test
    void furtherRequestsGet503WithRetryAfterAndTheOthersAreServed() throws Exception {
        var jetty = new Server();
        var connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        var context = new ServletContextHandler();
        jetty.setHandler(context);
        try (var executor = new BackgroundExecutor("test-slow-work")) {
            var holder = new ServletHolder(new Slow(executor));
            holder.setAsyncSupported(true);
            context.addServlet(holder, "/slow");
            jetty.start();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/slow"))
                    .build();
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
            sent.add(client.sendAsync(request, BodyHandlers.ofString()));
            began.await();
            for (int i = 0; i < QUEUED + 1; i++) {
                sent.add(client.sendAsync(request, BodyHandlers.ofString()));
            }
            Object first = CompletableFuture.anyOf(sent.toArray(CompletableFuture[]::new))
                    .join();
            HttpResponse<?> refused = assertInstanceOf(HttpResponse.class, first);
            assertEquals(503, refused.statusCode());
            assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
            released.countDown();
            long served = sent.stream()
                    .filter(response -> response.join().statusCode() == 200)
                    .count();
            assertEquals(QUEUED + 1, served);
        } finally {
            jetty.stop();
        }
    }
}

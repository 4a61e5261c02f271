package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The responses match the published schemas of OpenSubsonic, which {@code opensubsonic.json} has. */
class SubsonicSchemaTest {

    private static final String USER = "&u=100&p=sesame&v=1.16.1&c=test&f=json";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.in(folder)
                .with("adapters.opensubsonic_users", "{\"100\":\"sesame\"}")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Schema schema(String name) throws IOException {
        try (InputStream in = SubsonicSchemaTest.class.getResourceAsStream("opensubsonic.json")) {
            var document = (ObjectNode) JsonMapper.shared().readTree(in);
            document.put("$ref", "#/$defs/" + name);
            document.putArray("required").add("subsonic-response");
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(document.toString(), InputFormat.JSON);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ping?, SubsonicResponse",
        "ping?f=json, SubsonicResponse",
        "scrobble?id=1, SubsonicResponse",
        "scrobble?, SubsonicResponse",
        "reportPlayback?mediaId=1&mediaType=song&positionMs=5&state=stopped, SubsonicResponse",
        "getOpenSubsonicExtensions?, GetOpenSubsonicExtensionsResponse",
        "getSimilarSongs?id=1, GetSimilarSongsResponse",
        "getSimilarSongs?id=nothing, GetSimilarSongsResponse",
        "getSimilarSongs2?id=Odd, GetSimilarSongs2Response",
        "getSonicSimilarTracks?id=1, GetSonicSimilarTracksResponse"
    })
    void responsesMatchThePublishedSchemas(String method, String name) throws Exception {
        String body = server.get("/rest/" + method + (method.endsWith("f=json") ? "" : USER))
                .body();
        assertEquals(List.of(), schema(name).validate(body, InputFormat.JSON), body);
    }

    @Test
    void theSchemasRefuseOtherResponses() throws Exception {
        String body = server.get("/rest/getSimilarSongs?id=1" + USER).body();
        Schema schema = schema("GetSimilarSongsResponse");
        assertFalse(schema.validate(body.replace("\"isDir\"", "\"x\""), InputFormat.JSON)
                .isEmpty());
        assertFalse(schema.validate(body.replace("\"version\"", "\"x\""), InputFormat.JSON)
                .isEmpty());
    }
}

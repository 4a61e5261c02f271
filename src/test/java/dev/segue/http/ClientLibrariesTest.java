package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Client libraries of other projects, from npm, call the endpoints of ListenBrainz and OpenSubsonic. Skipped without Node.js. */
@Tag("full")
@Timeout(300)
class ClientLibrariesTest {

    private static final String SUBSONIC = "subsonic-api@3.2.0";
    private static final String LISTENBRAINZ = "listenbrainz@1.0.4";

    @TempDir
    static Path packages;

    @TempDir
    Path folder;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(exists("node") && exists("npm"), "Node.js is not installed");
        run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", SUBSONIC, LISTENBRAINZ);
    }

    private static boolean exists(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Runs a command in the folder of the packages, and returns what it prints. */
    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command))
                .directory(packages.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.strip();
    }

    private static String node(String program) throws Exception {
        Path file = packages.resolve("program.mjs");
        Files.writeString(file, program);
        return run("node", file.toString());
    }

    @Test
    void aSubsonicClientGetsSongsAndScrobbles() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("adapters.opensubsonic_users", "{\"100\":\"sesame\"}")
                .start()) {
            String output = node("""
                    import SubsonicAPI from "subsonic-api";
                    for (const post of [false, true]) {
                      const api = new SubsonicAPI({
                        url: "%s", auth: { username: "100", password: "sesame" }, post });
                      const ping = await api.ping();
                      const extensions = await api.getOpenSubsonicExtensions();
                      const { similarSongs } = await api.getSimilarSongs({ id: "0", count: 3 });
                      const { similarSongs2 } = await api.getSimilarSongs2({ id: "Odd", count: 2 });
                      const scrobbled = await api.scrobble({ id: "1", time: 1699999900000 + (post ? 1 : 0) });
                      const sonic = await api.customJSON("getSonicSimilarTracks", { id: "0", count: 1 });
                      console.log([ping.status, ping.openSubsonic, extensions.openSubsonicExtensions.length,
                        similarSongs.song.map(song => song.id).sort().join("+"), similarSongs2.song.length,
                        scrobbled.status, sonic.sonicMatch.length].join(" "));
                    }
                    const wrong = new SubsonicAPI({ url: "%s", auth: { username: "100", password: "x" } });
                    console.log((await wrong.ping()).error.code);
                    """.formatted(server.uri(), server.uri()));
            String call = "ok true 2 1+2+3 2 ok 1";
            assertEquals(List.of(call, call, "40"), output.lines().toList());
            assertEquals(2, server.logLines().size());
        }
    }

    @Test
    void aListenBrainzClientSubmitsListens() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("adapters.listenbrainz_tokens", "{\"100\":\"hidden\"}")
                .start()) {
            String output = node("""
                    import library from "listenbrainz";
                    const Client = library.default ?? library.Client ?? library;
                    const url = "%slistenbrainz/";
                    const listen = { listened_at: 1699999900, track_metadata: {
                      artist_name: "Odd", track_name: "Title 3", release_name: "Größte Hits" } };
                    const client = new Client("hidden", url);
                    console.log((await client.submitListen({ listen_type: "single", payload: [listen] })).status);
                    try {
                      await new Client("wrong", url).submitListen({ listen_type: "single", payload: [listen] });
                    } catch (error) {
                      console.log(JSON.parse(error).code);
                    }
                    try {
                      await client.submitListen({ listen_type: "single", payload: [] });
                    } catch (error) {
                      console.log(JSON.parse(error).error);
                    }
                    """.formatted(server.uri()));
            List<String> lines = output.lines().toList();
            assertEquals(List.of("200", "401"), lines.subList(0, 2));
            assertTrue(lines.get(2).contains("does not contain any listens"), output);
            JsonNode event = server.logLines().get(0);
            assertEquals(3, event.get("track").asInt());
            assertEquals(1, server.logLines().size());
        }
    }
}

package dev.segue.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the JSON Schema and the tables of the reference page in the working directory; {@code scripts/configuration} runs it. */
final class ConfigurationReference {

    static final Path SCHEMA = Path.of("src/main/resources/dev/segue/config/config.schema.json");
    static final Path PAGE = Path.of("src/site/markdown/configuration.md");

    private ConfigurationReference() {}

    public static void main(String[] args) throws IOException {
        Files.writeString(SCHEMA, SchemaWriter.write());
        Files.writeString(PAGE, ReferenceWriter.write(Files.readString(PAGE)));
        System.out.println("wrote " + SCHEMA + " and " + PAGE);
    }
}

package dev.segue.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.file.InputMember;
import dev.segue.file.UnreadableInput;
import dev.segue.importing.CsvRecognition.Recognized;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Recognises the kind of a file by its beginning. */
final class FormatRecognition {

    /** Fields of the events of Segue and Botify. */
    private static final String[] EVENT_FIELDS = {"message", "timestamp", "user"};

    private FormatRecognition() {}

    /**
     * Opens a file's rows.
     *
     * @param header the names of the columns of tables without a header line; empty if tables have one
     * @throws UnreadableInput if the file is of another kind
     */
    static RowSource open(InputMember member, List<String> header) throws IOException {
        if (member.isParquet()) {
            return json("Parquet", member);
        }
        member.content().mark(Sample.BYTES);
        byte[] bytes = member.content().readNBytes(Sample.BYTES);
        member.content().reset();
        refuseBinary(bytes);
        String head = new String(bytes, UTF_8);
        String start = head.stripLeading();
        if (start.isEmpty()) {
            throw new UnreadableInput("empty; name a file with rows");
        }
        refuseMarkup(start);
        if (ListenPages.isAtStart(start.substring(0, Math.min(100, start.length())))) {
            return new JsonRows("JSON of ListenBrainz's API", member.name(), ListenPages.lines(member));
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return json(start.startsWith("{") ? "JSON lines" : "JSON array", member);
        }
        Recognized table = new CsvRecognition(head, header).recognize();
        return new CsvRows(member, table.shape(), table.sample());
    }

    private static RowSource json(String kind, InputMember member) throws IOException {
        var rows = new JsonRows(kind, member.name(), member.lines());
        if (rows.sample().rows().isEmpty()) {
            throw new UnreadableInput("JSON without an object on one of the first lines; write each object on one line,"
                    + " as in: jq -c . F > G");
        }
        if (rows.sample().has(EVENT_FIELDS)) {
            throw new UnreadableInput("an event log of Segue or Botify, which needs no import; use it as it is, as in:"
                    + " segue train --log F");
        }
        return rows;
    }

    private static void refuseBinary(byte[] bytes) throws UnreadableInput {
        for (byte b : bytes) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f') {
                throw new UnreadableInput(
                        "binary data of an unknown kind; name a table (CSV, TSV), JSON, Parquet or a zip of these");
            }
        }
    }

    private static void refuseMarkup(String start) throws UnreadableInput {
        String lower = start.substring(0, Math.min(20, start.length())).toLowerCase(Locale.ROOT);
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
            throw new UnreadableInput(
                    "a web page; it may be the page of a login instead of the file: download it again");
        }
        if (lower.startsWith("<?xml") || lower.startsWith("<")) {
            throw new UnreadableInput("XML; convert it to CSV or JSON lines");
        }
    }
}

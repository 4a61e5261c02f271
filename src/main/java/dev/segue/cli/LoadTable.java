package dev.segue.cli;

import dev.segue.simulation.load.LoadResult;
import dev.segue.simulation.load.RequestFigures;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints the results of a load on a server. */
final class LoadTable {

    private LoadTable() {}

    static Map<String, @Nullable Object> row(LoadResult result) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("sessions", result.sessions());
        row.put("sessions_per_second", RequestTable.perSecond(result.sessions(), result.requests()));
        row.putAll(RequestTable.row(result.requests()));
        return row;
    }

    static void print(LoadResult result, PrintWriter out) {
        RequestFigures requests = result.requests();
        out.printf(
                Locale.ROOT,
                "%,d sessions, %,d requests in %.1f s: %,.0f sessions/s, %,.0f requests/s%n",
                result.sessions(),
                requests.requests(),
                requests.seconds(),
                RequestTable.perSecond(result.sessions(), requests),
                RequestTable.perSecond(requests.requests(), requests));
        RequestTable.print(requests, out);
    }
}

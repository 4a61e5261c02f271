package dev.segue.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pages for browsers: the start page, the page to listen with, and the live page. */
final class PageEndpoints {

    /** The folder of uPlot's webjar; the same version as in the POM. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** The style sheet of the charts, which the pages share with HTML reports. It has the colours. */
    private static final String CHART_STYLE = "/dev/segue/report/rendering/charts.css";

    private final Page home = Page.inMemory("home", List.of(), List.of());

    private final Page listen = Page.inMemory(
            "listen",
            List.of(
                    "cover.js",
                    "deck.js",
                    "home.js",
                    "listen.css",
                    "listen.js",
                    "picker.js",
                    "ranking.js",
                    "session.js"),
            List.of());

    private final Page dashboard = Page.inMemory(
            "dashboard",
            List.of(
                    "dashboard.css",
                    "dashboard.js",
                    "effect-trace.js",
                    "elements.js",
                    "experiments.js",
                    "explorer.js",
                    "icon.svg",
                    "overview.js",
                    "page.css",
                    "traffic.js"),
            List.of(CHART_STYLE, UPLOT + "uPlot.esm.js", UPLOT + "uPlot.min.css"));

    List<Endpoint> all() {
        List<Endpoint> endpoints = new ArrayList<>(List.of(new Home()));
        endpoints.addAll(listen.endpoints());
        endpoints.addAll(dashboard.endpoints());
        return endpoints;
    }

    /** The start page for browsers, and Botify's greeting for other clients. Botify's simulators wait for it. */
    private final class Home extends Endpoint {
        Home() {
            super("/");
            onSafeGet((request, response) -> {
                if (AcceptHeader.prefersHtml(request.getHeaders("Accept"))) {
                    home.send(request, response);
                } else {
                    respondJson(
                            response,
                            Map.of(
                                    "status",
                                    "alive",
                                    "message",
                                    "welcome to segue: what should this listener hear next?"));
                }
            });
        }
    }
}

package dev.segue.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Selects an endpoint by the part of the path after its variable, such as {@code /experiments/{name}/report}. */
final class SuffixRouter extends HttpServlet {

    private final transient List<Endpoint> branches;

    SuffixRouter(List<Endpoint> branches) {
        this.branches = List.copyOf(branches);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String rest = request.getPathInfo() == null ? "" : request.getPathInfo();
        Endpoint chosen = branches.stream()
                .filter(branch -> rest.endsWith(branch.suffix()))
                .findFirst()
                .orElse(branches.get(0)); // responds 404
        chosen.service(request, response);
    }
}

package dev.segue.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Endpoints whose paths begin alike, such as {@code /experiments/{name}/report}: what follows the variable part decides. */
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
                .orElse(branches.get(0)); // which says that there is no such path
        chosen.service(request, response);
    }
}

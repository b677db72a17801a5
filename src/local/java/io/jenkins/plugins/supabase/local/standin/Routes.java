package io.jenkins.plugins.supabase.local.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of one server; the first that matches answers. */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    record Match(Route route, Map<String, String> variables) {}

    Routes open(String pattern, Route.Handler handler) {
        return guarded(pattern, null, handler);
    }

    Routes guarded(String pattern, String permission, Route.Handler handler) {
        routes.add(new Route(new PathPattern(pattern), permission, handler));
        return this;
    }

    List<Route> all() {
        return List.copyOf(routes);
    }

    Optional<Match> find(String method, String path) {
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.pattern().match(method, path);
            if (variables.isPresent()) {
                return Optional.of(new Match(route, variables.get()));
            }
        }
        return Optional.empty();
    }
}

package io.jenkins.plugins.supabase.local.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The part of PostgREST's query language that probes and small edge functions use.
 *
 * @param columns of the answer; empty for all
 * @param equal   values that columns must have
 * @param order   columns, each with whether it descends
 */
record RowQuery(List<String> columns, Map<String, String> equal, List<Order> order, int limit) {
    private static final int MAX_ROWS = 1000;
    private static final Pattern NAME = Pattern.compile("\\w+");

    record Order(String column, boolean descending) {}

    static RowQuery parse(Map<String, String> parameters) {
        List<String> columns = new ArrayList<>();
        Map<String, String> equal = new LinkedHashMap<>();
        List<Order> order = new ArrayList<>();
        int limit = MAX_ROWS;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String value = parameter.getValue();
            switch (parameter.getKey()) {
                case "select" -> columns.addAll(columns(value));
                case "limit" -> limit = Math.min(MAX_ROWS, number(value));
                case "order" -> order.addAll(orders(value));
                case "apikey" -> {
                    // A key may come as a parameter too.
                }
                default -> equal.put(name(parameter.getKey()), operand(value));
            }
        }
        return new RowQuery(columns, equal, order, limit);
    }

    private static List<String> columns(String text) {
        List<String> columns = new ArrayList<>();
        for (String column : text.split(",")) {
            if (!column.equals("*")) {
                columns.add(name(column.trim()));
            }
        }
        return columns;
    }

    private static List<Order> orders(String text) {
        List<Order> orders = new ArrayList<>();
        for (String term : text.split(",")) {
            String[] parts = term.split("\\.");
            orders.add(new Order(name(parts[0]), parts.length > 1 && parts[1].equals("desc")));
        }
        return orders;
    }

    private static String operand(String text) {
        if (!text.startsWith("eq.")) {
            throw unsupported(text);
        }
        return text.substring("eq.".length());
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw unsupported(text);
        }
        return text;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw unsupported(text);
        }
    }

    private static Refusal unsupported(String text) {
        String message = "failed to parse, or not stood in for: " + text;
        return new Refusal(Reply.json(400, RestEndpoints.error("PGRST100", message)));
    }
}

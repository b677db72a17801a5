package io.jenkins.plugins.supabase.local.standin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code multipart/form-data} body as RFC 7578 describes it. */
final class MultipartForm {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("[;\\s]filename=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEADER_END = {'\r', '\n', '\r', '\n'};

    private final List<Part> parts;

    /** @param fileName null for a part that is no file */
    record Part(String name, String fileName, byte[] content) {}

    private MultipartForm(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws Refusal with 400 where the body is none */
    static MultipartForm read(Request request) {
        String boundary = boundary(request)
                .orElseThrow(() -> new Refusal(400, "The request body is not multipart/form-data"));
        return new MultipartForm(split(request.body(), boundary));
    }

    static List<String> partNames(Request request) {
        if (boundary(request).isEmpty()) {
            return List.of();
        }
        try {
            return read(request).parts.stream()
                    .map(part -> part.fileName() == null ? part.name() : part.fileName())
                    .toList();
        } catch (Refusal e) {
            return List.of();
        }
    }

    Optional<Part> first(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    List<Part> all(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).toList();
    }

    private static Optional<String> boundary(Request request) {
        return request.header("Content-Type")
                .filter(type -> type.startsWith("multipart/form-data"))
                .map(BOUNDARY::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }

    private static List<Part> split(byte[] body, String boundary) {
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        byte[] inner = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int position = indexOf(body, delimiter, 0);
        while (position >= 0) {
            position += delimiter.length;
            if (startsWith(body, position, "--")) {
                return parts;
            }
            int end = indexOf(body, inner, position);
            int headerEnd = indexOf(body, HEADER_END, position);
            if (end < 0 || headerEnd < 0 || headerEnd > end) {
                break;
            }
            int headerStart = indexOf(body, LINE_END, position) + LINE_END.length;
            parts.add(part(body, headerStart, headerEnd, end));
            position = end + LINE_END.length;
        }
        throw new Refusal(400, "Unexpected end of form");
    }

    private static Part part(byte[] body, int headerStart, int headerEnd, int end) {
        String headers = new String(body, headerStart, headerEnd - headerStart, StandardCharsets.UTF_8);
        Matcher name = NAME.matcher(headers);
        if (!name.find()) {
            throw new Refusal(400, "A part of the form has no name");
        }
        Matcher fileName = FILE_NAME.matcher(headers);
        int start = headerEnd + HEADER_END.length;
        byte[] content = Arrays.copyOfRange(body, start, end);
        return new Part(unescape(name.group(1)), fileName.find() ? unescape(fileName.group(1)) : null, content);
    }

    /** Browsers and HTTP libraries write a quote as %22, older ones with a backslash. */
    private static String unescape(String text) {
        return text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n").replaceAll("\\\\(.)", "$1");
    }

    private static boolean startsWith(byte[] body, int position, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (position + i >= body.length || body[position + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        outer:
        for (int i = from; i <= body.length - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (body[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}

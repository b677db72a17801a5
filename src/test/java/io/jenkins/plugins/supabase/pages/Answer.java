package io.jenkins.plugins.supabase.pages;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What a web method answers. */
final class Answer {
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = 200;

    HttpServletResponse response() {
        return proxy((method, arguments) -> {
            switch (method) {
                case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
                case "setStatus", "sendError" -> status = (int) arguments[0];
                case "getOutputStream" -> {
                    return new Body();
                }
                default -> throw new UnsupportedOperationException(method);
            }
            return null;
        });
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private interface Call {
        Object answer(String method, Object[] arguments);
    }

    private static HttpServletResponse proxy(Call call) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                Answer.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> call.answer(method.getName(), arguments));
    }

    private final class Body extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int b) {
            body.write(b);
        }
    }
}

package io.jenkins.plugins.supabase.testing;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.StaplerResponse2;

/** What a web method answers, without a server. */
public final class WebAnswer {
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = 200;

    public StaplerResponse2 response() {
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

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private interface Call {
        Object answer(String method, Object[] arguments);
    }

    private static StaplerResponse2 proxy(Call call) {
        return (StaplerResponse2) Proxy.newProxyInstance(
                WebAnswer.class.getClassLoader(),
                new Class<?>[] {StaplerResponse2.class},
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

        @Override
        public void write(byte[] bytes, int offset, int length) {
            body.write(bytes, offset, length);
        }
    }
}

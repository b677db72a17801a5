package io.jenkins.plugins.supabase.core.release;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Contents of files as a commit holds them, before any conversion of line ends: one process for all of them. */
final class GitObjects implements AutoCloseable {
    private static final int LONGEST_HEADER = 200;

    private final Git git;
    private Process process;
    private InputStream answers;
    private OutputStream questions;

    GitObjects(Git git) {
        this.git = git;
    }

    /** @param id of a blob; the stream before must be closed */
    InputStream open(String id) throws IOException {
        if (process == null) {
            process = git.start("cat-file", "--batch");
            answers = new BufferedInputStream(process.getInputStream());
            questions = process.getOutputStream();
        }
        questions.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
        questions.flush();
        String[] header = readLine().split(" ");
        if (header.length != 3 || !header[1].equals("blob")) {
            throw new IOException("git does not have the object " + id);
        }
        return new Content(answers, Long.parseLong(header[2]));
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0 || line.length() > LONGEST_HEADER) {
                throw new IOException("git cat-file ended early");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** One content and the line end behind it. */
    private static final class Content extends FilterInputStream {
        private long left;

        Content(InputStream answers, long size) {
            super(answers);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(buffer, offset, (int) Math.min(left, length));
            if (read < 0) {
                throw new IOException("git cat-file ended early");
            }
            left -= read;
            return read;
        }

        @Override
        public void close() throws IOException {
            in.skipNBytes(left + 1);
            left = 0;
        }
    }
}

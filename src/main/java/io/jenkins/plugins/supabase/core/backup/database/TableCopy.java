package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.HeapRoom;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.PartWriter;
import io.jenkins.plugins.supabase.core.backup.format.RowHash;
import io.jenkins.plugins.supabase.core.backup.format.SealedPart;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads a piece of a table and cuts it into parts, between two rows. */
final class TableCopy {
    /** Of memory that the server may take for one value, and of the text of one row. */
    private static final Pattern TOO_LARGE =
            Pattern.compile("invalid memory alloc request size|out of memory|string buffer");

    private final SourceTable table;
    private final List<AgeRecipient> recipients;
    private final PartTarget target;
    private final LongConsumer bytes;
    private final List<BackupPart> parts = new ArrayList<>();
    private final RowHash hash = new RowHash();
    private PartWriter writer;
    private long rowsBefore;

    /** @param bytes gets the size of what was read, whenever a part is finished */
    TableCopy(SourceTable table, List<AgeRecipient> recipients, PartTarget target, LongConsumer bytes) {
        this.table = table;
        this.recipients = recipients;
        this.target = target;
        this.bytes = bytes;
    }

    void run(Connection connection, String copyOut) throws SQLException, IOException, InterruptedException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copyOut);
        RowBatch batch = new RowBatch();
        try {
            while (batch.fill(copy, hash)) {
                if (writer == null) {
                    writer = new PartWriter(recipients);
                }
                batch.writeTo(writer, hash);
                if (writer.isFull()) {
                    finishPart();
                }
            }
            if (copy.getHandledRowCount() != hash.rows()) {
                throw new IOException("the server sent " + hash.rows() + " rows of " + table.describe() + " and counts "
                        + copy.getHandledRowCount());
            }
            if (writer != null) {
                finishPart();
            }
        } catch (OutOfMemoryError e) {
            throw new IOException(HeapRoom.lacking("the rows of " + table.describe()), e);
        } catch (SQLException e) {
            throw TOO_LARGE.matcher(String.valueOf(e.getMessage())).find() ? tooLarge(e) : e;
        } finally {
            if (writer != null) {
                writer.close();
            }
        }
    }

    private SQLException tooLarge(SQLException refused) {
        return new SQLException("a row of " + table.describe() + " has more than 1 GB as text, which PostgreSQL sends"
                + " to nobody, to pg_dump neither: a bytea has two digits for each byte. Divide the value, keep it in the"
                + " storage, or have it as a large object", refused.getSQLState(), refused);
    }

    private void finishPart() throws IOException, InterruptedException {
        SealedPart sealed = writer.seal();
        writer = null;
        target.store(sealed);
        long rows = hash.rows() - rowsBefore;
        rowsBefore = hash.rows();
        parts.add(new BackupPart(
                sealed.sha256(), sealed.size(), sealed.plainSize(), PartKind.TABLE, table.schema(), table.name(),
                table.columns(), rows, table.copyIn()));
        bytes.accept(sealed.plainSize());
    }

    List<BackupPart> parts() {
        return parts;
    }

    RowHash hash() {
        return hash;
    }
}

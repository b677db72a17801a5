package io.jenkins.plugins.supabase.core.postgres;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * Why a connection could not be opened, in a paragraph that a person can act on. SQLSTATEs are PostgreSQL's (manual,
 * appendix A); the pooler's messages are those of Supavisor, Supabase's pooler.
 */
record ConnectionProblem(Environment environment, String user, DatabaseAddress address, SQLException failure) {
    private static final String POOLER_HINT = " A project's own host db.<ref>.supabase.co has only an IPv6 address unless"
            + " the IPv4 add-on is bought; where the agent has no IPv6, use the session pooler's host"
            + " (aws-…pooler.supabase.com, port 5432, user postgres.<ref>) in databaseUrl.";

    DeliveryException toException() {
        return new DeliveryException(
                "The %s of environment '%s' could not be opened: %s Nothing was changed. %s"
                        .formatted(address, environment.name(), what(), next()).trim(),
                failure);
    }

    private enum Kind {
        PASSWORD, ROLE, DATABASE, TLS_REFUSED_BY_SERVER, TLS_DEMANDED, NOT_ALLOWED, CERTIFICATE, TOO_MANY, STARTING,
        UNKNOWN_TENANT, UNKNOWN_HOST, REFUSED, UNREACHABLE, TIMEOUT, OTHER
    }

    private Kind kind() {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String message = message().toLowerCase(Locale.ROOT);
        if (message.contains("tenant") && message.contains("not found")) {
            return Kind.UNKNOWN_TENANT;
        }
        if (message.contains("max clients") || message.contains("maxclients")) {
            return Kind.TOO_MANY;
        }
        return switch (state) {
            case "28P01" -> Kind.PASSWORD;
            case "28000" -> invalidAuthorization(message);
            case "3D000" -> Kind.DATABASE;
            case "53300" -> Kind.TOO_MANY;
            case "57P03", "57P01", "57P02" -> Kind.STARTING;
            default -> network(message);
        };
    }

    private static Kind invalidAuthorization(String message) {
        if (message.contains("role") && message.contains("does not exist")) {
            return Kind.ROLE;
        }
        return message.contains("no encryption") || message.contains("ssl off") || message.contains("ssl connection is required")
                ? Kind.TLS_DEMANDED
                : Kind.NOT_ALLOWED;
    }

    private Kind network(String message) {
        if (message.contains("does not support ssl")) {
            return Kind.TLS_REFUSED_BY_SERVER;
        }
        if (message.contains("ssl connection is required")) {
            return Kind.TLS_DEMANDED;
        }
        if (hasCause(SSLException.class) || message.contains("ssl root certificate") || message.contains("hostname")
                && message.contains("could not be verified")) {
            return Kind.CERTIFICATE;
        }
        if (hasCause(UnknownHostException.class)) {
            return Kind.UNKNOWN_HOST;
        }
        if (hasCause(SocketTimeoutException.class) || message.contains("timed out") || message.contains("timeout")) {
            return Kind.TIMEOUT;
        }
        if (hasCause(NoRouteToHostException.class) || message.contains("unreachable")) {
            return Kind.UNREACHABLE;
        }
        return hasCause(ConnectException.class) ? Kind.REFUSED : Kind.OTHER;
    }

    private String what() {
        return switch (kind()) {
            case PASSWORD -> "the server rejected the password of user '" + user + "' (SQLSTATE 28P01).";
            case ROLE -> "the server has no role '" + user + "' (SQLSTATE 28000).";
            case DATABASE -> "the server has no database of that name (SQLSTATE 3D000).";
            case TLS_REFUSED_BY_SERVER -> "databaseUrl asks for TLS, but the server does not offer it.";
            case TLS_DEMANDED -> "the server lets nobody in this way without TLS (" + message() + ").";
            case NOT_ALLOWED -> "the server does not let user '" + user + "' in from this address (" + message() + ").";
            case CERTIFICATE -> "the server's TLS certificate could not be verified (" + message() + ").";
            case TOO_MANY -> "it has no connection left to give (" + message() + ").";
            case STARTING -> "the server is starting up or shutting down (" + message() + ").";
            case UNKNOWN_TENANT -> "the pooler knows no project for user '" + user + "' (" + message() + ").";
            case UNKNOWN_HOST -> "no address was found for host '" + address.host() + "'.";
            case REFUSED -> "nothing listens at " + address.host() + ":" + address.port() + " (connection refused).";
            case UNREACHABLE -> "host '" + address.host() + "' cannot be reached from this agent's network.";
            case TIMEOUT -> "there was no answer in time (" + message() + ").";
            case OTHER -> message() + (failure.getSQLState() == null ? "" : " (SQLSTATE " + failure.getSQLState() + ")") + ".";
        };
    }

    private String next() {
        return switch (kind()) {
            case PASSWORD -> "Correct the credential that databaseCredentialsId names; the pooler wants the user name"
                    + " postgres.<ref> instead of postgres. A server that hides which roles exist says the same of a role"
                    + " that is missing.";
            case ROLE -> "Correct the user name in the credential that databaseCredentialsId names, or create the role.";
            case DATABASE -> "Correct the database in databaseUrl; a Supabase project's is 'postgres'.";
            case TLS_REFUSED_BY_SERVER -> "Turn TLS on at the server, or, for a server that is reached over a network you"
                    + " trust, take sslmode out of databaseUrl.";
            case TLS_DEMANDED -> "Add sslmode=require (or verify-full) to databaseUrl; where the server has no TLS, allow this"
                    + " address in its pg_hba.conf.";
            case NOT_ALLOWED -> "Allow it: in a Supabase project's network restrictions and bans, or in pg_hba.conf of a"
                    + " self-hosted server.";
            case CERTIFICATE -> "Put the project's root certificate on the agent and name it in databaseUrl with"
                    + " sslrootcert=/path, or use sslmode=require, which does not verify.";
            case TOO_MANY -> "Close idle connections or raise the limit, then run the build again.";
            case STARTING -> "Wait until it is up (a paused project has to be restored), then run the build again.";
            case UNKNOWN_TENANT -> "Check the project reference in the user name (postgres.<ref>) and the pooler's region in"
                    + " databaseUrl.";
            case UNKNOWN_HOST -> "Check the host in databaseUrl; a paused or deleted project has none." + POOLER_HINT;
            case REFUSED -> "Start the database, or correct host and port in databaseUrl.";
            case UNREACHABLE, TIMEOUT -> "Check the network between agent and database, and the project's network"
                    + " restrictions." + POOLER_HINT;
            case OTHER -> "Check databaseUrl and the database's own log.";
        };
    }

    private String message() {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = text.strip().replaceAll("\\s+", " ");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private boolean hasCause(Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}

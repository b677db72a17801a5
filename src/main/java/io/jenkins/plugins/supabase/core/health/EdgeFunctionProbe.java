package io.jenkins.plugins.supabase.core.health;

/** Whether an edge function is deployed, starts and answers; see {@link FunctionProbe} for how it is asked. */
final class EdgeFunctionProbe extends EndpointProbe {
    private final FunctionProbe wanted;

    EdgeFunctionProbe(Subject subject, HttpProber http, FunctionProbe wanted) {
        super(subject, http, new HttpQuestion(wanted.method(), subject.target(), null));
        this.wanted = wanted;
    }

    @Override
    Finding judge(HttpAnswer answer) {
        if (wanted.accepts(answer.status())) {
            String reachable = answer.status() == 401 ? ": reachable, wants a token" : "";
            return healthy(answer.latency(), answer.describe() + reachable);
        }
        return unhealthy(answer.latency(), wanted.method() + " answered " + answer.describe() + hint(answer.status()));
    }

    private String hint(int status) {
        if (!wanted.accepted().isEmpty()) {
            return ", expected " + wanted.accepted();
        }
        return switch (status) {
            case 402 -> ": the project is restricted by its plan";
            case 404 -> ": not deployed under this name";
            case 405 -> ": the gateway does not pass this method on";
            case 500 -> wanted.method().equals("OPTIONS")
                    ? ": its code failed on a request without a body; let it answer OPTIONS, or probe it otherwise"
                    : ": its code failed";
            case 503 -> ": it does not start; an import may be missing";
            case 504 -> ": it took too long";
            case 546 -> ": it was stopped at its limit of memory or CPU time";
            default -> "";
        };
    }
}

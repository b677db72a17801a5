package io.jenkins.plugins.supabase.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What somebody has to type before an environment's database is replaced, as for the steps. */
final class Confirmation {
    @Option(
            names = "--confirm",
            paramLabel = "TEXT",
            description = "What is meant, typed out: \"replace NAME\", with the name of the environment whose"
                    + " database is replaced.")
    private String text;

    /** @throws CommandLine.ParameterException saying what it must be */
    void require(CommandSpec spec, String environment) {
        String typed = "replace " + environment;
        if (!typed.equals(text)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "The database of \"" + environment + "\" would be replaced. Nothing was done. If that is meant,"
                            + " give --confirm \"" + typed + "\"");
        }
    }
}

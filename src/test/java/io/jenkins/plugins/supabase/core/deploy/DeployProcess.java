package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.UUID;

/** A deployment in a process of its own, which can be killed: every line of its log goes to standard output at once. */
public final class DeployProcess {
    private DeployProcess() {}

    /**
     * @param arguments reference, Management API, project and database addresses, folder, token, key, and
     *                  {@code healthy} where the functions must be well afterwards
     */
    public static void main(String[] arguments) throws Exception {
        Environment environment =
                new Environment("staging", arguments[0], arguments[1], arguments[2], arguments[3]);
        Access access = new Access(
                new SecretText(arguments[5]), "postgres", new SecretText("postgres"), new SecretText(arguments[6]));
        DeployRequest request = DeployRequest.of(
                        environment,
                        access,
                        arguments[4],
                        new Origin(UUID.randomUUID().toString(), "process", "", "host"))
                .withHealth(arguments.length > 7 ? DeployFixture.health(environment, access) : null);
        Deployer deployer = new Deployer(request, line -> {
            System.out.println(line);
            System.out.flush();
        });
        System.out.println(deployer.apply(deployer.plan()).outcome());
    }
}

package io.jenkins.plugins.supabase.core.operation;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A secret on its way from the credentials store to the connection that uses it. Serialisable because it travels to
 * the agent inside a request; whoever holds one must keep it out of anything that is stored.
 */
public final class SecretText implements Serializable {
    private static final long serialVersionUID = 1L;

    private final char[] characters;

    public SecretText(String text) {
        this.characters = text.toCharArray();
    }

    /** @return the secret itself, for the call that needs it; not to be kept, logged or put into a message */
    public String reveal() {
        return new String(characters);
    }

    public boolean isEmpty() {
        return characters.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText secret && Arrays.equals(characters, secret.characters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(characters);
    }

    @Override
    public String toString() {
        return "****";
    }
}

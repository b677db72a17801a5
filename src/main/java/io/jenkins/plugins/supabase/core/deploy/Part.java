package io.jenkins.plugins.supabase.core.deploy;

/** One part of an environment that a deployment brings to what the release says. */
interface Part {
    /** @return as the ledger names its steps, such as {@code config} */
    String kind();

    boolean hasWork();

    /** Does ahead what changes nothing and shows whether the part can be applied at all. */
    default void prepare(Steps steps) throws InterruptedException {}

    /** Keeps what the way back needs; changes nothing. */
    void snapshot(Journal journal) throws InterruptedException;

    /**
     * Does the work in one or more steps.
     *
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException saying what of it is live
     */
    void apply(Steps steps) throws InterruptedException;
}

package io.jenkins.plugins.supabase.steps;

/** How a promotion asks for approvals. */
enum ApprovalWay {
    /** On a page of the build. */
    PAGE,
    /** There, and by the question of Jenkins' own input step. */
    INPUT
}

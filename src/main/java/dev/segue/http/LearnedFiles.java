package dev.segue.http;

import dev.segue.reload.Cause;
import dev.segue.reload.ReloadOutcome;
import dev.segue.reload.Reloader;
import dev.segue.upkeep.RefusedException;
import dev.segue.upkeep.Upkeep;
import java.util.concurrent.CompletableFuture;

/** Reloads the files of a learning. */
final class LearnedFiles implements Upkeep.Publication {

    private final Reloader reloader;

    LearnedFiles(Reloader reloader) {
        this.reloader = reloader;
    }

    @Override
    public String reload() throws RefusedException {
        var ended = new CompletableFuture<ReloadOutcome>();
        if (!reloader.begin(Cause.LEARNING, false, ended::complete)) {
            throw new RefusedException("another reload is in progress, which may have loaded the files");
        }
        ReloadOutcome outcome = ended.join();
        if (outcome instanceof ReloadOutcome.Refused refused) {
            throw new RefusedException(refused.message());
        }
        if (outcome instanceof ReloadOutcome.Failed failed) {
            throw new RefusedException(failed.message());
        }
        return ((ReloadOutcome.Done) outcome).after().id();
    }
}

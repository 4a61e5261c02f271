package dev.segue.http;

import dev.segue.reload.ReloadOutcome;
import dev.segue.reload.Reloader;
import dev.segue.upkeep.RefusedException;
import dev.segue.upkeep.Upkeep;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/** Serves the files of a learning. */
final class LearnedFiles implements Upkeep.Publication {

    private final Reloader reloader;

    LearnedFiles(Reloader reloader) {
        this.reloader = reloader;
    }

    @Override
    public String publish(List<Path> targets) throws RefusedException, InterruptedException {
        var ended = new ArrayBlockingQueue<ReloadOutcome>(1);
        if (!reloader.publish(targets, ended::add)) {
            throw new InterruptedException("the server stops");
        }
        ReloadOutcome outcome = ended.take();
        if (outcome instanceof ReloadOutcome.Refused refused) {
            throw new RefusedException(refused.message(), refused.refused().id());
        }
        if (outcome instanceof ReloadOutcome.Failed failed) {
            throw new RefusedException(failed.message(), null);
        }
        return ((ReloadOutcome.Done) outcome).after().id();
    }
}

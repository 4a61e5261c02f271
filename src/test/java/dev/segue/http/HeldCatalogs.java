package dev.segue.http;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Loads the first catalog at once, and later ones not before they are released. */
final class HeldCatalogs implements Function<CatalogFiles, Catalog> {

    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final CountDownLatch loads = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public Catalog apply(CatalogFiles files) {
        if (isStarted.getAndSet(true)) {
            loads.countDown();
            try {
                end.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
        return Catalog.load(files);
    }

    /** Waits until a later catalog is being loaded. */
    void awaitLoad() throws InterruptedException {
        loads.await();
    }

    /** Lets later catalogs be loaded. */
    void release() {
        end.countDown();
    }
}

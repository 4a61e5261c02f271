package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the exchange of files with NumPy (Debian's python3-numpy). */
@Tag("full")
class NumpyInteropTest {

    @TempDir
    Path folder;

    @Test
    void neighboursWrittenByNumpyAreLoaded() throws Exception {
        python("np.save('neighbours.npy', np.array([[1, 2, -1], [2, 0, 0], [0, 1, 7]], dtype=np.int32))");
        Catalog catalog = Catalog.load(CatalogFiles.of(folder.resolve("neighbours.npy")));
        assertEquals(3, catalog.tracks().size());
        assertEquals(List.of(1, 2), list(catalog.neighbours(), 0));
        assertEquals(List.of(2, 0), list(catalog.neighbours(), 1), "duplicates are dropped");
        assertEquals(List.of(0, 1), list(catalog.neighbours(), 2), "unknown tracks are dropped");
    }

    @Test
    void matricesAreReadByNumpy() throws Exception {
        NpyFile.write(folder.resolve("floats.npy"), new FloatMatrix(2, 3, new float[] {0, 1, 2, 3, 4, 5.5f}));
        NpyFile.write(folder.resolve("ints.npy"), new IntMatrix(3, 1, new int[] {7, -8, 9}));
        assertEquals(
                "float32 (2, 3) 5.5 int32 (3, 1) -8",
                python("f = np.load('floats.npy'); i = np.load('ints.npy'); "
                        + "print(f.dtype, f.shape, f[1, 2], i.dtype, i.shape, i[1, 0])"));
    }

    private String python(String program) throws Exception {
        // Debian's interpreter has Debian's NumPy; another one on the path may not.
        String interpreter = Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
        Process process = new ProcessBuilder(interpreter, "-c", "import numpy as np; " + program)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.strip();
    }

    private static List<Integer> list(IdLists lists, int track) {
        List<Integer> list = new ArrayList<>();
        int row = lists.row(track);
        for (int i = 0; i < lists.size(row); i++) {
            list.add(lists.get(row, i));
        }
        return list;
    }
}

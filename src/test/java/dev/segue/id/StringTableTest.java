package dev.segue.id;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StringTableTest {

    private final StringTable table = new StringTable();

    private int add(String text) {
        byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
        return table.add(bytes, 1, bytes.length - 1);
    }

    private int find(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return table.find(bytes, 0, bytes.length);
    }

    @Test
    void textsAreNumberedInTheOrderOfTheirFirstUse() {
        assertEquals(0, add("b"));
        assertEquals(1, add("a"));
        assertEquals(0, add("b"));
        assertEquals(1, find("a"));
        assertEquals(-1, find("c"));
        assertEquals(2, table.size());
        assertEquals("a", new String(table.bytes(1), UTF_8));
    }

    @Test
    void everyLengthIsKeptAcrossTheEndsOfChunks() {
        var random = new Random(1);
        List<String> texts = IntStream.range(0, 20_000)
                .mapToObj(i -> i + "é".repeat(random.nextInt(250)))
                .toList();
        texts.forEach(this::add);
        for (int i = 0; i < texts.size(); i++) {
            assertEquals(i, find(texts.get(i)));
            assertArrayEquals(texts.get(i).getBytes(UTF_8), table.bytes(i));
        }
    }

    @Test
    void threadsThatAddTheSameTextsGetTheSameNumbers() throws Exception {
        int threads = 4;
        int texts = 50_000;
        var pool = Executors.newFixedThreadPool(threads);
        List<Future<int[]>> numbers = IntStream.range(0, threads)
                .mapToObj(thread -> pool.submit(() -> {
                    int[] added = new int[texts];
                    for (int i = 0; i < texts; i++) {
                        int text = thread % 2 == 0 ? i : texts - 1 - i;
                        added[text] = add("text " + text);
                        assertEquals("text " + text, new String(table.bytes(added[text]), UTF_8));
                    }
                    return added;
                }))
                .toList();
        int[] first = numbers.get(0).get();
        for (Future<int[]> other : numbers) {
            assertArrayEquals(first, other.get());
        }
        pool.shutdown();
        assertEquals(texts, table.size());
        assertEquals(texts, IntStream.of(first).distinct().count());
    }
}

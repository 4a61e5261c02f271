package dev.segue.platform;

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The classes whose objects take most of the heap, as the JVM counts them ({@code jcmd PID GC.class_histogram}), without a tool beside the
 * process. The objects are counted as they are, without a collection.
 *
 * <p>The command belongs to the platform's MBean server, which takes 10 MB of resident memory. So it is made when it is needed.
 */
final class HeapHistogram {

    /** The header and the classes that are printed, of several thousand. */
    private static final int LINES = 2 + 30;

    private static final int MAX_BYTES = LINES * 256;
    private static final String[] SIGNATURE = {String[].class.getName()};
    private static final Object[] WITHOUT_COLLECTION = {new String[] {"-all"}};
    private static final byte[] BYTES = new byte[MAX_BYTES];

    private HeapHistogram() {}

    /**
     * Prints the histogram's first lines.
     *
     * @throws JMException if this JVM has no such command
     * @throws OutOfMemoryError if there is too little memory for the platform's MBean server and the histogram of all classes, 2 MB to 4 MB
     */
    static void print(FileOutputStream out) throws JMException, IOException {
        String histogram = count();
        int size = 0;
        int lines = 0;
        for (int i = 0; i < histogram.length() && size < MAX_BYTES && lines < LINES; i++) {
            char next = histogram.charAt(i);
            BYTES[size++] = (byte) next; // names of classes are ASCII
            lines += next == '\n' ? 1 : 0;
        }
        out.write(BYTES, 0, size);
    }

    private static String count() throws JMException {
        var commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(commands, "gcClassHistogram", WITHOUT_COLLECTION, SIGNATURE);
    }
}

package dev.segue.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * An input file that is open: a file itself, or a member of a zip archive.
 *
 * @param file the file, or the archive
 * @param name the name for messages; a member's is {@code archive.zip/folder/member.csv}
 * @param archived whether it is a member of an archive
 * @param content the uncompressed content, which supports mark and reset
 * @param bytesRead the number of bytes of {@code file} that were read, as they lie on the disk
 */
public record InputMember(Path file, String name, boolean archived, InputStream content, LongSupplier bytesRead) {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final String WORKBOOK_MEMBER = "[Content_Types].xml";
    private static final String OPEN_DOCUMENT_MEMBER = "mimetype";

    /** Receives open files. */
    @FunctionalInterface
    public interface Visitor {
        void visit(InputMember member) throws IOException;
    }

    /**
     * Opens a file, or one member of an archive after the other. Hidden members are left out.
     *
     * @param file {@link InputFile#STANDARD_INPUT} for the standard input
     * @throws UnreadableInput if the file, or a compressed member, is of a kind that Segue does not read
     */
    public static void visit(Path file, Visitor visitor) throws IOException {
        var counting = new InputFile.Counting(InputFile.raw(file));
        try (var in = new BufferedInputStream(counting)) {
            if (InputFile.startsWith(in, ZIP)) {
                visitMembers(file, new ZipInputStream(in, ISO_8859_1), counting::bytes, visitor);
            } else {
                try (InputStream content = InputFile.decoded(in)) {
                    String name = file.equals(InputFile.STANDARD_INPUT) ? "standard input" : file.toString();
                    visitor.visit(new InputMember(file, name, false, content, counting::bytes));
                }
            }
        }
    }

    private static void visitMembers(Path file, ZipInputStream zip, LongSupplier bytesRead, Visitor visitor)
            throws IOException {
        try {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                requireArchive(entry.getName());
                if (!entry.isDirectory() && !isHidden(entry.getName())) {
                    InputStream content = new BufferedInputStream(new MemberContent(zip));
                    visitor.visit(new InputMember(file, file + "/" + entry.getName(), true, content, bytesRead));
                }
            }
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    private static UnreadableInput damaged(IOException e) {
        return new UnreadableInput(
                e instanceof EOFException
                        ? "a zip archive that ends early; copy it again"
                        : "a zip archive that is damaged or of an unusual kind (" + e.getMessage() + "); unpack it",
                e);
    }

    private static void requireArchive(String firstName) throws UnreadableInput {
        if (firstName.equals(WORKBOOK_MEMBER)) {
            throw new UnreadableInput("an Excel workbook; save the sheet as CSV in UTF-8");
        }
        if (firstName.equals(OPEN_DOCUMENT_MEMBER)) {
            throw new UnreadableInput("an OpenDocument file; save the sheet as CSV in UTF-8");
        }
    }

    private static boolean isHidden(String name) {
        return name.startsWith("__MACOSX/") || name.startsWith(".") || name.contains("/.");
    }

    /**
     * The same with the content of a compressed member uncompressed.
     *
     * @throws UnreadableInput if the content is of a kind that Segue does not read
     */
    public InputMember decoded() throws IOException {
        return archived ? new InputMember(file, name, true, InputFile.decoded(content), bytesRead) : this;
    }

    /**
     * The objects of the file as lines: JSON lines, the elements of a JSON array, or the rows of Parquet.
     *
     * @throws UnreadableInput if it is of another kind
     */
    public LineInput lines() throws IOException {
        if (archived && isParquet()) {
            throw new UnreadableInput("Parquet in a zip archive; unpack it, as in: unzip F");
        }
        return LineInput.of(file, content, bytesRead);
    }

    /** Whether the file is Parquet. */
    public boolean isParquet() throws IOException {
        return InputFile.startsWith(content, Signature.PARQUET);
    }

    /** The content of an archive's member. The stream stays open, since the next member follows. */
    private static final class MemberContent extends FilterInputStream {
        MemberContent(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (EOFException | ZipException e) {
                throw damaged(e);
            }
        }

        @Override
        public void close() {}
    }
}

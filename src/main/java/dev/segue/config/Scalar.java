package dev.segue.config;

import org.jspecify.annotations.Nullable;

/**
 * The type, range and default of a {@link Setting}.
 *
 * @param range of an {@link Type#INTEGER}
 * @param defaultText the default as an environment variable would have it; null if there is none
 */
record Scalar(Type type, Range range, @Nullable String defaultText) {

    enum Type {
        TEXT,
        PATH,
        INTEGER,
        BOOLEAN,
        /** A text that messages must not show. */
        SECRET,
        /** An object of texts that messages must not show. In the environment and in flags it is written as JSON. */
        SECRETS
    }

    private static final Range NO_RANGE = new Range(0, 0);

    private static Scalar of(Type type, @Nullable String defaultText) {
        return new Scalar(type, NO_RANGE, defaultText);
    }

    static Scalar path() {
        return of(Type.PATH, null);
    }

    static Scalar path(String defaultPath) {
        return of(Type.PATH, defaultPath);
    }

    static Scalar text() {
        return of(Type.TEXT, null);
    }

    static Scalar text(String defaultText) {
        return of(Type.TEXT, defaultText);
    }

    static Scalar integer(long least, long most) {
        return new Scalar(Type.INTEGER, new Range(least, most), null);
    }

    static Scalar integer(long least, long most, long defaultValue) {
        return new Scalar(Type.INTEGER, new Range(least, most), String.valueOf(defaultValue));
    }

    static Scalar bool(boolean defaultValue) {
        return of(Type.BOOLEAN, String.valueOf(defaultValue));
    }

    static Scalar secret() {
        return of(Type.SECRET, null);
    }

    static Scalar secrets() {
        return of(Type.SECRETS, null);
    }
}

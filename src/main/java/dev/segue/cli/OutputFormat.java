package dev.segue.cli;

/** The format of printed figures. */
enum OutputFormat {
    TEXT,
    JSON,
    CSV
}

package dev.segue.cli;

/** How figures are printed. */
enum OutputFormat {
    TEXT,
    JSON,
    CSV
}

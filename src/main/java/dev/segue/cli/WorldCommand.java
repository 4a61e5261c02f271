package dev.segue.cli;

import dev.segue.world.ProvisionalRecommendations;
import dev.segue.world.World;
import dev.segue.world.WorldFiles;
import dev.segue.world.WorldRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue world}: generates a synthetic catalog and its listeners. */
@Command(
        name = "world",
        description = "Generate a synthetic catalog and listeners from a seed, without external data.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WorldCommand implements Callable<Integer> {

    @Option(
            names = "--tracks",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Number of tracks, 100 or more.")
    private int tracks;

    @Option(names = "--users", paramLabel = "N", defaultValue = "2000", description = "Number of listeners, 1 or more.")
    private int users;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "5", description = "The same seed gives the same world.")
    private long seed;

    @Option(
            names = "--neighbours",
            paramLabel = "N",
            defaultValue = "50",
            description = "Number of recommendations for each track and each listener, less than --tracks.")
    private int neighbours;

    @Option(
            names = "--popularity-weight",
            paramLabel = "W",
            defaultValue = "" + WorldRecipe.POPULARITY_WEIGHT,
            description = "Weight of popularity in the affinity between tracks.")
    private double popularityWeight;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Directory for the files. Created if missing; existing files are replaced.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        World world = recipe().generate();
        PrintWriter output = spec.commandLine().getOut();
        for (Path file : WorldFiles.write(world, new ProvisionalRecommendations(world, neighbours), out)) {
            output.printf(Locale.ROOT, "%-40s %,12d bytes%n", file, Files.size(file));
        }
        output.printf(
                Locale.ROOT,
                "%,d tracks by %,d artists, %,d listeners, seed %d%n",
                tracks,
                world.artists().size(),
                users,
                seed);
        return 0;
    }

    private WorldRecipe recipe() {
        try {
            WorldRecipe recipe = WorldRecipe.of(tracks, users, seed).withPopularityWeight(popularityWeight);
            ProvisionalRecommendations.requireLength(neighbours, tracks);
            return recipe;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}

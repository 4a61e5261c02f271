package dev.segue.world;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Generates fictional artist names and titles from patterns, word lists and syllables. There are more than two million artist
 * names, most of them of people with invented surnames: ten times as many as a million tracks need.
 */
final class InventedNames {

    private static final String[] ADJECTIVES = words(
            "Amber Ashen Autumn Blue Bright Brittle Cobalt Copper Coral Crimson"
                    + " Distant Drowsy Dusty Early Eastern Empty Evening Faded Faithful Gentle Gilded Glass Half-Lit"
                    + " Hidden Hollow Honest Humming Idle Indigo Inland Ivory Juniper Kindly Late Linen Little Lonely"
                    + " Lucid Marble Midnight Misty Modest Mossy Nimble Northern Ochre Olive Paper Patient Pewter Plain Quiet"
                    + " Quilted Rainy Restless River Rusty Saffron Salt Scarlet Secret Silent Sleepy Slow Solemn Spare Sunken"
                    + " Tender Thistle Timber Tin Tidal Umber Velvet Violet Wandering Western Wicker Winter Woollen Yonder");

    private static final String[] NOUNS = words("Acrobat Almanac Anchor Arcade Archer Astronomer Atlas Attic Balcony"
            + " Ballad Baker Beacon Beekeeper Bicycle Boatman Bridge Cabinet Cannery Carousel Cartographer Cathedral"
            + " Chandler Clockmaker Comet Compass Corridor Courier Daydream Ferry Fiddler Fountain Gardener Glacier"
            + " Harbour Headland Hedgerow Heron Island Jetty Juggler Kettle Kite Ladder Lagoon Lantern Letter Library"
            + " Lighthouse Locomotive Magpie Meadow Meteor Milliner Mirror Monsoon Mosaic Motorway Observatory Orchard"
            + " Otter Paperboy Parade Parasol Pavilion Pendulum Photograph Pilgrim Pilot Planetarium Postcard Promenade"
            + " Quarry Railway Reservoir Riverbank Satellite Sailmaker Semaphore Signal Sparrow Staircase Stationmaster"
            + " Streetlamp Suitcase Surveyor Swimmer Tailor Telegram Terrace Theatre Tugboat Tunnel Umbrella Valley"
            + " Viaduct Voyager Waterfall Weaver Window Zeppelin");

    private static final String[] FIRST_NAMES = words("Ada Alba Anselm Asta Bela Bruna Calla Cato Dario Delphine Edda"
            + " Elio Enzo Esme Fenna Finn Flora Gaspard Greta Hedda Hugo Ida Ilse Imre Iris Ivo Jonah Juno Kasimir Kiri"
            + " Lena Leopold Lio Livia Lorcan Mabel Magnus Mara Matteo Mina Mira Nadia Nils Noor Odile Olga Orla Oskar"
            + " Otis Petra Quill Rafi Ramona Rosa Rufus Saskia Selma Silas Sunniva Tamsin Teo Thea Tobias Ulla Vera"
            + " Viggo Wanda Willa Xenia Yara Ysolde Zora");

    private static final String[] ONSETS = words(
            "B Br C Cal D Dr El F Fal G Gr H Hal J K Kr L Lor M Mar N Nor Or P Quin R Sal Sol St T Tal Tr V Val W Wil Y Z");

    private static final String[] NUCLEI =
            words("a al an and ar as e el en er est ev i il in is iv o ol on or ov u un");

    private static final String[] CODAS = words("ba beck da dale dell dine don gren ha ka kin la land len lin lo man"
            + " mere mund na nell no ra rell ren rin ro sen sky son ster strom ta than tine ton va vane vey vik ward wen"
            + " win wood");

    private static final String[] ENSEMBLES =
            words("Band Brothers Choir Collective Duo Ensemble Orchestra Quartet Sisters Society Trio Union");

    private static final String[] GERUNDS = words("Borrowing Building Calling Carrying Catching Chasing Counting"
            + " Crossing Daring Drawing Dreaming Finding Following Folding Holding Keeping Leaving Losing Mapping"
            + " Missing Naming Painting Reading Remembering Saving Singing Spinning Stealing Tracing Watching");

    private static final String[] TIMES = words(
            "Afternoon Christmas Daybreak Easter Friday January June Midsummer"
                    + " Monday Nightfall November October Saturday September Springtime Sunday Sunrise Tomorrow Tuesday Twilight");

    private static final String[] ROADS = words("Avenue Boulevard Crescent Junction Lane Road Square Station Street");

    private final Set<String> artists = new HashSet<>();

    private static String[] words(String list) {
        return list.split(" ");
    }

    /** An artist name that this instance has not returned before. */
    String nextArtist(RandomGenerator random) {
        String name = artist(random);
        while (!artists.add(name)) {
            name = artist(random);
        }
        return name;
    }

    private static String artist(RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> "The " + pick(ADJECTIVES, random) + " " + plural(pick(NOUNS, random));
            case 2 -> pick(NOUNS, random) + " " + pick(TIMES, random);
            case 3 -> surname(random);
            case 4 -> pick(FIRST_NAMES, random) + " & the " + plural(pick(NOUNS, random));
            case 5 -> "The " + surname(random) + " " + pick(ENSEMBLES, random);
            default -> pick(FIRST_NAMES, random) + " " + surname(random);
        };
    }

    /** A title; two tracks may share one, as in real catalogs. */
    static String title(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> pick(ADJECTIVES, random) + " " + pick(NOUNS, random);
            case 2 -> "The " + pick(NOUNS, random) + "'s " + pick(NOUNS, random);
            case 3 -> pick(GERUNDS, random) + " the " + pick(NOUNS, random);
            case 4 -> pick(GERUNDS, random) + " " + plural(pick(NOUNS, random));
            case 5 -> pick(TIMES, random) + " on " + surname(random) + " " + pick(ROADS, random);
            case 6 -> pick(NOUNS, random) + " for " + pick(FIRST_NAMES, random);
            case 7 -> pick(NOUNS, random) + " and " + pick(NOUNS, random);
            case 8 -> "Every " + pick(ADJECTIVES, random) + " " + pick(TIMES, random);
            case 9 -> pick(FIRST_NAMES, random) + ", " + pick(GERUNDS, random);
            case 10 -> "No " + pick(NOUNS, random) + " This " + pick(TIMES, random);
            default -> pick(NOUNS, random) + " (Part " + (1 + random.nextInt(4)) + ")";
        };
    }

    private static String surname(RandomGenerator random) {
        return pick(ONSETS, random) + pick(NUCLEI, random) + pick(CODAS, random);
    }

    private static String plural(String noun) {
        if (noun.endsWith("s")) {
            return noun + "es";
        }
        return noun.matches(".*[^aeiou]y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }

    private static String pick(String[] words, RandomGenerator random) {
        return words[random.nextInt(words.length)];
    }
}

package dev.segue.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The value of every setting: from its flag, or else the environment, or else the file, or else its default. */
final class LayeredSettings {

    /** The variables that are read elsewhere: by the command line, and by {@code logback.xml}. */
    private static final Set<String> OTHER_VARIABLES = Set.of("SEGUE_CONFIG", "SEGUE_LOG_FORMAT", "SEGUE_LOG_LEVEL");

    /**
     * Variables that are not settings: Kubernetes and Docker set them in the containers beside a service named {@code segue…},
     * to its address.
     */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "SEGUE_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)=.*"
                    + "|SEGUE_(.+_)?(PORT=(tcp|udp|sctp)://.*|NAME=/.*|ENV_.+=.*)",
            Pattern.DOTALL);

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    private final Map<Setting, ConfigNode> values = new EnumMap<>(Setting.class);
    private final ConfigNode.Source file;
    private final Mistakes mistakes;

    LayeredSettings(ConfigNode file, Map<String, String> environment, Map<String, String> flags) {
        this.file = file.source();
        mistakes = file.source().mistakes();
        addDefaults();
        addFile(file);
        addTexts("environment ", ownVariables(environment), Setting::environmentName);
        addTexts("flag ", flags, Setting::key);
    }

    private void addDefaults() {
        for (Setting setting : Setting.values()) {
            if (setting.defaultText() != null) {
                values.put(setting, defaultOf(setting));
            }
        }
    }

    /** The default of a setting that has one. */
    private ConfigNode defaultOf(Setting setting) {
        return new ConfigNode(
                file, setting.key(), json(setting, Objects.requireNonNull(setting.defaultText(), setting.key())));
    }

    private void addFile(ConfigNode file) {
        Set<String> known = new LinkedHashSet<>(SettingSections.keysOf(""));
        known.addAll(SettingSections.DESCRIPTIONS.keySet());
        known.addAll(Key.names(Configuration.KEYS));
        file.requireKeys(known);
        Configuration.SCHEMA.find(file);
        addSection("", file);
        for (String section : SettingSections.DESCRIPTIONS.keySet()) {
            file.find(section)
                    .ifPresent(at -> mistakes.in(() -> {
                        at.requireKeys(SettingSections.keysOf(section));
                        addSection(section, at);
                    }));
        }
    }

    private void addSection(String section, ConfigNode at) {
        for (Setting setting : Setting.values()) {
            if (setting.section().equals(section)) {
                at.find(setting.keyInSection()).ifPresent(given -> values.put(setting, given));
            }
        }
    }

    private static Map<String, String> ownVariables(Map<String, String> environment) {
        Map<String, String> own = new HashMap<>(environment);
        own.keySet().removeIf(name -> !name.startsWith(Setting.ENVIRONMENT_PREFIX) || OTHER_VARIABLES.contains(name));
        own.entrySet()
                .removeIf(variable -> SERVICE_LINK
                        .matcher(variable.getKey() + "=" + variable.getValue())
                        .matches());
        return own;
    }

    private void addTexts(String label, Map<String, String> texts, Function<Setting, String> nameOf) {
        ConfigNode.Source source =
                new ConfigNode.Source(label, Path.of("").toAbsolutePath(), "the working directory", mistakes);
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            settings.put(nameOf.apply(setting), setting);
        }
        new TreeMap<>(texts).forEach((name, text) -> {
            @Nullable Setting setting = settings.get(name);
            if (setting != null) {
                values.put(setting, new ConfigNode(source, name, json(setting, text)));
            } else {
                String problem = isSectionOfTheFile(name)
                        ? "recommenders and experiments are set in the file alone; name another with --config"
                        : DidYouMean.unknown("setting", name, settings.keySet());
                mistakes.add(new ConfigNode(source, name, text).error(problem));
            }
        });
    }

    private static boolean isSectionOfTheFile(String name) {
        return name.matches("(?i)(SEGUE_)?(recommenders|experiments)([._\\[].*)?");
    }

    /** The value of a text from the environment or a flag. Text of another type stays text; {@link ConfigNode} reports it. */
    private static Object json(Setting setting, String text) {
        return switch (setting.type()) {
            case INTEGER -> INTEGER.matcher(text).matches() ? JsonValue.integer(text) : text;
            case BOOLEAN -> text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
            case SECRETS ->
                ConfigurationFile.object(text).<Object>map(object -> object).orElse(text);
            case TEXT, PATH, SECRET -> text;
        };
    }

    /** The value of a setting that has a default, which also stands in for a wrong value. */
    private <V> V read(Setting setting, Function<ConfigNode, V> reader) {
        ConfigNode given = Objects.requireNonNull(values.get(setting), setting.key());
        return mistakes.orElse(() -> reader.apply(given), reader.apply(defaultOf(setting)));
    }

    /** The value of a setting; empty without the setting, or if it is wrong. */
    private <V> Optional<V> find(Setting setting, Function<ConfigNode, V> reader) {
        return Optional.ofNullable(values.get(setting))
                .flatMap(given -> mistakes.orElse(() -> Optional.of(reader.apply(given)), Optional.<V>empty()));
    }

    String text(Setting setting) {
        return read(setting, ConfigNode::text);
    }

    Optional<String> optionalText(Setting setting) {
        return find(setting, ConfigNode::text);
    }

    long longInteger(Setting setting) {
        return read(setting, given -> given.integer(setting.range()));
    }

    int integer(Setting setting) {
        return Math.toIntExact(longInteger(setting));
    }

    OptionalInt optionalInteger(Setting setting) {
        return find(setting, given -> given.integer(setting.range())).stream()
                .mapToInt(Math::toIntExact)
                .findFirst();
    }

    boolean bool(Setting setting) {
        return read(setting, ConfigNode::bool);
    }

    /** A token from its setting, or from the file that another setting names; empty without both. */
    Optional<String> token(Setting itself, Setting file) {
        @Nullable ConfigNode given = values.get(itself);
        if (given != null && has(file)) {
            mistakes.add(given.error(file.key() + " is set too; leave one of them out"));
        }
        return find(itself, ConfigNode::token).or(() -> find(file, ConfigNode::tokenInFile));
    }

    /** A text that messages do not show. */
    Optional<String> optionalSecret(Setting setting) {
        return find(setting, ConfigNode::secret);
    }

    /** The members of a setting of secrets; empty without the setting. */
    Map<String, String> secrets(Setting setting) {
        return find(setting, ConfigNode::secrets).orElse(Map.of());
    }

    Path path(Setting setting) {
        return read(setting, ConfigNode::path);
    }

    Optional<Path> optionalPath(Setting setting) {
        return find(setting, ConfigNode::path);
    }

    Optional<Path> existingFile(Setting setting) {
        return find(setting, ConfigNode::existingFile);
    }

    /** Whether the setting has a value, right or wrong. */
    boolean has(Setting setting) {
        return values.containsKey(setting);
    }
}

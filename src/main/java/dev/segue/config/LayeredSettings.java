package dev.segue.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The value of every setting: from its flag, or else the environment, or else the file, or else its default. */
final class LayeredSettings {

    /** The variable that names the configuration file. The command line reads it. */
    private static final String CONFIG_VARIABLE = "SEGUE_CONFIG";

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

    LayeredSettings(ConfigNode file, Map<String, String> environment, Map<String, String> flags) {
        addDefaults(file.source());
        addFile(file);
        addTexts("environment ", ownVariables(environment), Setting::environmentName);
        addTexts("flag ", flags, Setting::key);
    }

    private void addDefaults(ConfigNode.Source file) {
        for (Setting setting : Setting.values()) {
            @Nullable String text = setting.defaultText();
            if (text != null) {
                values.put(setting, new ConfigNode(file, setting.key(), json(setting, text)));
            }
        }
    }

    private void addFile(ConfigNode file) {
        Set<String> known = new LinkedHashSet<>(Setting.keysOf(""));
        known.addAll(Setting.SECTIONS.keySet());
        known.addAll(Key.names(Configuration.KEYS));
        file.requireKeys(known);
        Configuration.SCHEMA.find(file);
        addSection("", file);
        for (String section : Setting.SECTIONS.keySet()) {
            file.find(section).ifPresent(at -> {
                at.requireKeys(Setting.keysOf(section));
                addSection(section, at);
            });
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
        own.keySet().removeIf(name -> !name.startsWith(Setting.ENVIRONMENT_PREFIX) || name.equals(CONFIG_VARIABLE));
        own.entrySet()
                .removeIf(variable -> SERVICE_LINK
                        .matcher(variable.getKey() + "=" + variable.getValue())
                        .matches());
        return own;
    }

    private void addTexts(String label, Map<String, String> texts, Function<Setting, String> nameOf) {
        ConfigNode.Source source = new ConfigNode.Source(label, Path.of("").toAbsolutePath(), "the working directory");
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            settings.put(nameOf.apply(setting), setting);
        }
        new TreeMap<>(texts).forEach((name, text) -> {
            @Nullable Setting setting = settings.get(name);
            if (setting == null && isSectionOfTheFile(name)) {
                throw new ConfigNode(source, name, text)
                        .error("recommenders and experiments are set in the file alone; name another with --config");
            }
            if (setting == null) {
                throw new ConfigNode(source, name, text).error(DidYouMean.unknown("setting", name, settings.keySet()));
            }
            values.put(setting, new ConfigNode(source, name, json(setting, text)));
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

    private Optional<ConfigNode> find(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    String text(Setting setting) {
        return find(setting).orElseThrow().text();
    }

    Optional<String> optionalText(Setting setting) {
        return find(setting).map(ConfigNode::text);
    }

    long longInteger(Setting setting) {
        return find(setting).orElseThrow().integer(setting.range());
    }

    int integer(Setting setting) {
        return Math.toIntExact(longInteger(setting));
    }

    OptionalInt optionalInteger(Setting setting) {
        return values.containsKey(setting) ? OptionalInt.of(integer(setting)) : OptionalInt.empty();
    }

    boolean bool(Setting setting) {
        return find(setting).orElseThrow().bool();
    }

    /** A token from its setting, or from the file that another setting names; empty without both. */
    Optional<String> token(Setting itself, Setting file) {
        Optional<ConfigNode> given = find(itself);
        Optional<ConfigNode> named = find(file);
        if (given.isPresent() && named.isPresent()) {
            throw given.get().error(file.key() + " is set too; leave one of them out");
        }
        return given.map(ConfigNode::token).or(() -> named.map(ConfigNode::tokenInFile));
    }

    /** The members of a setting of secrets; empty without the setting. */
    Map<String, String> secrets(Setting setting) {
        return find(setting).map(ConfigNode::secrets).orElse(Map.of());
    }

    Path path(Setting setting) {
        return find(setting).orElseThrow().path();
    }

    Optional<Path> existingFile(Setting setting) {
        return find(setting).map(ConfigNode::existingFile);
    }
}

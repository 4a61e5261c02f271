package dev.segue.config;

import static dev.segue.config.Setting.SERVER_ALLOW_HOSTS;
import static dev.segue.config.Setting.SERVER_FORWARDED;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The requests that the server accepts. {@link Setting} describes each setting.
 *
 * @param hosts names of the server in lower case; absent for the defaults
 * @param forwarded whether a proxy's headers are used
 */
public record AccessSettings(Optional<Set<String>> hosts, boolean forwarded) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+([.][a-z0-9_-]+)*");

    public AccessSettings {
        hosts = hosts.map(Set::copyOf);
        for (String name : hosts.orElse(Set.of())) {
            if (!NAME.matcher(name).matches()) {
                throw new ConfigurationException(SERVER_ALLOW_HOSTS.key() + ": \"" + name
                        + "\" is no host name; write such as music.example.org, without scheme and port, several with commas"
                        + " between them");
            }
        }
    }

    static AccessSettings read(LayeredSettings given) {
        return new AccessSettings(
                given.optionalText(SERVER_ALLOW_HOSTS).map(AccessSettings::names), given.bool(SERVER_FORWARDED));
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.toLowerCase(Locale.ROOT).split(",", -1)).collect(Collectors.toSet());
    }
}

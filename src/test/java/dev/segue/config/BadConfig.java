package dev.segue.config;

import java.nio.file.Path;

/** Invalid configurations with one error each, and their messages. */
enum BadConfig {
    MISSPELT_KEY(
            top("'server': {'prt': 1}"),
            "config.json: server.prt: unknown key; did you mean \"port\"? known: host, port, health_port, max_connections,"
                    + " max_requests, selectors, max_threads, max_body_bytes, idle_timeout_seconds, log_wait_ms, recommender_wait_ms, stop_grace_ms, stop_timeout_ms,"
                    + " allow_origin, allow_hosts, forwarded, h2c"),
    MISSPELT_TOP_KEY(
            top("'Servers': {}"),
            "config.json: Servers: unknown key; did you mean \"server\"? known: TRACKS_CATALOG, TRACKS_CATALOG_NN,"
                    + " TRACKS_METADATA, TOP_TRACKS_CATALOG, RECOMMENDATIONS_FILE_PATH, DATA_LOG_FILE,"
                    + " DATA_LOG_FILE_MAX_BYTES, DATA_LOG_FILE_BACKUP_COPIES, STATE_FOLDER, seed, server, log, history, learn, reload,"
                    + " adapters, admin, tls, access_log, rules, recommenders, experiments, $schema"),
    MISSPELT_LOG_KEY(
            top("'log': {'fsync_interval': 1}"),
            "config.json: log.fsync_interval: unknown key; did you mean \"fsync_interval_ms\"? known: fsync_interval_ms,"
                    + " stalled_after_ms, max_backlog_bytes, keep_days"),
    MISSPELT_HISTORY_KEY(
            top("'history': {'listener': 1}"),
            "config.json: history.listener: unknown key; did you mean \"listeners\"? known: listeners, listens,"
                    + " session_timeout_minutes, restore_minutes"),
    LINE_BREAK_IN_KEY(
            top("'server': {'p\\nort': 1}"),
            "config.json: server.p?ort: unknown key; did you mean \"port\"? known: host, port, health_port, max_connections,"
                    + " max_requests, selectors, max_threads, max_body_bytes, idle_timeout_seconds, log_wait_ms, recommender_wait_ms, stop_grace_ms, stop_timeout_ms,"
                    + " allow_origin, allow_hosts, forwarded, h2c"),
    TEXT_FOR_INTEGER(
            top("'server': {'port': 'abc'}"), "config.json: server.port: \"abc\" is no integer from 0 to 65535"),
    QUOTED_INTEGER(top("'server': {'port': '5'}"), "config.json: server.port: \"5\" is no integer from 0 to 65535"),
    FRACTION_FOR_INTEGER(top("'server': {'port': 1.7}"), "config.json: server.port: 1.7 is no integer from 0 to 65535"),
    INTEGER_OUT_OF_RANGE(
            top("'server': {'max_threads': 7}"), "config.json: server.max_threads: 7 is no integer from 8 to 10000"),
    HEALTH_PORT_OUT_OF_RANGE(
            top("'server': {'health_port': 65536}"),
            "config.json: server.health_port: 65536 is no integer from 0 to 65535"),
    TOO_FEW_CONNECTIONS(
            top("'server': {'max_connections': 15}"),
            "config.json: server.max_connections: 15 is no integer from 16 to 1000000"),
    NO_LISTENERS(
            top("'history': {'listeners': 0}"), "config.json: history.listeners: 0 is no integer from 1 to 100000000"),
    INTEGER_BEYOND_64_BITS(
            top("'seed': 9223372036854775808"),
            "config.json: seed: 9223372036854775808 is no integer from -9223372036854775808 to 9223372036854775807"),
    ZERO_BACKUP_COPIES(
            top("'DATA_LOG_FILE_BACKUP_COPIES': 0"),
            "config.json: DATA_LOG_FILE_BACKUP_COPIES: 0 is no integer from 1 to 2147483647"),
    NULL_VALUE(
            top("'server': {'port': null}"),
            "config.json: server.port: null is no integer from 0 to 65535; leave the key out to get the default"),
    NULL_SECTION(
            top("'experiments': null"),
            "config.json: experiments: null is no JSON array; leave the key out to get the default"),
    SECTION_NOT_AN_OBJECT(top("'log': 5"), "config.json: log: 5 is no JSON object"),
    TEXT_FOR_BOOLEAN(
            top("'adapters': {'audiomuse': 'yes'}"),
            "config.json: adapters.audiomuse: \"yes\" is no boolean; write true or false without quotes"),
    TEXT_FOR_SECRETS(
            top("'adapters': {'listenbrainz_tokens': 'hidden'}"),
            "config.json: adapters.listenbrainz_tokens: must be a JSON object of names and secrets, such as"
                    + " {\"name\": \"secret\"}"),
    NUMBER_FOR_SECRET(
            top("'adapters': {'opensubsonic_users': {'anna': 1234}}"),
            "config.json: adapters.opensubsonic_users.anna: must be text of 1 or more characters"),
    NUMBER_FOR_TOKEN(
            top("'admin': {'token': 1234567890123456}"),
            "config.json: admin.token: must have 16 or more printable ASCII characters without spaces; make one with: openssl rand"
                    + " -hex 32"),
    SHORT_TOKEN(
            Schema.ACCEPTS,
            top("'admin': {'token': '123456789012345'}"),
            "config.json: admin.token: must have 16 or more printable ASCII characters without spaces; make one with: openssl rand"
                    + " -hex 32"),
    TOKEN_TWICE(
            Schema.ACCEPTS,
            top("'admin': {'token': '1234567890123456', 'token_file': 'tracks.json'}"),
            "config.json: admin.token: admin.token_file is set too; leave one of them out"),
    MISSING_TOKEN_FILE(
            Schema.ACCEPTS,
            top("'admin': {'token_file': 'x'}"),
            "config.json: admin.token_file: no such file %s/x; paths are relative to the config file"),
    FILE_WITHOUT_TOKEN(
            Schema.ACCEPTS,
            top("'admin': {'token_file': 'tracks.json'}"),
            "config.json: admin.token_file: the first line of %s/tracks.json must have 16 or more printable ASCII characters without"
                    + " spaces; make one with: openssl rand -hex 32"),
    CERTIFICATE_WITHOUT_KEY(
            Schema.ACCEPTS,
            top("'tls': {'certificate': 'tracks.json'}"),
            "config.json: tls.certificate: has no effect without tls.key; set both or leave it out"),
    KEY_WITHOUT_CERTIFICATE(
            Schema.ACCEPTS,
            top("'tls': {'key': 'tracks.json'}"),
            "config.json: tls.key: has no effect without tls.certificate; set both or leave it out"),
    KEY_STORE_WITHOUT_PASSWORD(
            Schema.ACCEPTS,
            top("'tls': {'keystore': 'tracks.json'}"),
            "config.json: tls.keystore: has no effect without tls.password_file or tls.password; set both or leave it out"),
    TWO_KINDS_OF_CERTIFICATE(
            Schema.ACCEPTS,
            top("'tls': {'certificate': 'tracks.json', 'key': 'tracks.json', 'keystore': 'tracks.json',"
                    + " 'password': 'hidden'}"),
            "config.json: tls.keystore: tls.certificate is set too; leave one of them out"),
    H2C_BESIDE_TLS(
            Schema.ACCEPTS,
            top("'server': {'h2c': true}, 'tls': {'certificate': 'tracks.json', 'key': 'tracks.json'}"),
            "config.json: server.h2c: the port speaks TLS, which has HTTP/2 by itself; leave this setting out"),
    PASSWORD_OF_NOTHING(
            Schema.ACCEPTS,
            top("'tls': {'password_file': 'tracks.json'}"),
            "config.json: tls.password_file: has no effect without tls.keystore or tls.key; set both or leave it out"),
    TWO_PASSWORDS(
            Schema.ACCEPTS,
            top("'tls': {'keystore': 'tracks.json', 'password': 'hidden', 'password_file': 'tracks.json'}"),
            "config.json: tls.password_file: tls.password is set too; leave one of them out"),
    MISSING_CERTIFICATE(
            Schema.ACCEPTS,
            top("'tls': {'certificate': 'x', 'key': 'tracks.json'}"),
            "config.json: tls.certificate: no such file %s/x; paths are relative to the config file"),
    LEARNING_INTO_NO_ARM(
            Schema.ACCEPTS,
            top("'learn': {'into': 'T9'}"),
            "config.json: learn.into: there is no arm \"T9\" in the experiment that serves; its arms are C"),
    NUMBER_FOR_PASSWORD(
            top("'tls': {'keystore': 'tracks.json', 'password': 1234}"),
            "config.json: tls.password: must be text of 1 or more characters"),
    NUMBER_FOR_TEXT(top("'server': {'host': 1}"), "config.json: server.host: 1 is no text of 1 or more characters"),
    EMPTY_PATH(top("'DATA_LOG_FILE': ''"), "config.json: DATA_LOG_FILE: \"\" is no text of 1 or more characters"),
    SCHEMA_NOT_A_TEXT(top("'$schema': 1"), "config.json: $schema: 1 is no text of 1 or more characters"),
    LONG_VALUE(
            top("'seed': '" + "x".repeat(200) + "'"),
            "config.json: seed: \"" + "x".repeat(79)
                    + "… is no integer from -9223372036854775808 to 9223372036854775807"),
    NO_CATALOG("{}", "config.json: TRACKS_CATALOG: missing; name the file of the track catalog"),
    TOP_LEVEL_ARRAY("[]", "config.json: the top level is no JSON object; begin with {"),

    INVALID_PATH(
            Schema.ACCEPTS,
            top("'DATA_LOG_FILE': 'a\\u0000b'"),
            "config.json: DATA_LOG_FILE: \"a\\u0000b\" is no path"),
    MISSING_CATALOG(
            Schema.ACCEPTS,
            top("'TRACKS_CATALOG_NN': 'x.json'"),
            "config.json: TRACKS_CATALOG_NN: no such file %s/x.json; paths are relative to the config file"),
    TOO_FEW_THREADS_FOR_SELECTORS(
            Schema.ACCEPTS,
            top("'server': {'selectors': 16, 'max_threads': 19}"),
            "config.json: server.max_threads: 19 are too few for 16 selectors; allow 20 or more"),
    TOO_FEW_THREADS_FOR_SELECTORS_AND_HEALTH_PORT(
            Schema.ACCEPTS,
            top("'server': {'selectors': 16, 'max_threads': 21, 'health_port': 0}"),
            "config.json: server.max_threads: 21 are too few for 16 selectors; allow 22 or more"),
    TOO_FEW_THREADS_FOR_ALL_PORTS(
            Schema.ACCEPTS,
            top("'server': {'selectors': 16, 'max_threads': 23, 'health_port': 0}, 'admin': {'port': 0}"),
            "config.json: server.max_threads: 23 are too few for 16 selectors; allow 24 or more"),
    ADDRESS_FOR_HOST_NAME(
            Schema.ACCEPTS,
            top("'server': {'allow_hosts': 'a.org,https://b.org'}"),
            "server.allow_hosts: \"https://b.org\" is no host name; write such as music.example.org, without scheme and"
                    + " port, several with commas between them"),
    EMPTY_HOST_NAME(
            Schema.ACCEPTS,
            top("'server': {'allow_hosts': 'a.org,'}"),
            "server.allow_hosts: \"\" is no host name; write such as music.example.org, without scheme and"
                    + " port, several with commas between them"),
    EXPERIMENT_NAMED_LIKE_A_FOLDER(
            experiment("'name': '..', 'arms': {'C': 'random'}"),
            "config.json: experiments[0].name: \"..\" is no name; use 1 to 64 of the characters A-Z a-z 0-9 _ . -, but not"
                    + " . or .. alone"),
    FOLDER_FOR_CATALOG(
            Schema.ACCEPTS,
            top("'TRACKS_CATALOG_NN': '.'"),
            "config.json: TRACKS_CATALOG_NN: %s is a folder; name a file"),
    DUPLICATE_KEY(
            Schema.ACCEPTS,
            "{'TRACKS_CATALOG': 'tracks.json',\n 'server': {},\n  'server': {}}",
            "config.json:3:11: duplicate key \"server\"; keep one"),
    MALFORMED(
            Schema.ACCEPTS,
            "{\n  'server': {'port': 1,}\n}",
            "config.json:2:24: malformed JSON; look here and just before for a missing or extra comma, quote or"
                    + " bracket"),
    TRUNCATED(
            Schema.ACCEPTS,
            "{'server': {",
            "config.json:1:13: malformed JSON; look here and just before for a missing or extra comma, quote or"
                    + " bracket"),
    EMPTY("", "config.json: the top level is no JSON object; begin with {"),
    TRAILING_TEXT(
            Schema.ACCEPTS,
            "{'TRACKS_CATALOG': 'tracks.json'}\n {}",
            "config.json:2:2: text after the end of the configuration; remove it"),

    NO_RECOMMENDERS(
            top("'recommenders': {}"),
            "config.json: recommenders: there are none; define one or leave the section out"),
    NAME_WITH_SPACE(
            recommenders("'a b': {'type': 'random'}"),
            "config.json: recommenders: \"a b\" is no name; use 1 to 64 of the characters A-Z a-z 0-9 _ . -, but not . or .. alone"),
    UNKNOWN_TYPE(
            recommenders("'a': {'type': 'toppop'}"),
            "config.json: recommenders.a.type: unknown type \"toppop\"; did you mean \"top-pop\"? known: contextual,"
                    + " new, indexed, top-pop, sticky-artist, random, session,"
                    + " session-knn, blend"),
    NO_TYPE(recommenders("'a': {}"), "config.json: recommenders.a: \"type\" is missing"),
    UNKNOWN_RECOMMENDER_KEY(
            recommenders("'a': {'type': 'random', 'sise': 1}"),
            "config.json: recommenders.a.sise: unknown key; did you mean \"size\"? known: type, size, model, optional,"
                    + " sessions, sources, context, exploration, temperature, best, fallback, rules"),
    SIZE_OF_OTHER_TYPE(
            recommenders("'a': {'type': 'random', 'size': 1}"),
            "config.json: recommenders.a.size: only type \"top-pop\" has a size, not \"random\"; leave it out"),
    SIZE_ZERO(
            recommenders("'a': {'type': 'top-pop', 'size': 0}"),
            "config.json: recommenders.a.size: 0 is no integer from 1 to 2147483647"),
    OPTIONAL_OF_OTHER_TYPE(
            recommenders("'a': {'type': 'random', 'optional': true}"),
            "config.json: recommenders.a.optional: type \"random\" has none; leave it out"),
    MODEL_OF_OTHER_TYPE(
            recommenders("'a': {'type': 'random', 'model': '.'}"),
            "config.json: recommenders.a.model: type \"random\" has none; leave it out"),
    EXPLORATION_OF_OTHER_TYPE(
            recommenders("'a': {'type': 'random', 'exploration': 0.1}"),
            "config.json: recommenders.a.exploration: type \"random\" has none; leave it out"),
    BEST_OF_TYPE_WITHOUT_ORDER(
            recommenders("'a': {'type': 'random', 'best': 5}"),
            "config.json: recommenders.a.best: type \"random\" has no order of its tracks; leave it out"),
    BEST_ZERO(
            recommenders("'a': {'type': 'top-pop', 'best': 0}"),
            "config.json: recommenders.a.best: 0 is no integer from 1 to 1000"),
    BEST_WITH_EXPLORATION(
            recommenders("'a': {'type': 'contextual', 'best': 5, 'exploration': 0.1}"),
            "config.json: recommenders.a.best: draws from the best tracks in another way than exploration and temperature;"
                    + " leave out the one or the others"),
    SESSION_WITHOUT_MODEL(
            recommenders("'a': {'type': 'session'}"),
            "config.json: recommenders.a.model: missing; type \"session\" needs the folder that segue train wrote"),
    MISSING_MODEL(
            Schema.ACCEPTS,
            recommenders("'a': {'type': 'session', 'model': 'nowhere'}"),
            "config.json: recommenders.a.model: no such folder %s/nowhere; paths are relative to the config file"),
    FILE_FOR_MODEL(
            Schema.ACCEPTS,
            recommenders("'a': {'type': 'session', 'model': 'tracks.json'}"),
            "config.json: recommenders.a.model: %s/tracks.json is a file; name a folder"),
    EXPLORATION_ABOVE_1(
            recommenders("'a': {'type': 'session', 'model': '.', 'exploration': 1.5}"),
            "config.json: recommenders.a.exploration: 1.5 is no number from 0 to 1"),
    TEMPERATURE_OF_OTHER_TYPE(
            recommenders("'a': {'type': 'indexed', 'temperature': 0.1}"),
            "config.json: recommenders.a.temperature: type \"indexed\" has none; leave it out"),
    MISSING_MODEL_OF_NEW(
            Schema.ACCEPTS,
            recommenders("'a': {'type': 'new', 'model': 'nowhere'}"),
            "config.json: recommenders.a.model: no such folder %s/nowhere; paths are relative to the config file"),
    CONTEXT_OF_OTHER_TYPE(
            recommenders("'a': {'type': 'random', 'context': 'first'}"),
            "config.json: recommenders.a.context: type \"random\" has none; leave it out"),
    CONTEXT_BESIDE_A_MODEL(
            recommenders("'a': {'type': 'new', 'model': '.', 'context': 'first'}"),
            "config.json: recommenders.a.context: type \"new\" with a model goes out from the context of its training, and has none;"
                    + " leave it out"),
    UNKNOWN_CONTEXT(
            recommenders("'a': {'type': 'new', 'context': 'frist'}"),
            "config.json: recommenders.a.context: unknown context \"frist\"; did you mean \"first\"? known: first, previous"),
    TEMPERATURE_BELOW_0(
            recommenders("'a': {'type': 'session', 'model': '.', 'temperature': -0.1}"),
            "config.json: recommenders.a.temperature: -0.1 is no number of 0 or more"),
    KNN_WITHOUT_SESSIONS(
            recommenders("'a': {'type': 'session-knn'}"),
            "config.json: recommenders.a.sessions: missing; type \"session-knn\" needs an event log, a file or a folder"),
    MISSING_SESSIONS(
            Schema.ACCEPTS,
            recommenders("'a': {'type': 'session-knn', 'sessions': 'nowhere'}"),
            "config.json: recommenders.a.sessions: no such file or folder %s/nowhere; paths are relative to the config"
                    + " file"),
    BLEND_WITHOUT_SOURCES(
            recommenders("'a': {'type': 'blend'}"),
            "config.json: recommenders.a.sources: missing; type \"blend\" needs names of other recommenders"),
    BLEND_OF_AN_UNKNOWN_RECOMMENDER(
            Schema.ACCEPTS,
            recommenders("'a': {'type': 'blend', 'sources': ['i2i']}"),
            "config.json: recommender a blends recommender \"i2i\"; config.json defines: r, a"),
    BLEND_OF_ITSELF(
            Schema.ACCEPTS,
            recommenders("'a': {'type': 'blend', 'sources': ['a']}"),
            "config.json: recommender a blends recommender \"a\", which is a blend itself; name its sources"),
    SOURCE_TWICE(
            recommenders("'a': {'type': 'blend', 'sources': ['r', 'r']}"),
            "config.json: recommenders.a.sources: names \"r\" twice; name each once"),
    BLEND_WITH_A_WEIGHT_OF_0(
            recommenders("'a': {'type': 'blend', 'sources': {'r': 0}}"),
            "config.json: recommenders.a.sources.r: 0.0 is no number above 0"),
    FALLBACK_TWICE(
            recommenders("'a': {'type': 'indexed', 'fallback': ['r', 'r']}"),
            "config.json: recommenders.a.fallback: names \"r\" twice; name each once"),
    FALLBACK_NOT_A_TEXT(
            recommenders("'a': {'type': 'indexed', 'fallback': [5]}"),
            "config.json: recommenders.a.fallback[0]: 5 is no text of 1 or more characters"),
    FALLBACK_TO_ITSELF(
            Schema.ACCEPTS,
            recommenders("'a': {'type': 'indexed', 'fallback': ['a']}"),
            "config.json: recommender a falls back to itself; remove that"),
    FALLBACK_TO_AN_UNKNOWN_RECOMMENDER(
            Schema.ACCEPTS,
            recommenders("'a': {'type': 'indexed', 'fallback': ['i2ii']}"),
            "config.json: recommender a falls back to recommender \"i2ii\"; config.json defines: r, a"),
    NEW_WITHOUT_NN_CATALOG(
            Schema.ACCEPTS,
            recommenders("'a': {'type': 'new'}"),
            "config.json: recommender a of type \"new\" needs TRACKS_CATALOG_NN; name that catalog or remove the"
                    + " recommender"),

    UNKNOWN_RULE(
            top("'rules': ['no-repeats']"),
            "config.json: rules[0]: unknown rule \"no-repeats\"; did you mean \"no-repeat\"? known: no-repeat,"
                    + " artist-spacing, skip-memory, mmr"),
    RULES_NOT_AN_ARRAY(top("'rules': 'no-repeat'"), "config.json: rules: \"no-repeat\" is no JSON array"),
    RULE_WITHOUT_TYPE(top("'rules': [{'gap': 1}]"), "config.json: rules[0]: \"type\" is missing"),
    KEY_OF_ANOTHER_RULE(
            top("'rules': [{'type': 'no-repeat', 'gap': 1}]"),
            "config.json: rules[0].gap: unknown key; did you mean \"type\"? known: type, hours"),
    NO_HOURS(
            top("'rules': [{'type': 'no-repeat', 'hours': 0}]"),
            "config.json: rules[0].hours: 0 is no integer from 1 to 8760"),
    RULE_OUT_OF_RANGE(
            recommenders("'a': {'type': 'indexed', 'rules': [{'type': 'artist-spacing', 'most': 0}]}"),
            "config.json: recommenders.a.rules[0].most: 0 is no integer from 1 to 1000"),
    SKIPPED_ABOVE_ONE(
            top("'rules': [{'type': 'skip-memory', 'skipped': 2}]"),
            "config.json: rules[0].skipped: 2 is no number from 0 to 1"),
    LAMBDA_ABOVE_ONE(
            top("'rules': [{'type': 'mmr', 'lambda': 1.5}]"),
            "config.json: rules[0].lambda: 1.5 is no number from 0 to 1"),
    POOL_OF_ONE(
            top("'rules': [{'type': 'mmr', 'pool': 1}]"), "config.json: rules[0].pool: 1 is no integer from 2 to 1000"),
    SKIPPED_ABOVE_LIKED(
            Schema.ACCEPTS,
            top("'rules': [{'type': 'skip-memory', 'skipped': 0.6}]"),
            "config.json: rules[0].skipped: 0.6 and liked: 0.5 must be fractions from 0 to 1, skipped the smaller one"),

    ARM_WITH_AN_UNKNOWN_RECOMMENDER(
            Schema.ACCEPTS,
            experiment("'name': 'X', 'arms': {'C': 'random', 'T1': 'i2ii'}"),
            "config.json: treatment T1 of experiment X names recommender \"i2ii\"; config.json defines: contextual,"
                    + " indexed, top-pop, sticky-artist, random"),
    ARMS_OUT_OF_ORDER(
            Schema.ACCEPTS,
            experiment("'name': 'X', 'arms': {'T1': 'random', 'C': 'random'}"),
            "config.json: experiments[0].arms: \"T1\" stands where \"C\" belongs; arms are named C, T1, T2, … in this"
                    + " order"),
    ARM_LEFT_OUT(
            Schema.ACCEPTS,
            experiment("'name': 'X', 'arms': {'C': 'random', 'T2': 'random'}"),
            "config.json: experiments[0].arms: \"T2\" stands where \"T1\" belongs; arms are named C, T1, T2, … in this"
                    + " order"),
    NO_ARMS(
            experiment("'name': 'X', 'arms': {}"),
            "config.json: experiments[0].arms: there are 0; give 1 to 64 of them"),
    TOO_MANY_ARMS(
            experiment("'name': 'X', 'arms': {'C': 'random'" + arms(64) + "}"),
            "config.json: experiments[0].arms: there are 65; give 1 to 64 of them"),
    WEIGHTS_OF_OTHER_ARMS(
            Schema.ACCEPTS,
            experiment("'name': 'X', 'arms': {'C': 'random'}, 'weights': {'C': 1, 'T1': 1}"),
            "config.json: experiments[0].weights: are for C, T1; the arms are C"),
    WEIGHT_ZERO(
            experiment("'name': 'X', 'arms': {'C': 'random'}, 'weights': {'C': 0}"),
            "config.json: experiments[0].weights.C: 0 is no integer from 1 to 1000000"),
    TRAFFIC_ABOVE_ONE(
            experiment("'name': 'X', 'arms': {'C': 'random'}, 'traffic': 1.01"),
            "config.json: experiments[0].traffic: 1.01 is no number from 0 to 1"),
    TRAFFIC_BEYOND_A_DOUBLE(
            experiment("'name': 'X', 'arms': {'C': 'random'}, 'traffic': " + "9".repeat(400)),
            "config.json: experiments[0].traffic: " + "9".repeat(80) + "… is no number from 0 to 1"),
    QUOTED_TRAFFIC(
            experiment("'name': 'X', 'arms': {'C': 'random'}, 'traffic': '1'"),
            "config.json: experiments[0].traffic: \"1\" is no number from 0 to 1"),
    FORCED_TO_UNKNOWN_ARM(
            Schema.ACCEPTS,
            experiment("'name': 'X', 'arms': {'C': 'random'}, 'forced': {'42': 'T1'}"),
            "config.json: experiments[0].forced.42: there is no arm \"T1\"; the arms are C"),
    FORCED_LISTENER_WITHOUT_ID(
            experiment("'name': 'X', 'arms': {'C': 'random'}, 'forced': {'': 'C'}"),
            "config.json: experiments[0].forced: a listener's id has 1 to 128 characters, not 0"),
    UNKNOWN_EXPERIMENT_KEY(
            experiment("'name': 'X', 'arms': {'C': 'random'}, 'weight': {}"),
            "config.json: experiments[0].weight: unknown key; did you mean \"weights\"? known: name, arms, weights,"
                    + " traffic, forced, serves"),
    EXPERIMENT_WITHOUT_NAME(experiment("'arms': {'C': 'random'}"), "config.json: experiments[0]: \"name\" is missing"),
    EXPERIMENT_WITHOUT_ARMS(experiment("'name': 'X'"), "config.json: experiments[0]: \"arms\" is missing"),
    EXPERIMENT_NAME_TOO_LONG(
            experiment("'name': '" + "x".repeat(65) + "', 'arms': {'C': 'random'}"),
            "config.json: experiments[0].name: \"" + "x".repeat(65)
                    + "\" is no name; use 1 to 64 of the characters A-Z a-z 0-9 _ . -, but not . or .. alone"),
    SAME_NAME_TWICE(
            Schema.ACCEPTS,
            top("'experiments': [{'name': 'X', 'arms': {'C': 'random'}, 'serves': true},"
                    + " {'name': 'X', 'arms': {'C': 'random'}}]"),
            "config.json: experiments: two are named \"X\"; rename one"),
    NO_EXPERIMENT_SERVES(
            top("'experiments': [{'name': 'X', 'arms': {'C': 'random'}}]"),
            "config.json: experiments: 0 have \"serves\": true; exactly one must have it, and serves the requests"),
    TWO_SERVE(
            top("'experiments': [{'name': 'X', 'arms': {'C': 'random'}, 'serves': true},"
                    + " {'name': 'Y', 'arms': {'C': 'random'}, 'serves': true}]"),
            "config.json: experiments: 2 have \"serves\": true; exactly one must have it, and serves the requests"),
    QUOTED_TRUE(
            top("'experiments': [{'name': 'X', 'arms': {'C': 'random'}, 'serves': 'true'}]"),
            "config.json: experiments[0].serves: \"true\" is no boolean; write true or false without quotes");

    /** Whether the JSON Schema refuses the file. */
    private enum Schema {
        REFUSES,
        ACCEPTS
    }

    private final Schema schema;
    private final String json;
    private final String message;

    BadConfig(String json, String message) {
        this(Schema.REFUSES, json, message);
    }

    BadConfig(Schema schema, String json, String message) {
        this.schema = schema;
        this.json = json;
        this.message = message;
    }

    private static String top(String members) {
        return "{'TRACKS_CATALOG': 'tracks.json', " + members + "}";
    }

    private static String recommenders(String more) {
        return top("'recommenders': {'r': {'type': 'random'}, " + more
                + "}, 'experiments': [{'name': 'X', 'arms': {'C': 'r'}, 'serves': true}]");
    }

    private static String experiment(String members) {
        return top("'experiments': [{" + members + ", 'serves': true}]");
    }

    private static String arms(int last) {
        StringBuilder arms = new StringBuilder();
        for (int i = 1; i <= last; i++) {
            arms.append(", 'T").append(i).append("': 'random'");
        }
        return arms.toString();
    }

    /** Returns the text of the file, with ' for ". */
    String json() {
        return json;
    }

    String message(Path folder) {
        return message.replace("%s", folder.toString());
    }

    boolean schemaRefuses() {
        return schema == Schema.REFUSES;
    }
}

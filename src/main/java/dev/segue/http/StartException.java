package dev.segue.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Objects;

/** The server cannot start. The message has the reason and a remedy. */
public final class StartException extends RuntimeException {

    StartException(String message, Throwable cause) {
        super(message, cause);
    }

    static StartException cannotServe(Exception failed) {
        return new StartException("cannot start the HTTP server: " + failed.getMessage(), failed);
    }

    /** Whether it is for the host or for the port is found out here: the exceptions' words differ by platform. */
    static StartException cannotListen(SelectorConnector port, IOException refused) {
        String host = port.getHost();
        String reason = Objects.requireNonNullElse(refused.getCause(), refused).getMessage();
        boolean isBareIpv6 = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
        String where = "cannot listen on " + (isBareIpv6 ? "[" + host + "]" : host) + ":" + port.getPort();
        return isOfThisMachine(host)
                ? new StartException(
                        where + " (" + reason + "): stop what uses the port or choose another with "
                                + port.kind().port(),
                        refused)
                : new StartException(
                        where + ": " + host + " is no address of this machine; choose another with "
                                + port.kind().host() + ", such as" + " 127.0.0.1, or 0.0.0.0 for all",
                        refused);
    }

    private static boolean isOfThisMachine(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException unknown) {
            return false;
        }
    }
}

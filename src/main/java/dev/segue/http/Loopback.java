package dev.segue.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The loopback interface, which only programs of the same machine reach. */
final class Loopback {

    private Loopback() {}

    /** Whether a server that listens on an address listens on the loopback interface alone. */
    static boolean isAddress(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false; // a server cannot listen on it
        }
    }
}

package dev.segue.http;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Reads certificates from PEM. */
final class PemCertificates {

    private PemCertificates() {}

    /**
     * The certificates of a file, in its order.
     *
     * @throws GeneralSecurityException if it has none; the message has the remedy
     */
    static Certificate[] read(byte[] pem) throws GeneralSecurityException {
        Certificate[] certificates;
        try {
            certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .toArray(Certificate[]::new);
        } catch (CertificateException malformed) {
            throw new CertificateException(
                    "is no PEM file of certificates; it begins with -----BEGIN CERTIFICATE-----", malformed);
        }
        if (certificates.length == 0) {
            throw new CertificateException("has no certificate; it begins with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }
}

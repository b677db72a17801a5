package io.jenkins.plugins.supabase.core.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation as the range of its addresses.
 *
 * @param first as a number
 * @param last  inclusive
 */
record Network(boolean isIpv6, BigInteger first, BigInteger last) {
    private static final Pattern ADDRESS_4 = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final Pattern ADDRESS_6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final int BITS_4 = 32;
    private static final int BITS_6 = 128;

    /**
     * @param text an address alone is the network that holds just it
     * @throws IllegalArgumentException where it is no network
     */
    static Network of(String text) {
        String[] parts = text.strip().split("/", -1);
        boolean six = ADDRESS_6.matcher(parts[0]).matches();
        if (parts.length > 2 || (!six && !ADDRESS_4.matcher(parts[0]).matches())) {
            throw new IllegalArgumentException();
        }
        int bits = six ? BITS_6 : BITS_4;
        int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException();
        }
        BigInteger size = BigInteger.ONE.shiftLeft(bits - prefix);
        BigInteger first = new BigInteger(1, bytes(parts[0], six)).divide(size).multiply(size);
        return new Network(six, first, first.add(size).subtract(BigInteger.ONE));
    }

    /** Never asks a name server: only what looks like an address gets here. */
    private static byte[] bytes(String address, boolean six) {
        try {
            byte[] bytes = java.net.InetAddress.getByName(address).getAddress();
            if (bytes.length == (six ? BITS_6 : BITS_4) / Byte.SIZE) {
                return bytes;
            }
        } catch (java.net.UnknownHostException e) {
            // Told below.
        }
        throw new IllegalArgumentException();
    }

    /** @return whether some address of {@code others} is in none of {@code those} */
    static boolean wider(List<String> others, List<String> those) {
        List<Network> covering = new ArrayList<>(those.stream().map(Network::of).toList());
        covering.sort(Comparator.comparing(Network::isIpv6).thenComparing(Network::first));
        return others.stream().map(Network::of).anyMatch(network -> !network.isCoveredBy(covering));
    }

    private boolean isCoveredBy(List<Network> sorted) {
        BigInteger next = first;
        for (Network network : sorted) {
            boolean touches = network.isIpv6 == isIpv6 && network.first.compareTo(next) <= 0;
            if (touches && network.last.compareTo(next) >= 0) {
                next = network.last.add(BigInteger.ONE);
            }
        }
        return next.compareTo(last) > 0;
    }
}

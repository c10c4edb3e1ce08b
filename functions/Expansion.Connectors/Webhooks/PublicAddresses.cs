using System.Net;
using System.Net.Sockets;

namespace Expansion.Connectors.Webhooks;

/// <summary>Addresses of the public Internet, by IANA's registries of special-purpose addresses: whatever isn't surely public isn't.</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] Special4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    /// <summary>Among them those that hold an IPv4 address, which would lead anywhere: Teredo and 6to4.</summary>
    private static readonly IPNetwork[] Special6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool IsPublic(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Special4, network => network.Contains(address))
            : Global6.Contains(address) && !Array.Exists(Special6, network => network.Contains(address));
    }
}

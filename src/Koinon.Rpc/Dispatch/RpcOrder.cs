namespace Koinon.Rpc.Dispatch;

/// <summary>Which methods only read, by the names of the field.</summary>
internal static class RpcOrder
{
    private static readonly string[] ReadingNamespaces =
        ["eth", "debug", "net", "ots", "rpc", "trace", "txpool", "web3"];

    /// <summary>Beginnings of names in those namespaces that do more than read.</summary>
    private static readonly string[] Writing =
    [
        "eth_send", "eth_sign", "eth_resend", "eth_fill", "eth_new", "eth_getFilter", "eth_uninstall", "eth_subscribe",
        "eth_unsubscribe", "eth_submit", "debug_set", "debug_clear", "txpool_remove", "txpool_clear",
    ];

    /// <summary>Whether a method must keep its place among those that one caller asks.</summary>
    public static bool IsOrdered(string name)
    {
        int end = name.IndexOfAny(['_', '.']);
        return end < 0
            || !ReadingNamespaces.Contains(name[..end])
            || Writing.Any(start => name.StartsWith(start, StringComparison.Ordinal));
    }
}

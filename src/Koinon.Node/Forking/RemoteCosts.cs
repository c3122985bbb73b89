namespace Koinon.Node.Forking;

/// <summary>What methods cost in the units that providers count, about.</summary>
internal static class RemoteCosts
{
    private const int Usual = 17;

    /// <summary>The units of a call.</summary>
    public static int Of(string method) => method switch
    {
        "eth_chainId" or "net_version" or "eth_blockNumber" or "web3_clientVersion" => 1,
        "eth_call" or "eth_estimateGas" or "eth_createAccessList" or "eth_getProof" or "eth_getCode" => 26,
        "eth_getLogs" or "eth_getBlockReceipts" => 75,
        _ when method.StartsWith("debug_", StringComparison.Ordinal) => 170,
        _ when method.StartsWith("trace_", StringComparison.Ordinal) => 75,
        _ => Usual,
    };

    /// <summary>The units of calls together.</summary>
    public static int Of(IReadOnlyList<RemoteCall> calls)
    {
        int units = 0;
        foreach (RemoteCall call in calls)
        {
            units += Of(call.Method);
        }

        return units;
    }
}

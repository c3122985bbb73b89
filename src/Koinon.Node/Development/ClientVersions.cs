using Koinon.Rpc.Development.Manners;

namespace Koinon.Node.Development;

/// <summary>What a development chain says it is: tools look for the names of its models and refuse others.</summary>
internal static class ClientVersions
{
    /// <summary>The version of anvil whose answers were compared.</summary>
    private const string Anvil = "1.7.1";

    /// <summary>The version of Hardhat whose answers were compared.</summary>
    private const string Hardhat = "2.29.1";

    /// <summary>The text for a manner.</summary>
    public static string Of(Manner manner)
    {
        string own = typeof(ClientVersions).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
        return manner == Manner.Hardhat ? $"HardhatNetwork/{Hardhat}/koinon/{own}" : $"anvil/v{Anvil}/koinon/{own}";
    }
}

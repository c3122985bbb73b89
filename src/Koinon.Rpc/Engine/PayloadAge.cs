using Koinon.Chain.Networks;

namespace Koinon.Rpc.Engine;

/// <summary>
/// How much a payload holds: each step is the rules that brought a new version of the methods. Numbers are those of
/// <c>engine_getPayload</c>.
/// </summary>
internal static class PayloadAge
{
    /// <summary>Transactions alone.</summary>
    public const int Bare = 1;

    /// <summary>Withdrawals too (EIP-4895).</summary>
    public const int Withdrawals = 2;

    /// <summary>Blobs and the beacon root too (EIP-4844, EIP-4788).</summary>
    public const int Blobs = 3;

    /// <summary>Requests too (EIP-7685).</summary>
    public const int Requests = 4;

    /// <summary>Blobs are proven cell by cell (EIP-7594).</summary>
    public const int Cells = 5;

    /// <summary>What the payloads of some rules hold.</summary>
    public static int Of(ActiveRules rules) =>
        rules.Rules.Requests is not null ? rules.Rules.SidecarVersion == 0 ? Requests : Cells
        : rules.Blobs is not null ? Blobs
        : rules.Rules.HasWithdrawals ? Withdrawals
        : Bare;
}

using Koinon.Chain.Forks;
using Koinon.Primitives;

namespace Koinon.Chain.Networks;

/// <summary>The networks that official tests name: one fork from the genesis on, or one fork after another.</summary>
public static class TestNetworks
{
    private const string AtTime = "AtTime";
    private const string AtDifficulty = "AtDiff";
    private const string At = "At";

    /// <summary>Reads the name of a test network.</summary>
    /// <param name="name">
    /// A fork's name, or two as in <c>ParisToShanghaiAtTime15k</c>, <c>BerlinToLondonAt5</c> and
    /// <c>ArrowGlacierToParisAtDiffC0000</c> (hexadecimal). <c>HomesteadToDaoAt5</c> is Homestead with the irregular
    /// change of state at block 5.
    /// </param>
    /// <param name="chainId">The chain's number.</param>
    /// <param name="blobSchedule">Blob parameters by fork as the test gives them; may be empty.</param>
    /// <param name="parameters">The network where the name is known.</param>
    public static bool TryParse(
        string name,
        in UInt256 chainId,
        IReadOnlyDictionary<string, BlobParameters> blobSchedule,
        out NetworkParameters? parameters)
    {
        parameters = null;
        int to = name.IndexOf("To", StringComparison.Ordinal);
        if (to < 0)
        {
            if (TryActivate(name, ActivationKind.Number, UInt256.Zero, blobSchedule, out ForkActivation? only))
            {
                parameters = new NetworkParameters { ChainId = chainId, Activations = [only!] };
            }

            return parameters is not null;
        }

        int at = name.LastIndexOf(At, StringComparison.Ordinal);
        if (at < to
            || !TryActivate(name[..to], ActivationKind.Number, UInt256.Zero, blobSchedule, out ForkActivation? former)
            || !TryParseAt(name.AsSpan(at), out ActivationKind kind, out UInt256 when))
        {
            return false;
        }

        string later = name[(to + 2)..at];
        if (later == "Dao")
        {
            parameters = new NetworkParameters
            {
                ChainId = chainId,
                Activations = [former!],
                DaoForkNumber = (ulong)when,
            };
        }
        else if (TryActivate(later, kind, when, blobSchedule, out ForkActivation? next))
        {
            parameters = new NetworkParameters { ChainId = chainId, Activations = [former!, next!] };
        }

        return parameters is not null;
    }

    private static bool TryActivate(
        string fork,
        ActivationKind kind,
        in UInt256 at,
        IReadOnlyDictionary<string, BlobParameters> blobSchedule,
        out ForkActivation? activation)
    {
        BlobParameters? blobs = null;
        foreach ((string key, BlobParameters value) in blobSchedule)
        {
            if (string.Equals(key, fork, StringComparison.OrdinalIgnoreCase))
            {
                blobs = value;
            }
        }

        // A fork of blob parameters alone stands on the newest rules.
        bool changesBlobsOnly = fork.StartsWith("BPO", StringComparison.Ordinal);
        bool known = BlockForkList.TryFind(changesBlobsOnly ? "Osaka" : fork, out BlockRules rules);
        activation = known && (!changesBlobsOnly || blobs is not null)
            ? new ForkActivation(kind, at, rules, blobs)
            : null;
        return activation is not null;
    }

    private static bool TryParseAt(ReadOnlySpan<char> text, out ActivationKind kind, out UInt256 at)
    {
        at = UInt256.Zero;
        if (text.StartsWith(AtTime))
        {
            kind = ActivationKind.Time;
            text = text[AtTime.Length..];
            bool thousands = text.EndsWith("k");
            bool parsed = ulong.TryParse(thousands ? text[..^1] : text, out ulong seconds);
            at = thousands ? (UInt256)seconds * 1000 : seconds;
            return parsed;
        }

        if (text.StartsWith(AtDifficulty))
        {
            kind = ActivationKind.ParentTotalDifficulty;
            return UInt256.TryParse(string.Concat("0x", text[AtDifficulty.Length..]), out at);
        }

        kind = ActivationKind.Number;
        bool isNumber = ulong.TryParse(text[At.Length..], out ulong number);
        at = number;
        return isNumber;
    }
}

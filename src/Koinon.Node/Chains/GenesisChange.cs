using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;

namespace Koinon.Node.Chains;

/// <summary>
/// Whether a chain may go on under another genesis file of the same hash: the hash covers neither the chain's number
/// nor its forks. Forks that have not begun may be planned anew; those that blocks followed may not.
/// </summary>
internal static class GenesisChange
{
    /// <summary>Compares what a data directory was made with and what is given now.</summary>
    /// <returns>What does not fit and what would help, if anything.</returns>
    public static string? Refuse(NetworkParameters kept, NetworkParameters given, LedgerBlock head)
    {
        if (kept.ChainId != given.ChainId)
        {
            return $"the data directory holds chain {kept.ChainId}, and the given genesis is of chain {given.ChainId}: "
                + "give the genesis file that the directory was made with, or another directory";
        }

        ForkActivation[] followed = [.. Begun(kept, head)], planned = [.. Begun(given, head)];
        for (int i = 0; i < Math.Max(followed.Length, planned.Length); i++)
        {
            ForkActivation? before = i < followed.Length ? followed[i] : null;
            ForkActivation? now = i < planned.Length ? planned[i] : null;
            if (NameOf(before) != NameOf(now))
            {
                return $"blocks up to {head.Number} followed {NameOf(before)}, and the given genesis says "
                    + $"{NameOf(now)}: a fork that has begun cannot be moved";
            }
        }

        return null;
    }

    private static IEnumerable<ForkActivation> Begun(NetworkParameters network, LedgerBlock head) =>
        network.Activations.TakeWhile((activation, index) => index == 0 || activation.Kind switch
        {
            ActivationKind.Number => activation.At <= head.Number,
            ActivationKind.Time => activation.At <= head.Header.Timestamp,
            _ => activation.At <= head.TotalDifficulty,
        });

    private static string NameOf(ForkActivation? activation) => activation is null
        ? "no further fork"
        : $"{activation.Rules?.Name ?? "a blob schedule"} from {activation.Kind.ToString().ToLowerInvariant()} "
            + $"{activation.At} on";
}

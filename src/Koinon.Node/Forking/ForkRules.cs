using Koinon.Chain.Forks;
using Koinon.Chain.Networks;
using Koinon.Node.Development;
using Koinon.Primitives.Blocks;
using Koinon.Primitives;

namespace Koinon.Node.Forking;

/// <summary>The rules that hold on a forked chain: those of the fork block, for all that follows.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Origin">Where they were taken from, for people.</param>
internal sealed record ForkRules(ActiveRules Rules, string Origin)
{
    /// <summary>Chooses them.</summary>
    /// <param name="asked">The name of a fork; the network's where it is left out.</param>
    /// <param name="chainId">The remote chain's number.</param>
    /// <param name="header">The fork block's header.</param>
    /// <exception cref="ForkException">No fork has the name.</exception>
    public static ForkRules Of(string? asked, ulong chainId, BlockHeader header)
    {
        if (asked is not null)
        {
            string letters = HardforkNames.Compared(asked);
            foreach (BlockRules rules in BlockForkList.All)
            {
                if (letters == HardforkNames.Compared(rules.Execution.Name))
                {
                    return new ForkRules(new ActiveRules(rules, rules.Blobs), "as asked");
                }
            }

            throw new ForkException($"--hardfork {asked} is not known");
        }

        if (NamedNetworks.TryFind(chainId, out NetworkParameters? network))
        {
            // Whether proof of work was over is seen in the block itself.
            UInt256 work = header.Difficulty.IsZero ? UInt256.MaxValue : UInt256.Zero;
            return new ForkRules(
                new NetworkSchedule(network).At(header.Number, header.Timestamp, work), "as at the fork block");
        }

        BlockRules newest = BlockForkList.All[^1];
        return new ForkRules(
            new ActiveRules(newest, newest.Blobs), $"the newest, since chain {chainId} is not known");
    }
}

using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;

namespace Koinon.Rpc.Execution;

/// <summary>The hashes that BLOCKHASH sees in a simulation: those of its own blocks, then the chain's.</summary>
/// <param name="simulated">The blocks so far, each the child of the one before.</param>
/// <param name="below">The chain's, the block that the first stands on included.</param>
internal sealed class SimulatedHashes(IReadOnlyList<LedgerBlock> simulated, IBlockHashes below) : IBlockHashes
{
    /// <inheritdoc/>
    public bool TryGet(ulong number, out Hash256 hash)
    {
        if (simulated.Count == 0 || number < simulated[0].Number)
        {
            return below.TryGet(number, out hash);
        }

        ulong index = number - simulated[0].Number;
        bool isKnown = index < (ulong)simulated.Count;
        hash = isKnown ? simulated[(int)index].Hash : Hash256.Zero;
        return isKnown;
    }

    /// <inheritdoc/>
    public bool IsUnavailable(ulong number) => below.IsUnavailable(number);
}

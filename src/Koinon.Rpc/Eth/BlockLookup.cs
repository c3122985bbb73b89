using Koinon.Chain.Ledger;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>Finds the block a request speaks of, and its state.</summary>
/// <param name="ledger">The chain.</param>
public sealed class BlockLookup(Ledger ledger)
{
    /// <summary>The chain.</summary>
    public Ledger Ledger => ledger;

    /// <summary>Finds a block.</summary>
    /// <returns>The block, or <see langword="null"/> where the chain has none of that name.</returns>
    /// <remarks>Until the pool's block is shown as pending, the head stands for it.</remarks>
    public LedgerBlock? Find(in BlockReference reference)
    {
        LedgerBlock? block;
        switch (reference.Tag)
        {
            case BlockTag.Number:
                return ledger.TryGet(reference.Number, out block) ? block : null;
            case BlockTag.Hash:
                bool isFound = ledger.TryGet(reference.Hash, out block);
                return isFound && (!reference.RequiresCanonical || ledger.IsCanonical(block!)) ? block : null;
            case BlockTag.Earliest:
                return ledger.GenesisBlock;
            case BlockTag.Safe:
                return ledger.Safe ?? ledger.GenesisBlock;
            case BlockTag.Finalized:
                return ledger.Finalized ?? ledger.GenesisBlock;
            default:
                return ledger.Head;
        }
    }

    /// <summary>Finds a block that must be there.</summary>
    public RpcResult<LedgerBlock> Require(in BlockReference reference) =>
        Find(reference) is { } block ? block : RpcError.Server("header not found");

    /// <summary>Finds the state after a block.</summary>
    public RpcResult<IStateView> RequireState(in BlockReference reference)
    {
        if (Find(reference) is not { } block)
        {
            return RpcError.Server("header not found");
        }

        return block.State is { } state
            ? new RpcResult<IStateView>(state)
            : RpcError.Server($"missing state: that of block {block.Number} is no longer kept");
    }
}

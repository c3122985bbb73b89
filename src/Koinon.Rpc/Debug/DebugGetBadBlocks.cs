using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_getBadBlocks</c>: the blocks that were refused last, the newest first, with reasons.</summary>
/// <param name="ledger">The chain.</param>
public sealed class DebugGetBadBlocks(Ledger ledger) : RpcQuery<NoParameters, IReadOnlyList<BadBlockJson>>
{
    /// <inheritdoc/>
    public override string Name => "debug_getBadBlocks";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<BadBlockJson>> Answer(NoParameters parameters) =>
        new([.. ledger.Refused.List().Select(ShapeOf)]);

    private BadBlockJson ShapeOf(RefusedBlock refused)
    {
        BlockHeader header = refused.Block.Header;
        LedgerBlock block = new()
        {
            Block = refused.Block,
            Sealed = new SealedHeader(header, refused.Hash, header.Beneficiary),
            Rules = ledger.Schedule.At(header.Number, header.Timestamp, UInt256.MaxValue),
            TotalDifficulty = UInt256.Zero,
            Receipts = [],
            State = null,
        };
        BlockVerdict verdict = refused.Verdict;
        return new BadBlockJson(
            BlockJson.Of(block, ledger.Consensus.HashOf, wholeTransactions: true),
            refused.Hash,
            refused.Block.Encode(),
            verdict.Detail is null ? $"{verdict.Error}" : $"{verdict.Error}: {verdict.Detail}");
    }
}

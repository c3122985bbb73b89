using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_getRawReceipts</c>: the receipts of a block, each as the receipts' root is of it.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class DebugGetRawReceipts(BlockLookup blocks) : RpcQuery<BlockReference, IReadOnlyList<HexData>>
{
    /// <inheritdoc/>
    public override string Name => "debug_getRawReceipts";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.StrictBlock();

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<HexData>> Answer(BlockReference parameters)
    {
        RpcResult<LedgerBlock> found = blocks.Require(parameters);
        return found.Error is null
            ? new RpcResult<IReadOnlyList<HexData>>([.. found.Value!.Receipts.Select(RawEncoding.Of)])
            : found.Error;
    }
}

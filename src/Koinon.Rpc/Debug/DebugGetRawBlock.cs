using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_getRawBlock</c>: a block in RLP.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class DebugGetRawBlock(BlockLookup blocks) : RpcQuery<BlockReference, HexData>
{
    /// <inheritdoc/>
    public override string Name => "debug_getRawBlock";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.StrictBlock();

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer(BlockReference parameters)
    {
        RpcResult<LedgerBlock> found = blocks.Require(parameters);
        return found.Error is null ? (HexData)found.Value!.Block.Encode() : found.Error;
    }
}

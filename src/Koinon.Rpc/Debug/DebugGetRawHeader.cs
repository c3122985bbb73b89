using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_getRawHeader</c>: a block's header in RLP.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class DebugGetRawHeader(BlockLookup blocks) : RpcQuery<BlockReference, HexData>
{
    /// <inheritdoc/>
    public override string Name => "debug_getRawHeader";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.StrictBlock();

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer(BlockReference parameters)
    {
        RpcResult<LedgerBlock> found = blocks.Require(parameters);
        return found.Error is null ? (HexData)RawEncoding.Of(found.Value!.Header) : found.Error;
    }
}

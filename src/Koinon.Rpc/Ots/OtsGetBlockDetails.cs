using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Trace;

namespace Koinon.Rpc.Ots;

/// <summary><c>ots_getBlockDetails</c>: a block's summary with what was issued and paid; null where there is no such
/// block.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class OtsGetBlockDetails(BlockLookup blocks) : RpcStreamMethod<BlockReference>
{
    /// <inheritdoc/>
    public override string Name => "ots_getBlockDetails";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.Block();

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        BlockReference parameters, CancellationToken cancellation) =>
        new(blocks.Find(parameters) is { } block ? new BlockDetails(blocks.Ledger).Of(block) : EmptyAnswers.Null);
}

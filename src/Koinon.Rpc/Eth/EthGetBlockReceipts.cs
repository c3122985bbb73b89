using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getBlockReceipts</c>: what became of every transaction of a block; null where there is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetBlockReceipts(BlockLookup blocks) : RpcQuery<BlockReference, IReadOnlyList<ReceiptJson>?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getBlockReceipts";

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) =>
        reader.Block();

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<ReceiptJson>?> Answer(BlockReference parameters) =>
        new(blocks.Find(parameters) is { } block ? BlockReceipts.Of(block) : null);
}

using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getHeaderByNumber</c>: a block's header by its number; null where there is none.</summary>
/// <param name="blocks">Finds blocks.</param>
public sealed class EthGetHeaderByNumber(BlockLookup blocks) : RpcQuery<BlockReference, HeaderJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getHeaderByNumber";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["erigon_getHeaderByNumber"];

    /// <inheritdoc/>
    protected override BlockReference Read(ref ParameterReader reader) => reader.Block();

    /// <inheritdoc/>
    protected override RpcResult<HeaderJson?> Answer(BlockReference parameters)
    {
        if (blocks.Find(parameters) is not { } block)
        {
            return new RpcResult<HeaderJson?>(null);
        }

        HeaderJson header = new(block.Sealed);
        return blocks.IsPending(parameters, block)
            ? header with { Hash = null, Nonce = null, Miner = null }
            : header;
    }
}

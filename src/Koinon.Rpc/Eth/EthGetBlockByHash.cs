using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getBlockByHash</c>: a block by its hash; null where there is none.</summary>
/// <param name="texts">Shows blocks.</param>
public sealed class EthGetBlockByHash(BlockTexts texts)
    : RpcQuery<(Hash256 Hash, bool WholeTransactions), RawJson>
{
    /// <inheritdoc/>
    public override string Name => "eth_getBlockByHash";

    /// <inheritdoc/>
    protected override (Hash256 Hash, bool WholeTransactions) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.FlagOrFalse());

    /// <inheritdoc/>
    protected override RpcResult<RawJson> Answer((Hash256 Hash, bool WholeTransactions) parameters) =>
        texts.Of(BlockReference.Hashed(parameters.Hash), parameters.WholeTransactions);
}

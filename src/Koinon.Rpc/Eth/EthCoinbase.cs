using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_coinbase</c>: who earns the fees of the blocks that are built here.</summary>
/// <param name="beneficiary">Says who.</param>
public sealed class EthCoinbase(Func<Address> beneficiary) : RpcQuery<NoParameters, Address>
{
    /// <inheritdoc/>
    public override string Name => "eth_coinbase";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<Address> Answer(NoParameters parameters) => beneficiary();
}

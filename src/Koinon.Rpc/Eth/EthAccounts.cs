using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_accounts</c>: the accounts this server signs for.</summary>
/// <param name="wallet">Signs for them.</param>
public sealed class EthAccounts(IWallet wallet) : RpcQuery<NoParameters, IReadOnlyList<Address>>
{
    /// <inheritdoc/>
    public override string Name => "eth_accounts";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["eth_requestAccounts"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) =>
        default;

    /// <inheritdoc/>
    protected override RpcResult<IReadOnlyList<Address>> Answer(NoParameters parameters) => new(wallet.Addresses);
}

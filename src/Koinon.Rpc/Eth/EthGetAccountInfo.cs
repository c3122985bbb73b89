using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.State;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getAccountInfo</c>: an account's nonce, ether and code.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="states">Reads their states.</param>
public sealed class EthGetAccountInfo(BlockLookup blocks, StateReader states)
    : AccountMethod<AccountInfoJson>(blocks, states)
{
    /// <inheritdoc/>
    public override string Name => "eth_getAccountInfo";

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<AccountInfoJson>> AnswerAsync(
        WorldState state, Address address, Account? account, CancellationToken cancellation)
    {
        RpcResult<ReadOnlyMemory<byte>> code = await States.ReadCodeAsync(state, address, account, cancellation)
            .ConfigureAwait(false);
        Account found = account ?? Account.Empty;
        return code.Error is null ? new AccountInfoJson(found.Nonce, found.Balance, code.Value) : code.Error;
    }
}

using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getAccountInfo</c>: an account's nonce, balance and code at once.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="reader">Reads their states.</param>
public sealed class EthGetAccountInfo(BlockLookup blocks, StateReader reader)
    : RpcMethod<(Address Account, BlockReference Block), AccountInfoJson>
{
    /// <inheritdoc/>
    public override string Name => "eth_getAccountInfo";

    /// <inheritdoc/>
    protected override (Address Account, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<AccountInfoJson>> RunAsync(
        (Address Account, BlockReference Block) parameters, CancellationToken cancellation)
    {
        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        RpcResult<Account?> account = await reader.ReadAccountAsync(state.Value!, parameters.Account, cancellation)
            .ConfigureAwait(false);
        RpcResult<ReadOnlyMemory<byte>> code = account.Error is null
            ? await reader.ReadCodeAsync(state.Value!, parameters.Account, cancellation).ConfigureAwait(false)
            : account.Error;
        Account found = account.Value ?? Account.Empty;
        return code.Error is null ? new AccountInfoJson(found.Nonce, found.Balance, code.Value) : code.Error;
    }
}

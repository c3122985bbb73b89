using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary><c>eth_getBalance</c>: an account's ether, in wei.</summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="reader">Reads their states.</param>
public sealed class EthGetBalance(BlockLookup blocks, StateReader reader)
    : RpcMethod<(Address Account, BlockReference Block), Quantity>
{
    /// <inheritdoc/>
    public override string Name => "eth_getBalance";

    /// <inheritdoc/>
    protected override (Address Account, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Quantity>> RunAsync(
        (Address Account, BlockReference Block) parameters, CancellationToken cancellation)
    {
        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        RpcResult<Account?> account = await reader.ReadAccountAsync(state.Value!, parameters.Account, cancellation)
            .ConfigureAwait(false);
        return account.Error is null ? (Quantity)(account.Value?.Balance ?? UInt256.Zero) : account.Error;
    }
}

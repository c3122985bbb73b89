using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;
using Koinon.Rpc.Tracing;

namespace Koinon.Rpc.Debug;

/// <summary>
/// <c>debug_accountInfoAt</c>: an account as it stands inside a block, after one of its transactions; nothing where
/// there is no such account then.
/// </summary>
/// <param name="traces">Runs the transactions up to that one.</param>
public sealed class DebugAccountInfoAt(TraceRunner traces)
    : RpcMethod<(BlockReference Block, ulong Index, Address Account), AccountInfoJson?>
{
    /// <inheritdoc/>
    public override string Name => "debug_accountInfoAt";

    /// <inheritdoc/>
    protected override (BlockReference Block, ulong Index, Address Account) Read(ref ParameterReader reader) =>
        (reader.Block(), reader.UInt64(), reader.Address());

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<AccountInfoJson?>> RunAsync(
        (BlockReference Block, ulong Index, Address Account) parameters, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock> block = traces.Blocks.Require(parameters.Block);
        if (block.Error is not null)
        {
            return block.Error;
        }

        RpcResult<IStateView> state = await traces.StateAfterAsync(block.Value!, parameters.Index, cancellation)
            .ConfigureAwait(false);
        if (state.Error is not null)
        {
            return state.Error;
        }

        RpcResult<Account?> account = await traces.Calls.Reader.ReadAccountAsync(
            state.Value!, parameters.Account, cancellation).ConfigureAwait(false);
        if (account.Error is not null || account.Value is not { } found)
        {
            return new RpcResult<AccountInfoJson?>(null, account.Error);
        }

        RpcResult<ReadOnlyMemory<byte>> code = await traces.Calls.Reader.ReadCodeAsync(
            state.Value!, parameters.Account, found, cancellation).ConfigureAwait(false);
        return code.Error is null ? new AccountInfoJson(found.Nonce, found.Balance, code.Value) : code.Error;
    }
}
